import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { systemCode, TakossError } from '../core/errors.ts';
import { type ApiKey, hashKey, newKey } from './api-key.ts';
import { writeAtomically } from './atomic-file.ts';

const fileName = 'keys.json';
const asideSuffix = '.damaged-';
const missing = 'missing';

const storedKeysSchema = z.array(
  z.object({ name: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/), createdAt: z.string() }),
);
type StoredKey = z.infer<typeof storedKeysSchema>[number];

/** How often a running server looks whether keys were added or taken away, in ms. */
const recheckMs = 1000;

/** The keys in the data folder, hashes only, readable by the server's user alone. */
export class KeyStore {
  /** Hears once of a file that cannot be used while the server runs. */
  onProblem: (message: string, error: unknown) => void = () => {};
  readonly #folder: string;
  readonly #path: string;
  #keys: readonly StoredKey[] = [];
  /** The state of the file when it was last read, whether it could be or not. */
  #seen = missing;
  #checked = Number.NEGATIVE_INFINITY;

  constructor(dataDir: string) {
    this.#folder = dataDir;
    this.#path = join(dataDir, fileName);
  }

  /** The keys as they are now, or were a second ago. While the file is damaged, those that were in force before. Never throws. */
  async keys(): Promise<readonly ApiKey[]> {
    if (performance.now() - this.#checked < recheckMs) return this.#keys;
    this.#checked = performance.now();
    const state = await stateOf(this.#path);
    if (state === this.#seen) return this.#keys;
    this.#seen = state;
    try {
      this.#keys = await this.#read();
    } catch (error) {
      this.onProblem(`${fileName} is damaged or cannot be read. The keys from before stay in force.`, error);
    }
    return this.#keys;
  }

  /**
   * Sets a damaged file aside, so that the server starts and no hash is lost. Returns the names of the files that may hold keys and do not count,
   * from earlier starts too, as long as no other has taken their place. For the server that owns the folder, when it starts.
   */
  async setDamagedAside(): Promise<readonly string[]> {
    try {
      await this.#read();
    } catch (error) {
      if (!(error instanceof DamagedKeysError)) return [fileName];
      const name = `${fileName}${asideSuffix}${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
      const isMoved = await rename(this.#path, join(this.#folder, name)).then(
        () => true,
        () => false,
      );
      // On a disk that is read-only it stays where it is, and does not count either.
      if (!isMoved) return [fileName];
    }
    if ((await stateOf(this.#path)) !== missing) return [];
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => name.startsWith(fileName + asideSuffix)).sort();
  }

  /** Makes a key and keeps its hash. The key itself is returned, once. Throws `write-failed` while the file is damaged, and what the disk throws. */
  async create(name: string): Promise<string> {
    const key = newKey();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const keys = [...(await this.#readForChange()), { name, hash: hashKey(key), createdAt: new Date().toISOString() }];
    await writeAtomically(this.#path, `${JSON.stringify(keys, undefined, 2)}\n`);
    this.#checked = Number.NEGATIVE_INFINITY;
    return key;
  }

  /** What is damaged may still be repaired, so nothing is written over it. */
  async #readForChange(): Promise<readonly StoredKey[]> {
    try {
      return await this.#read();
    } catch (cause) {
      if (!(cause instanceof DamagedKeysError)) throw cause;
      throw damaged(this.#folder, cause);
    }
  }

  async #read(): Promise<readonly StoredKey[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return '[]';
      throw error;
    });
    try {
      return storedKeysSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw new DamagedKeysError('It is no list of keys.', { cause });
    }
  }
}

function damaged(folder: string, cause: unknown): TakossError {
  const message = `${fileName} in ${folder} is damaged. Repair it, or move it away, and make the key again.`;
  return new TakossError('write-failed', message, { cause });
}

class DamagedKeysError extends Error {
  override readonly name = 'DamagedKeysError';
}

/** Differs whenever the file was changed: a new one in its place has another number, even where it has the same time. */
async function stateOf(path: string): Promise<string> {
  return await stat(path).then(
    ({ ino, size, mtimeMs }) => `${ino}:${size}:${mtimeMs}`,
    () => missing,
  );
}
