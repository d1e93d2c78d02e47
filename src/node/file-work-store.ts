import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkStore } from '../core/slices.ts';

export interface FileWorkStoreOptions {
  /** Milliseconds since work was last kept or used, after which it is forgotten. A month by default. */
  readonly maxAgeMs?: number;
  /** Pieces of work that are kept at most; those used last stay. */
  readonly maxEntries?: number;
  readonly now?: () => number;
}

/** A run keeps a few dozen pieces: servers that run for long look after some runs what to forget. */
const setsPerPruning = 100;

/** Keeps finished work in a folder, a file for each key, readable by its owner only: it holds what users wrote about their projects. */
export class FileWorkStore implements WorkStore {
  readonly #folder: string;
  readonly #maxAgeMs: number;
  readonly #maxEntries: number;
  readonly #now: () => number;
  #pruning: Promise<void> | undefined;
  #setsBeforePruning = 0;

  constructor(
    folder: string,
    { maxAgeMs = 30 * 24 * 3600_000, maxEntries = 500, now = () => Date.now() }: FileWorkStoreOptions = {},
  ) {
    this.#folder = folder;
    this.#maxAgeMs = maxAgeMs;
    this.#maxEntries = maxEntries;
    this.#now = now;
  }

  async get(key: string): Promise<string | undefined> {
    const file = this.#fileOf(key);
    try {
      const { mtimeMs } = await stat(file);
      if (this.#now() - mtimeMs > this.#maxAgeMs) return undefined;
      const value = await readFile(file, 'utf8');
      const now = new Date(this.#now());
      await utimes(file, now, now).catch(() => {});
      return value;
    } catch {
      return undefined;
    }
  }

  async set(key: string, value: string): Promise<void> {
    const file = this.#fileOf(key);
    const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await chmod(this.#folder, 0o700);
      await writeFile(temporary, value, { flag: 'wx', mode: 0o600 });
      const now = new Date(this.#now());
      await utimes(temporary, now, now);
      await rename(temporary, file);
      await this.#pruneNowAndThen();
    } catch {
      // Work that cannot be kept is only lost for the next run.
      await rm(temporary, { force: true }).catch(() => {});
    }
  }

  /** Prunes with the first piece and with every hundredth after it. Never twice at once: a pruning under way is waited for. */
  async #pruneNowAndThen(): Promise<void> {
    if (this.#pruning === undefined && this.#setsBeforePruning <= 0) {
      this.#setsBeforePruning = setsPerPruning;
      this.#pruning = this.#prune().finally(() => {
        this.#pruning = undefined;
      });
    }
    this.#setsBeforePruning -= 1;
    await this.#pruning;
  }

  /** Forgets what is old and what is too much. */
  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    const entries = await Promise.all(
      names.map(async (name) => {
        const file = join(this.#folder, name);
        return { file, mtimeMs: (await stat(file).catch(() => undefined))?.mtimeMs ?? 0 };
      }),
    );
    const newestFirst = entries.sort((a, b) => b.mtimeMs - a.mtimeMs);
    const stale = newestFirst.filter(
      ({ file, mtimeMs }, index) =>
        index >= this.#maxEntries ||
        this.#now() - mtimeMs > this.#maxAgeMs ||
        // Left by a process that was killed while it wrote.
        (file.endsWith('.tmp') && this.#now() - mtimeMs > 60_000),
    );
    await Promise.all(stale.map(({ file }) => rm(file, { force: true })));
  }

  /** Keys are digests; whatever they are, they name a file in the folder. */
  #fileOf(key: string): string {
    const isDigest = /^[0-9a-f]{64}$/.test(key);
    return join(this.#folder, isDigest ? key : createHash('sha256').update(key).digest('hex'));
  }
}
