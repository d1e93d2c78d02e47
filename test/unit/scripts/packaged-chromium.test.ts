import assert from 'node:assert/strict';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packagedChromium } from '../../../scripts/packaged-chromium.mjs';
import { skip } from '../../support/skip.ts';

/** Does what the npm package does: unpacks into the system's folder for temporary files, and takes what is there already. */
const fakePackage = `
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
export const inflate = async () => mkdirSync(join(tmpdir(), 'al2023'), { recursive: true });
export default {
  async executablePath() {
    const path = join(tmpdir(), 'chromium');
    if (!existsSync(path)) writeFileSync(path, '#!/bin/sh\\necho "Chromium $1"\\n', { mode: 0o700 });
    return path;
  },
};
`;

describe('The Chromium from npm', () => {
  let folder = '';
  let installs = 0;
  const temporary = process.env.TMPDIR;

  before(function () {
    if (process.platform !== 'linux') skip(this, 'The package is for Linux: run it there.');
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss chrömium '));
    process.env.TMPDIR = join(folder, 'tmp');
    await mkdir(process.env.TMPDIR);
    installs = 0;
  });
  afterEach(async () => {
    if (temporary === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = temporary;
    await rm(folder, { recursive: true, force: true });
  });

  async function install(target: string): Promise<void> {
    installs += 1;
    const home = join(target, 'node_modules', '@sparticuz', 'chromium');
    await mkdir(join(home, 'bin'), { recursive: true });
    const manifest = { type: 'module', name: '@sparticuz/chromium', exports: './index.js' };
    await writeFile(join(home, 'package.json'), JSON.stringify(manifest));
    await writeFile(join(home, 'index.js'), fakePackage);
  }
  const cache = () => join(folder, 'cache');

  it('is unpacked into our cache for its owner only, once, and nothing else is left', async () => {
    const path = await packagedChromium(cache(), install);
    assert.equal(await packagedChromium(cache(), install), path);
    assert.equal(installs, 1);
    assert.ok(path.startsWith(cache()), path);
    assert.equal((await stat(dirname(path))).mode & 0o777, 0o700);
    assert.deepEqual(await readdir(cache()), [dirname(path).slice(cache().length + 1)]);
    assert.deepEqual(await readdir(process.env.TMPDIR ?? ''), []);
  });

  it('is never one that somebody left in the folder for temporary files', async () => {
    const ran = join(folder, 'ran');
    await writeFile(join(folder, 'tmp', 'chromium'), `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    const path = await packagedChromium(cache(), install);
    await assert.rejects(readFile(ran));
    assert.ok(path.startsWith(cache()), path);
  });

  it('is not run when others could have changed it, and the error says what to remove', async () => {
    const path = await packagedChromium(cache(), install);
    for (const changed of [dirname(path), path, join(dirname(path), 'chromium')]) {
      const { mode } = await stat(changed);
      await chmod(changed, 0o777);
      await assert.rejects(packagedChromium(cache(), install), (error: Error) => error.message.includes(changed));
      await chmod(changed, mode);
    }
    assert.equal(await packagedChromium(cache(), install), path);
  });

  it('is not run when it belongs to another user', async function () {
    if (process.getuid?.() !== 0) skip(this, 'Only root can give files away: run it as root.');
    const path = await packagedChromium(cache(), install);
    await chown(join(dirname(path), 'chromium'), 12_345, 12_345);
    await assert.rejects(packagedChromium(cache(), install), /belongs to another user/);
  });

  it('that does not start leaves nothing that would be taken for one that does', async () => {
    const broken = async (target: string): Promise<void> => {
      await install(target);
      const module = join(target, 'node_modules', '@sparticuz', 'chromium', 'index.js');
      await writeFile(module, fakePackage.replace('echo', 'exit 3;'));
    };
    await assert.rejects(packagedChromium(cache(), broken), /does not start/);
    assert.deepEqual(await readdir(cache()), []);
    await packagedChromium(cache(), install);
  });
});
