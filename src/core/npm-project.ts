import * as z from 'zod';

/** What npm's files say of a project, as far as it decides how its packages are installed. */

const versions = z.record(z.string(), z.string()).optional();
const manifestSchema = z.object({ dependencies: versions, devDependencies: versions, optionalDependencies: versions });
const lockedSchema = z.object({
  version: z.string().optional(),
  integrity: z.string().optional(),
  optional: z.boolean().optional(),
  devOptional: z.boolean().optional(),
  link: z.boolean().optional(),
});
const lockfileSchema = z.object({ packages: z.record(z.string(), z.unknown()) });

/**
 * `npm ci`, which installs what the lockfile says and leaves it as it is; or `npm install` where the lockfile does not know all that package.json asks for, which is
 * so where a feature brought packages along, and where `npm ci` refuses. Takes the contents of both files.
 */
export function installCommand(manifest: string, lockfile: string): 'npm ci' | 'npm install' {
  const wanted = read(manifestSchema, manifest);
  const root = read(manifestSchema, read(lockfileSchema, lockfile)?.packages['']);
  if (wanted === undefined || root === undefined) return 'npm install';
  const isSame = kinds.every((kind) => sameVersions(wanted[kind] ?? {}, root[kind] ?? {}));
  return isSame ? 'npm ci' : 'npm install';
}

const kinds = ['dependencies', 'devDependencies', 'optionalDependencies'] as const;

function sameVersions(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

/**
 * Whether what is installed is what the lockfile says. `installed` is the content of `node_modules/.package-lock.json`, which npm writes last: without it an
 * installation did not come to its end. What is optional may be missing, because it may be for other systems.
 */
export function isInstalled(lockfile: string, installed: string): boolean {
  const wanted = packagesOf(lockfile);
  const present = packagesOf(installed);
  if (wanted === undefined || present === undefined) return false;
  for (const path of present.keys()) if (!wanted.has(path)) return false;
  return [...wanted].every(([path, locked]) => {
    const found = present.get(path);
    if (found === undefined) return locked.optional === true || locked.devOptional === true || locked.link === true;
    return found.version === locked.version && (found.integrity ?? locked.integrity) === locked.integrity;
  });
}

type Locked = z.infer<typeof lockedSchema>;

function packagesOf(lockfile: string): ReadonlyMap<string, Locked> | undefined {
  const packages = read(lockfileSchema, lockfile)?.packages;
  if (packages === undefined) return undefined;
  const entries = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));
  return new Map(entries.map(([path, value]) => [path, lockedSchema.safeParse(value).data ?? {}]));
}

/** A value, or the text of one, if it is as it should be. */
function read<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  try {
    return schema.safeParse(typeof value === 'string' ? JSON.parse(value) : value).data;
  } catch {
    return undefined;
  }
}
