import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installCommand } from '../core/npm-project.ts';

/** What installs the packages of the project in a folder, as its own README says it. */
export async function installCommandOf(folder: string): Promise<string> {
  const [manifest = '', lockfile = ''] = await Promise.all(
    ['package.json', 'package-lock.json'].map((name) => readFile(join(folder, name), 'utf8').catch(() => '')),
  );
  return installCommand(manifest, lockfile);
}
