import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../../src/cli/cache-directory.ts';
import { dataDirectory } from '../../../src/server/settings.ts';

/** As in a container that runs as a user who is not in its list of users, without HOME. */
describe('For a user without a home folder', () => {
  const { homedir } = os;
  before(() => {
    os.homedir = () => {
      throw new Error('uv_os_homedir returned ENOENT');
    };
    syncBuiltinESMExports();
  });
  after(() => {
    os.homedir = homedir;
    syncBuiltinESMExports();
  });

  it('folders that are named are used', () => {
    assert.equal(dataDirectory('here', {}), 'here');
    assert.equal(dataDirectory(undefined, { TAKOSS_DATA_DIR: 'there' }), 'there');
    assert.equal(dataDirectory(undefined, { XDG_DATA_HOME: '/data' }), join('/data', 'takoss'));
    assert.equal(cacheDirectory({ XDG_CACHE_HOME: '/cache' }), join('/cache', 'takoss'));
  });

  it('others are asked for by name', () => {
    assert.throws(() => dataDirectory(undefined, {}), { code: 'invalid-request', message: /--data-dir/ });
    assert.throws(() => cacheDirectory({}), { code: 'invalid-request', message: /XDG_CACHE_HOME/ });
  });
});
