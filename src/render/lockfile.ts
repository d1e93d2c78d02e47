import { nodeRange, type PackageManifest } from '../emit/packages.ts';
import superset from './package-lock.superset.json' with { type: 'json' };

type Versions = Readonly<Record<string, string>>;

/** An entry of a package-lock.json, as far as pruning reads it; what else it holds is kept as it is. */
export interface LockedPackage {
  readonly version: string;
  readonly dependencies?: Versions;
  readonly optionalDependencies?: Versions;
  /** Without optional ones: the superset leaves them out, see `scripts/lock-packages.mjs`. */
  readonly peerDependencies?: Versions;
}

/** Entries by place, `node_modules/a/node_modules/b`, without that of the project itself. */
export type LockedPackages = Readonly<Record<string, LockedPackage>>;

/** The content of a package-lock.json. */
export interface Lockfile {
  readonly name: string;
  readonly version: string;
  readonly lockfileVersion: 3;
  readonly requires: true;
  readonly packages: Readonly<Record<string, object>>;
}

/** The version of every application when it is generated, in package.json and in package-lock.json. */
export const firstVersion = '0.1.0';

/** The lockfile of an application: what of the superset its packages reach. Throws where the superset lacks one. */
export function lockFor(name: string, manifest: PackageManifest): Lockfile {
  return pruneLock(superset.packages, name, manifest);
}

/**
 * Keeps what the packages of the manifest reach by dependencies, optional dependencies and peers, and says of each whether
 * production, development or only some platforms need it (`dev`, `optional`, `devOptional`, `peer`, as npm does: npm 10
 * believes these flags, npm 11 computes them anew). The order of entries is that of the superset.
 *
 * Throws where a package is reached that is not there, or where a direct one has another version: the superset is not that
 * of the manifest then.
 */
export function pruneLock(packages: LockedPackages, name: string, manifest: PackageManifest): Lockfile {
  const { dependencies, devDependencies } = manifest;
  for (const [wanted, version] of Object.entries({ ...dependencies, ...devDependencies })) {
    const locked = packages[`node_modules/${wanted}`]?.version;
    if (locked !== version) {
      throw new Error(
        `The superset locks ${locked ?? 'no version'} of ${wanted}, not ${version}. Run scripts/lock-packages.mjs.`,
      );
    }
  }
  const production = Object.keys(dependencies);
  const all = [...production, ...Object.keys(devDependencies)];
  const reached = reach(packages, all, ['required', 'peer', 'optional']);
  const inProduction = reach(packages, production, ['required', 'peer', 'optional']);
  const requiredInProduction = reach(packages, production, ['required', 'peer']);
  const required = reach(packages, all, ['required', 'peer']);
  const notByPeers = reach(packages, all, ['required', 'optional']);

  const flagsOf = (place: string): object => ({
    ...(requiredInProduction.has(place) ? {} : needOf(!inProduction.has(place), !required.has(place))),
    ...(notByPeers.has(place) ? {} : { peer: true }),
  });
  const kept = Object.entries(packages)
    .filter(([place]) => reached.has(place))
    .map(([place, { version, ...rest }]) => [place, { version, ...flagsOf(place), ...rest }]);
  const own = { name, version: firstVersion };
  return {
    ...own,
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { ...own, dependencies, devDependencies, engines: { node: nodeRange } },
      ...Object.fromEntries(kept),
    },
  };
}

/** `devOptional`: development requires it, and production would like it. Only where both are left out it is, too. */
function needOf(dev: boolean, optional: boolean): object {
  if (!dev && !optional) return { devOptional: true };
  return { ...(dev ? { dev } : {}), ...(optional ? { optional } : {}) };
}

type EdgeKind = 'required' | 'peer' | 'optional';

/** The places that are reached from these direct packages by edges of some kinds. */
function reach(packages: LockedPackages, roots: readonly string[], kinds: readonly EdgeKind[]): ReadonlySet<string> {
  const reached = new Set(roots.map((name) => `node_modules/${name}`));
  // A set is iterated to its end also where that moves.
  for (const place of reached) {
    for (const name of edgesOf(packages[place], kinds)) {
      const target = resolve(packages, place, name);
      if (target === undefined) throw new Error(`The superset lacks ${name}, which ${place} needs.`);
      reached.add(target);
    }
  }
  return reached;
}

/** npm lists an optional dependency among `dependencies` in a package.json, but never in a lockfile. */
function edgesOf(locked: LockedPackage | undefined, kinds: readonly EdgeKind[]): string[] {
  const edges: Readonly<Record<EdgeKind, Versions | undefined>> = {
    required: locked?.dependencies,
    peer: locked?.peerDependencies,
    optional: locked?.optionalDependencies,
  };
  return kinds.flatMap((kind) => Object.keys(edges[kind] ?? {}));
}

/** Where Node finds a package: in the node_modules of the one that asks, then in every one above it. */
export function resolve(packages: LockedPackages, from: string, name: string): string | undefined {
  let folder = from;
  while (folder !== '') {
    const place = `${folder}/node_modules/${name}`;
    if (Object.hasOwn(packages, place)) return place;
    const end = folder.lastIndexOf('/node_modules/');
    folder = end < 0 ? '' : folder.slice(0, end);
  }
  const place = `node_modules/${name}`;
  return Object.hasOwn(packages, place) ? place : undefined;
}
