import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { throwIfCancelled } from '../core/errors.ts';

/** An owner that has held a lock for longer than this, in milliseconds, has gone and another process has its number. */
const staleAfter = 15 * 60_000;

/** Runs an action while no other process runs one under the same lock. `onWait` is called once when it has to wait. */
export async function withLock<T>(
  path: string,
  { signal, onWait }: { readonly signal: AbortSignal; readonly onWait: () => void },
  action: () => Promise<T>,
): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let hasWaited = false;
  while (!(await take(path))) {
    if (!hasWaited) onWait();
    hasWaited = true;
    await sleep(300);
    throwIfCancelled(signal);
  }
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (await isHeld(path)) return false;
    await rm(path, { force: true });
    return false;
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > staleAfter) return false;
    const pid = Number(await readFile(path, 'utf8'));
    // Empty for a moment, between being made and being written.
    if (!Number.isInteger(pid) || pid === 0) return Date.now() - mtimeMs < 5000;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Refused means that the process is there and someone else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
