import assert from 'node:assert/strict';
import { installCommand, isInstalled } from '../../../src/core/npm-project.ts';

const manifest = { name: 'a', dependencies: { hono: '4.1.0' }, devDependencies: { vite: '8.0.0' } };
const packages = {
  'node_modules/hono': { version: '4.1.0', integrity: 'sha512-h' },
  'node_modules/vite': { version: '8.0.0', integrity: 'sha512-v' },
  'node_modules/fsevents': { version: '2.3.3', integrity: 'sha512-f', optional: true },
};
const lockfile = { lockfileVersion: 3, packages: { '': manifest, ...packages } };
const text = (value: unknown) => JSON.stringify(value);

describe('how the packages of a project are installed', () => {
  it('is npm ci where the lockfile knows all that package.json asks for', () => {
    assert.equal(installCommand(text(manifest), text(lockfile)), 'npm ci');
  });

  for (const [what, changed] of [
    ['another package', { ...manifest, dependencies: { ...manifest.dependencies, 'date-fns': '4.1.0' } }],
    ['another version', { ...manifest, dependencies: { hono: '4.2.0' } }],
    ['one package less', { ...manifest, devDependencies: {} }],
  ] as const) {
    it(`is npm install where package.json asks for ${what}`, () => {
      assert.equal(installCommand(text(changed), text(lockfile)), 'npm install');
    });
  }

  it('is npm install without a lockfile, and with one that cannot be read', () => {
    for (const broken of ['', '{', '[]', '{"packages":{}}']) {
      assert.equal(installCommand(text(manifest), broken), 'npm install');
    }
  });
});

describe('whether packages are installed', () => {
  const hidden = (change: Record<string, unknown> = {}) => text({ packages: { ...packages, ...change } });

  it('is so when all of the lockfile is there', () => {
    assert.ok(isInstalled(text(lockfile), hidden()));
  });

  it('is so without what is optional, which may be for another system', () => {
    assert.ok(isInstalled(text(lockfile), hidden({ 'node_modules/fsevents': undefined })));
  });

  for (const [what, change] of [
    ['a package is missing', { 'node_modules/hono': undefined }],
    ['a package has another version', { 'node_modules/hono': { version: '4.0.0', integrity: 'sha512-h' } }],
    ['a package has other content', { 'node_modules/hono': { version: '4.1.0', integrity: 'sha512-x' } }],
    ['there is one that the lockfile does not know', { 'node_modules/left-pad': { version: '1.3.0' } }],
  ] as const) {
    it(`is not so when ${what}`, () => {
      assert.ok(!isInstalled(text(lockfile), hidden(change)));
    });
  }

  it('is not so when npm did not come to its end', () => {
    assert.ok(!isInstalled(text(lockfile), ''));
  });
});
