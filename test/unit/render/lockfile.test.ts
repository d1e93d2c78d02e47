import assert from 'node:assert/strict';
import { manifestOf, type PackageGroup, packageNames, splitExtras } from '../../../src/emit/packages.ts';
import { type LockedPackages, lockFor, pruneLock, resolve } from '../../../src/render/lockfile.ts';

interface Entry {
  readonly version: string;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
  readonly peerDependencies?: Record<string, string>;
  readonly dev?: true;
  readonly optional?: true;
  readonly devOptional?: true;
  readonly peer?: true;
}

const variants: readonly (readonly PackageGroup[])[] = [
  ['base'],
  ['base', 'database'],
  ['base', 'markdown'],
  ['base', 'database', 'markdown'],
];

function lockOf(groups: readonly PackageGroup[]): Record<string, Entry> {
  return lockFor('app', manifestOf(packageNames(...groups))).packages as Record<string, Entry>;
}

/** A superset in which `app` asks for `server` and, to build, for `tool`. */
const small: LockedPackages = {
  'node_modules/both': { version: '1.0.0' },
  'node_modules/binary-linux': { version: '1.0.0' },
  'node_modules/deep': { version: '2.0.0' },
  'node_modules/guest': { version: '1.0.0' },
  'node_modules/server': {
    version: '1.0.0',
    dependencies: { both: '^1.0.0', deep: '^1.0.0' },
    optionalDependencies: { wanted: '1.0.0' },
    peerDependencies: { guest: '1' },
  },
  'node_modules/server/node_modules/deep': { version: '1.0.0', dependencies: { both: '^1.0.0' } },
  'node_modules/tool': {
    version: '1.0.0',
    dependencies: { both: '^1.0.0', deep: '^2.0.0', wanted: '1.0.0' },
    optionalDependencies: { 'binary-linux': '1.0.0' },
  },
  'node_modules/unused': { version: '1.0.0', dependencies: { deep: '^2.0.0' } },
  'node_modules/wanted': { version: '1.0.0' },
};
const smallManifest = { dependencies: { server: '1.0.0' }, devDependencies: { tool: '1.0.0' }, overrides: {} };

function flags(entries: Readonly<Record<string, object>>): Record<string, string[]> {
  const names = ['dev', 'optional', 'devOptional', 'peer'];
  const found = Object.entries(entries).map(
    ([place, entry]) => [place, names.filter((name) => name in entry)] as const,
  );
  return Object.fromEntries(found.filter(([place]) => place !== ''));
}

describe('The lockfile of an application', () => {
  it('says of each package what needs it, through peers, optional packages and copies further down', () => {
    assert.deepEqual(flags(pruneLock(small, 'app', smallManifest).packages), {
      'node_modules/both': [],
      'node_modules/binary-linux': ['dev', 'optional'],
      'node_modules/deep': ['dev'],
      'node_modules/guest': ['peer'],
      'node_modules/server': [],
      'node_modules/server/node_modules/deep': [],
      'node_modules/tool': ['dev'],
      'node_modules/wanted': ['devOptional'],
    });
  });

  it('keeps a copy further down where nothing asks for the one above any more', () => {
    const { packages } = pruneLock(small, 'app', { ...smallManifest, devDependencies: {} });
    assert.deepEqual(flags(packages), {
      'node_modules/both': [],
      'node_modules/guest': ['peer'],
      'node_modules/server': [],
      'node_modules/server/node_modules/deep': [],
      'node_modules/wanted': ['optional'],
    });
  });

  it('refuses a superset of other versions, and one with a gap', () => {
    const other = { ...smallManifest, dependencies: { server: '1.0.1' } };
    assert.throws(() => pruneLock(small, 'app', other), /locks 1\.0\.0 of server, not 1\.0\.1/);
    const { 'node_modules/guest': _, ...gap } = small;
    assert.throws(() => pruneLock(gap, 'app', smallManifest), /lacks guest, which node_modules\/server needs/);
  });

  for (const groups of variants) {
    it(`of ${groups.join(', ')} has all that its packages ask for, and nothing else`, () => {
      const packages = lockOf(groups);
      const { '': own, ...locked } = packages;
      const asked = new Set<string>();
      const { dependencies, devDependencies } = manifestOf(packageNames(...groups));
      for (const name of Object.keys({ ...dependencies, ...devDependencies })) asked.add(`node_modules/${name}`);
      for (const [place, entry] of Object.entries(locked)) {
        const edges = { ...entry.dependencies, ...entry.optionalDependencies, ...entry.peerDependencies };
        for (const name of Object.keys(edges)) {
          const target = resolve(locked, place, name);
          assert.ok(target, `${place} → ${name}`);
          asked.add(target);
        }
      }
      assert.deepEqual([...asked].sort(), Object.keys(locked).sort());
      assert.ok(own);
      assert.equal(JSON.stringify(lockOf(groups)), JSON.stringify(packages));
      assert.deepEqual(Object.keys(locked), Object.keys(locked).sort());
    });
  }

  it('has the renderer of Markdown only where it is asked for, and the database likewise', () => {
    const has = (groups: readonly PackageGroup[], name: string): boolean => `node_modules/${name}` in lockOf(groups);
    for (const groups of variants) {
      for (const name of ['react-markdown', 'micromark']) assert.equal(has(groups, name), groups.includes('markdown'));
      for (const name of ['pg', 'pg-protocol']) assert.equal(has(groups, name), groups.includes('database'));
    }
  });

  it('leaves what only building needs out of production, such as types that a driver would like', () => {
    const packages = lockOf(['base', 'database']);
    assert.equal(packages['node_modules/@types/pg']?.dev, true);
    assert.equal(packages['node_modules/drizzle-kit']?.dev, true);
    assert.equal(packages['node_modules/pg']?.dev, undefined);
  });
});

describe('Packages of applications', () => {
  it('are asked for by name: one that is not listed is refused', () => {
    assert.deepEqual(manifestOf(['zod', 'zod']).dependencies, manifestOf(['zod']).dependencies);
    assert.throws(() => manifestOf(['left-pad']), /No package left-pad is listed/);
    assert.throws(() => manifestOf(['constructor']), /No package constructor is listed/);
  });

  it('of slices are locked at the version of the list, and left to npm at another', () => {
    const [version] = Object.values(manifestOf(['react-markdown']).dependencies);
    assert.ok(version);
    const asked = packageNames('base');
    const extras = { zod: '3.0.0', 'react-markdown': version, 'left-pad': '1.3.0' };
    assert.deepEqual(splitExtras(extras, asked), { listed: ['react-markdown'], unlocked: { 'left-pad': '1.3.0' } });
    assert.deepEqual(splitExtras({ 'react-markdown': '9.0.0' }, asked), {
      listed: [],
      unlocked: { 'react-markdown': '9.0.0' },
    });
  });
});
