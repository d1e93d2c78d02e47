import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

interface Locked {
  version?: string;
  resolved?: string;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

describe('The lockfile', () => {
  let packages: Record<string, Locked>;
  before(async () => {
    packages = JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')).packages;
  });

  it('names the packages of every platform: npm ci refuses it otherwise, on all of them', () => {
    const missing: string[] = [];
    for (const [path, locked] of Object.entries(packages)) {
      for (const name of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })) {
        // Node looks beside the package and then in every node_modules above it.
        const folders = path
          .split('/node_modules/')
          .map((_, index, parts) => parts.slice(0, index + 1).join('/node_modules/'));
        const places = [`node_modules/${name}`, ...folders.map((folder) => `${folder}/node_modules/${name}`)];
        if (!places.some((place) => place in packages)) missing.push(`${path || 'takoss'} → ${name}`);
      }
    }
    assert.deepEqual(missing, []);
  });

  it('speaks of no registry, so that it works with every one', () => {
    assert.deepEqual(
      Object.entries(packages).filter(([, { resolved }]) => resolved?.startsWith('http')),
      [],
    );
  });
});
