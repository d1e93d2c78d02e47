import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

const dependencies = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({ dependencies, devDependencies: dependencies });
const lockSchema = z.object({ packages: z.object({ '': manifestSchema }) });

/**
 * Returns the command that installs a project's packages: `npm ci`, which takes the versions of the lockfile and changes no file; or
 * `npm install` where the lockfile does not have the packages of package.json, which `npm ci` refuses.
 */
export async function installCommand(folder: string): Promise<'npm ci' | 'npm install'> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'));
  try {
    const manifest = manifestSchema.parse(await read('package.json'));
    const lock = lockSchema.parse(await read('package-lock.json'));
    return isDeepStrictEqual(manifest, lock.packages['']) ? 'npm ci' : 'npm install';
  } catch {
    return 'npm install';
  }
}
