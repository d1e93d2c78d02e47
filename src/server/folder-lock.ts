import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, realpath, rename, rmdir, stat, unlink } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { systemCode, TakossError } from '../core/errors.ts';
import { askAt, type LockHolder, listenAt } from './lock-socket.ts';

const suffix = '.sock';
const temporarySuffix = '.tmp';
/** How long to wait before looking again whether another start has given way, in ms. */
const recheckMs = 20;

/** The sockets of those who own the folder or are about to. */
interface Place {
  readonly folder: string;
  readonly name: string;
}

/**
 * The right of one server to a data folder. It is a socket that listens, so it ends with the process, however that ends, and it does not
 * matter who gets its number afterwards. The socket is a file in the folder: containers that share the folder on one machine find each other,
 * whatever their network and processes are.
 *
 * Each start makes a socket with a name of its own and then looks at all others, so that of two starts at least the later sees the earlier.
 * Who sees an owner, or another start with a lower name, gives way; who sees one with a higher name waits until that has given way, or has
 * come to own the folder. So of starts at the same instant exactly one wins.
 */
export class FolderLock {
  /** What the lock does not keep out, where the folder can't hold sockets. */
  readonly warning: string | undefined;
  readonly #release: () => Promise<void>;

  private constructor(release: () => Promise<void>, warning?: string) {
    this.#release = release;
    this.warning = warning;
  }

  /** Throws `write-conflict` when another server has the folder, and `write-failed` when there is none and none can be made. */
  static async acquire(folder: string, url: string): Promise<FolderLock> {
    // A server that is there is seen before anything is made.
    refuseIfOwned(folder, await findOwner(folder));
    await makeFolder(folder);
    if (process.platform === 'win32') return await FolderLock.#acquirePipe(folder, url);
    let owns = false;
    const places = await placesOf(folder);
    const { server, mine, warning } = await publish(places, url, () => owns);
    const release = async () => {
      await unlink(join(mine.folder, mine.name)).catch(() => {});
      await new Promise<void>((done) => server.close(() => done()));
      // Among temporary files nothing is left, unless others are there.
      if (mine.folder !== places[0]) await rmdir(mine.folder).catch(() => {});
    };
    try {
      for (;;) {
        const others = await living(places, mine);
        if (others.length === 0) break;
        const stronger = others.find(({ holder, name }) => holder.owns || name < mine.name);
        if (stronger !== undefined) throw inUse(folder, stronger.holder);
        await delay(recheckMs);
      }
      owns = true;
    } catch (error) {
      await release();
      throw error;
    }
    await removeUnfinished(places);
    return new FolderLock(release, warning);
  }

  /** On Windows, the system itself gives a pipe to one process alone. */
  static async #acquirePipe(folder: string, url: string): Promise<FolderLock> {
    const { folder: pipes, name } = await pipeOf(folder);
    try {
      const server = await listenAt(pipes, name, url, () => true);
      return new FolderLock(() => new Promise<void>((done) => server.close(() => done())));
    } catch (cause) {
      throw inUse(folder, await askAt(pipes, name), cause);
    }
  }

  async release(): Promise<void> {
    await this.#release();
  }
}

/** The server that owns the folder, if there is one. Changes nothing. */
export async function findOwner(folder: string): Promise<LockHolder | undefined> {
  const isThere = await stat(folder).then(
    () => true,
    () => false,
  );
  if (!isThere) return undefined;
  if (process.platform === 'win32') {
    const pipe = await pipeOf(folder);
    return await askAt(pipe.folder, pipe.name);
  }
  const others = await living(await placesOf(folder), undefined);
  return others.find(({ holder }) => holder.owns)?.holder;
}

/** Says who has the folder, and what to do. */
export function inUse(folder: string, holder: LockHolder | undefined, cause?: unknown): TakossError {
  const { pid, host, url } = holder ?? {};
  const who = pid === undefined ? '' : ` (process ${pid} on ${host}, ${url})`;
  return new TakossError(
    'write-conflict',
    `Another Takoss server${who} uses the data folder ${resolve(folder)}. Stop that one first, or give this one a folder of its own with --data-dir.`,
    { cause },
  );
}

