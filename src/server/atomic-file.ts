import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** The end of the name of a file that is not whole yet. What is left of a crash may be removed. */
export const temporarySuffix = '.tmp';

/**
 * Writes a file that is there whole or not at all, also after a power cut or on a full disk, readable by this user alone. Throws what the
 * disk throws, and then leaves what was there before.
 */
export async function writeAtomically(path: string, content: string | Buffer): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}${temporarySuffix}`;
  try {
    const file = await open(temporary, 'wx', 0o600);
    try {
      // The mode of a new file is subject to the umask of the process.
      await file.chmod(0o600);
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Makes names in a folder survive a power cut, where the system can do that: Windows does not open folders. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
