import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCommand } from '../../../src/cli/install-command.ts';

describe('How the packages of a project are installed', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-install-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value));
  const manifest = { dependencies: { hono: '4.0.0' }, devDependencies: { vite: '8.0.0' } };

  it('is npm ci where the lockfile is that of the manifest: the versions that were tested, and no file changed', async () => {
    await write('package.json', { name: 'shop', ...manifest });
    await write('package-lock.json', { packages: { '': { name: 'shop', ...manifest }, 'node_modules/hono': {} } });
    assert.equal(await installCommand(folder), 'npm ci');
  });

  it('is npm install where a feature brought packages that the lockfile does not know', async () => {
    await write('package.json', { ...manifest, dependencies: { hono: '4.0.0', qrcode: '1.5.4' } });
    await write('package-lock.json', { packages: { '': manifest } });
    assert.equal(await installCommand(folder), 'npm install');
  });

  it('is npm install where a version differs', async () => {
    await write('package.json', { ...manifest, devDependencies: { vite: '8.0.1' } });
    await write('package-lock.json', { packages: { '': manifest } });
    assert.equal(await installCommand(folder), 'npm install');
  });

  it('is npm install where there is no lockfile, or one that cannot be read', async () => {
    await write('package.json', manifest);
    assert.equal(await installCommand(folder), 'npm install');
    for (const text of ['', '<<<<<<< HEAD', '[]', '{"packages":null}', 'null']) {
      await writeFile(join(folder, 'package-lock.json'), text);
      assert.equal(await installCommand(folder), 'npm install', text);
    }
  });
});
