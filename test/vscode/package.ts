import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import { packageExtension } from '../../scripts/package.mjs';

/** The extension as it ships: packaged, and unpacked again into a folder of its own. */
export interface Packaged {
  /** The .vsix file. */
  readonly vsix: string;
  /** What VS Code would have in its extensions folder. */
  readonly extension: string;
  /** The paths inside the package, sorted. */
  readonly entries: readonly string[];
  remove(): Promise<void>;
}

/** Packages what is in dist/ and unpacks it into a temporary folder. */
export async function packAndUnpack(): Promise<Packaged> {
  const folder = await mkdtemp(join(tmpdir(), 'takoss-vsix-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  try {
    const vsix = join(folder, 'takoss.vsix');
    packageExtension(vsix);
    const unpacked = join(folder, 'unpacked');
    const entries = await unzip(vsix, unpacked);
    return { vsix, extension: join(unpacked, 'extension'), entries, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function unzip(archive: string, target: string): Promise<string[]> {
  const entries: string[] = [];
  const zip = await openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    entries.push(entry.fileName);
    if (entry.fileName.endsWith('/')) continue;
    const path = join(target, entry.fileName);
    await mkdir(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
  }
  return entries.sort();
}
