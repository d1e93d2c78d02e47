import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import { type ApiKey, hashKey, newKey } from './api-key.ts';

const storedKeysSchema = z.array(
  z.object({ name: z.string(), hash: z.string().regex(/^[0-9a-f]{64}$/), createdAt: z.string() }),
);
type StoredKey = z.infer<typeof storedKeysSchema>[number];

/** How often a running server looks whether keys were added or taken away, in ms. */
const recheckMs = 1000;

/** The keys in the data folder, hashes only, readable by the server's user alone. */
export class KeyStore {
  readonly #folder: string;
  readonly #path: string;
  #keys: readonly StoredKey[] = [];
  #modified = -1;
  #checked = Number.NEGATIVE_INFINITY;

  constructor(dataDir: string) {
    this.#folder = dataDir;
    this.#path = join(dataDir, 'keys.json');
  }

  /** The keys as they are now, or were a second ago. */
  async keys(): Promise<readonly ApiKey[]> {
    if (performance.now() - this.#checked < recheckMs) return this.#keys;
    this.#checked = performance.now();
    const modified = await stat(this.#path).then(
      (entry) => entry.mtimeMs,
      () => -1,
    );
    if (modified !== this.#modified) {
      this.#keys = modified === -1 ? [] : await this.#read();
      this.#modified = modified;
    }
    return this.#keys;
  }

  /** Makes a key and keeps its hash. The key itself is returned, once. */
  async create(name: string): Promise<string> {
    const key = newKey();
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const keys = [...(await this.#read()), { name, hash: hashKey(key), createdAt: new Date().toISOString() }];
    const temporary = `${this.#path}.${randomBytes(4).toString('hex')}.tmp`;
    await writeFile(temporary, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' });
    // The mode of a new file is subject to the umask of the process.
    await chmod(temporary, 0o600);
    await rename(temporary, this.#path);
    this.#checked = Number.NEGATIVE_INFINITY;
    return key;
  }

  async #read(): Promise<readonly StoredKey[]> {
    const text = await readFile(this.#path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    try {
      return storedKeysSchema.parse(JSON.parse(text));
    } catch (cause) {
      throw damaged(this.#path, cause);
    }
  }
}

function damaged(path: string, cause: unknown): TakossError {
  const message = `${path} is damaged. Repair it, or remove it and make new keys with "takoss key create".`;
  return new TakossError('internal', message, { cause });
}
