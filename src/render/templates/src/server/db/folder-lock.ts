import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Makes sure that one process at a time has the embedded database open: two would damage its files. The lock of a process
 * that is gone is taken over. Returns the function that gives the lock back.
 */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  for (let attempt = 0; attempt < 20; attempt += 1) {
    if (await create(path)) return () => rm(path, { force: true });
    const owner = await ownerOf(path);
    if (owner === undefined || !isRunning(owner)) await rm(path, { force: true });
    // A server that is just stopping, as on a restart in development, gives the lock back in a moment.
    else await new Promise((resolve) => setTimeout(resolve, 150));
  }
  throw new Error(`The database in ${folder} is in use by another process. Stop the running server first.`);
}

async function create(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function ownerOf(path: string): Promise<number | undefined> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''));
  return Number.isInteger(pid) && pid > 0 ? pid : undefined;
}

function isRunning(pid: number): boolean {
  // In a container every start has the same process id.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