function refuseIfOwned(folder: string, owner: LockHolder | undefined): void {
  if (owner !== undefined) throw inUse(folder, owner);
}

async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    // A folder on a file system that is read-only is there all the same.
    if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
    throw cannotBeMade(folder, cause);
  }
}

function cannotBeMade(folder: string, cause: unknown): TakossError {
  const message = `The data folder ${resolve(folder)} cannot be made (${systemCode(cause) ?? 'no reason given'}). Choose another with --data-dir.`;
  return new TakossError('write-failed', message, { cause });
}

/**
 * Where sockets may be: in the folder, or, where that cannot hold any (it is read-only or full, or its file system knows none), in a folder
 * for temporary files that is named after it. Both are always looked at.
 */
async function placesOf(folder: string): Promise<readonly string[]> {
  const { dev, ino } = await stat(folder);
  const user = process.getuid?.() ?? 0;
  const own = join(folder, 'lock');
  const other = join(tmpdir(), `takoss-lock-${user}-${digest(`${dev}:${ino}`)}`);
  const maker = await stat(other).then(
    (entry) => entry.uid,
    () => user,
  );
  // Among temporary files anybody could have made it, to keep this user's servers from starting.
  return maker === user ? [own, other] : [own];
}

async function pipeOf(folder: string): Promise<Place> {
  return { folder: '\\\\.\\pipe', name: `takoss-${digest((await realpath(folder)).toLowerCase())}` };
}

/** Makes a socket that others see only once it listens, so that one which does not answer is dead for good. */
async function publish(places: readonly string[], url: string, owns: () => boolean) {
  const id = randomBytes(8).toString('hex');
  const name = `${id}${suffix}`;
  let failure: unknown;
  for (const folder of places) {
    let server: Server | undefined;
    const temporary = `${id}${temporarySuffix}`;
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      server = await listenAt(folder, temporary, url, owns);
      await rename(join(folder, temporary), join(folder, name));
      const warning =
        failure === undefined
          ? undefined
          : `The data folder cannot hold the lock of this server (${systemCode(failure) ?? 'no reason given'}). The lock is among the temporary files of this machine instead, and keeps out only servers that share these.`;
      return { server, mine: { folder, name }, warning };
    } catch (error) {
      failure ??= error;
      server?.close();
      await unlink(join(folder, temporary)).catch(() => {});
    }
  }
  throw new TakossError(
    'write-failed',
    `No lock can be made for the data folder (${systemCode(failure) ?? 'no reason given'}). Make room in it or among the temporary files of this machine, and start again.`,
    { cause: failure },
  );
}

/** Everyone else who listens. Removes what those left who ended without a word. */
async function living(
  places: readonly string[],
  mine: Place | undefined,
): Promise<{ name: string; holder: LockHolder }[]> {
  const found: { name: string; holder: LockHolder }[] = [];
  for (const folder of places) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (!name.endsWith(suffix) || (folder === mine?.folder && name === mine.name)) continue;
      const holder = await askAt(folder, name);
      if (holder !== undefined) found.push({ name, holder });
      // Names are never used twice, and a socket that has closed does not open again.
      else if (mine !== undefined) await unlink(join(folder, name)).catch(() => {});
    }
  }
  return found;
}

/** Removes the sockets of starts that were killed before others could see them. Whoever is about to finish one is refused anyway. */
async function removeUnfinished(places: readonly string[]): Promise<void> {
  for (const folder of places) {
    const names = await readdir(folder).catch(() => []);
    for (const name of names) {
      if (!name.endsWith(temporarySuffix) || (await askAt(folder, name)) !== undefined) continue;
      await unlink(join(folder, name)).catch(() => {});
    }
  }
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
