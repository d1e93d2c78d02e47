/**
 * Every npm package that a generated application may name in its package.json, with its exact version: the superset. A version
 * stands here and nowhere else; package.json and package-lock.json of an application are made from it. After a change,
 * `node scripts/lock-packages.mjs` resolves the superset again.
 */

/** What brings a package along: every application, a database, or fields that hold Markdown. */
export type PackageGroup = 'base' | 'database' | 'markdown';

interface ListedPackage {
  readonly version: string;
  readonly group: PackageGroup;
  /** Whether only building and testing needs it. */
  readonly isDev?: true;
  /** Versions that npm takes instead of those which the package itself asks for. */
  readonly overrides?: Readonly<Record<string, string>>;
}

/** The part of a package.json that says what is installed. */
export interface PackageManifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The versions of Node that a generated application runs on. */
export const nodeRange = '>=20.19';

const tsxVersion = '4.23.15';

const superset: ReadonlyMap<string, ListedPackage> = new Map<string, ListedPackage>([
  ['@biomejs/biome', { version: '2.6.8', group: 'base', isDev: true }],
  ['@electric-sql/pglite', { version: '0.5.16', group: 'database' }],
  ['@hono/node-server', { version: '2.1.8', group: 'base' }],
  ['@hono/zod-openapi', { version: '1.6.3', group: 'base' }],
  ['@tailwindcss/vite', { version: '4.3.5', group: 'base', isDev: true }],
  ['@testing-library/dom', { version: '10.4.2', group: 'base', isDev: true }],
  ['@testing-library/react', { version: '16.3.3', group: 'base', isDev: true }],
  ['@types/node', { version: '20.19.43', group: 'base', isDev: true }],
  ['@types/pg', { version: '8.23.1', group: 'database', isDev: true }],
  ['@types/react', { version: '19.3.0', group: 'base', isDev: true }],
  ['@types/react-dom', { version: '19.3.0', group: 'base', isDev: true }],
  ['@vitejs/plugin-react', { version: '6.3.0', group: 'base', isDev: true }],
  [
    'drizzle-kit',
    {
      version: '0.31.11',
      group: 'database',
      isDev: true,
      // The loader that it names is no longer kept, and its esbuild is of a version with a known weakness.
      overrides: { '@esbuild-kit/esm-loader': `npm:tsx@${tsxVersion}`, esbuild: '0.28.2' },
    },
  ],
  ['drizzle-orm', { version: '0.45.4', group: 'database' }],
  ['happy-dom', { version: '21.0.4', group: 'base', isDev: true }],
  ['hono', { version: '4.13.19', group: 'base' }],
  ['pg', { version: '8.23.1', group: 'database' }],
  ['react', { version: '19.3.1', group: 'base' }],
  ['react-dom', { version: '19.3.1', group: 'base' }],
  // Makes React elements of Markdown: what looks like HTML stays text, and links with other schemes than those of the web
  // and of mail lose their address. 37 kB gzipped, so the screens that show Markdown load it by themselves.
  ['react-markdown', { version: '10.1.0', group: 'markdown' }],
  ['react-router', { version: '7.18.5', group: 'base' }],
  ['tailwindcss', { version: '4.3.5', group: 'base', isDev: true }],
  ['tsx', { version: tsxVersion, group: 'base', isDev: true }],
  ['typescript', { version: '7.0.2', group: 'base', isDev: true }],
  ['vite', { version: '8.3.8', group: 'base', isDev: true }],
  ['vitest', { version: '4.1.12', group: 'base', isDev: true }],
  ['zod', { version: '4.6.7', group: 'base' }],
]);

/** The names of the whole superset, or of some of its groups. */
export function packageNames(...groups: readonly PackageGroup[]): string[] {
  const listed = [...superset].filter(([, { group }]) => groups.length === 0 || groups.includes(group));
  return listed.map(([name]) => name);
}

/**
 * What a package.json says that asks for these packages. Names may repeat and come in any order.
 *
 * Throws where the superset lacks one. Packages that a user allowed to slices are therefore not asked for here, unless the
 * superset has the very version: `splitExtras` tells them apart.
 */
export function manifestOf(names: Iterable<string>): PackageManifest {
  const wanted = [...new Set(names)].sort().map((name) => {
    const listed = superset.get(name);
    if (listed === undefined) {
      throw new Error(`No package ${name} is listed in src/emit/packages.ts, so applications cannot ask for it.`);
    }
    return { name, ...listed };
  });
  const versionsWhere = (isDev: boolean): Record<string, string> =>
    Object.fromEntries(
      wanted.filter((item) => (item.isDev ?? false) === isDev).map(({ name, version }) => [name, version]),
    );
  const overrides = wanted.flatMap(({ name, overrides }) => (overrides === undefined ? [] : [[name, overrides]]));
  return {
    dependencies: versionsWhere(false),
    devDependencies: versionsWhere(true),
    overrides: Object.fromEntries(overrides),
  };
}

/**
 * Packages that slices brought along, from the list of those that the user allows with exact versions. What the application
 * asks for already stays as it is. What the superset has at the very version is `listed` and gets locked like everything
 * else. The rest is `unlocked`: it stands in package.json but not in package-lock.json, so that such an application is
 * installed with `npm install`, which completes the lockfile, and not with `npm ci`, which refuses it.
 */
export function splitExtras(
  extras: Readonly<Record<string, string>>,
  asked: readonly string[],
): { readonly listed: readonly string[]; readonly unlocked: Readonly<Record<string, string>> } {
  const more = Object.entries(extras).filter(([name]) => !asked.includes(name));
  const isListed = ([name, version]: readonly [string, string]): boolean => superset.get(name)?.version === version;
  return {
    listed: more.filter(isListed).map(([name]) => name),
    unlocked: Object.fromEntries(more.filter((extra) => !isListed(extra)).sort()),
  };
}
