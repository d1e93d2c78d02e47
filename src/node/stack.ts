import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { RenderedProject } from '../core/rendered-project.ts';

/** The packages of a project, as npm installs them. */
export interface Stack {
  /** What identifies it: the same for every project with the same packages. */
  readonly digest: string;
  readonly packageJson: string;
  readonly lockfile: string;
  /** Versions by place: `node_modules/zod`. */
  readonly versions: Readonly<Record<string, string>>;
  /** Packages with exact versions that are not in the lockfile. */
  readonly extras: Readonly<Record<string, string>>;
}

const packageSchema = z.looseObject({ name: z.string(), dependencies: z.record(z.string(), z.string()).default({}) });
const entrySchema = z.looseObject({ version: z.string().optional() });
const lockSchema = z.looseObject({ name: z.string(), packages: z.record(z.string(), entrySchema) });

/** The name that stands for that of the project, which does not matter. */
const name = 'takoss-stack';

/** Reads the packages of a project from its package.json and package-lock.json. Throws where it has none. */
export function stackOf(project: RenderedProject, packages: Readonly<Record<string, string>> = {}): Stack {
  const read = (path: string): unknown => {
    const file = project.files.find((candidate) => candidate.path === path);
    if (file === undefined) throw new Error(`The project has no ${path}.`);
    return JSON.parse(file.content);
  };
  const lock = lockSchema.parse(read('package-lock.json'));
  const versions = versionsOf(lock);
  const missing = Object.entries(packages).filter(([extra, version]) => versions[`node_modules/${extra}`] !== version);
  const extras = Object.fromEntries(missing.sort(([a], [b]) => (a < b ? -1 : 1)));
  const manifest = packageSchema.parse(read('package.json'));
  const dependencies = Object.fromEntries(
    Object.entries({ ...manifest.dependencies, ...extras }).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const { '': root, ...entries } = lock.packages;
  const neutral = { ...lock, name, packages: { '': { ...root, name }, ...entries } };
  const packageJson = text({ ...manifest, name, description: '', dependencies });
  const lockfile = text(neutral);
  const digest = createHash('sha256')
    .update(JSON.stringify([lockfile, extras]))
    .digest('hex')
    .slice(0, 24);
  return { digest, packageJson, lockfile, versions, extras };
}

/** The versions in a lockfile by place. */
export function readVersions(lockfile: string): Readonly<Record<string, string>> {
  return versionsOf(lockSchema.parse(JSON.parse(lockfile)));
}

function versionsOf({ packages }: z.infer<typeof lockSchema>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(packages).flatMap(([place, { version }]) =>
      place === '' || version === undefined ? [] : [[place, version]],
    ),
  );
}

/** Whether an install with these versions has everything a stack needs. */
export function covers(installed: Readonly<Record<string, string>>, { versions, extras }: Stack): boolean {
  return (
    Object.entries(versions).every(([place, version]) => installed[place] === version) &&
    Object.entries(extras).every(([extra, version]) => installed[`node_modules/${extra}`] === version)
  );
}

function text(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
