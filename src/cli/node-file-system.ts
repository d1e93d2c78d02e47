import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, rmdir, stat, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EntryKind, FileSystem } from '../core/ports.ts';

/** The local disk below a root folder. A file appears whole or not at all, even when the process is killed. */
export class NodeFileSystem implements FileSystem {
  readonly #root: string;

  /** `root` is an absolute path. It need not exist. */
  constructor(root: string) {
    this.#root = root;
  }

  async kind(path: string): Promise<EntryKind | undefined> {
    try {
      // The root may be reached by a link: the user chose it. Below it, links are not followed.
      const entry = path === '' ? await stat(this.#root) : await lstat(this.#resolve(path));
      return entry.isFile() ? 'file' : entry.isDirectory() ? 'directory' : 'other';
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  read(path: string): Promise<Uint8Array> {
    return readFile(this.#resolve(path));
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    const target = this.#resolve(path);
    const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}.tmp`);
    try {
      await writeFile(temporary, content, { flag: 'wx' });
      await rename(temporary, target);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  /** With those above it. Level by level, because Node's recursive way never ends where a system refuses new folders as missing. */
  async createDirectory(path: string): Promise<void> {
    await makeFolder(this.#resolve(path));
  }

  async remove(path: string): Promise<void> {
    const target = this.#resolve(path);
    if ((await lstat(target)).isDirectory()) await rmdir(target);
    else await unlink(target);
  }

  list(path: string): Promise<readonly string[]> {
    return readdir(this.#resolve(path));
  }

  #resolve(path: string): string {
    return join(this.#root, path);
  }
}

async function makeFolder(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await isFolder(path))) return;
    const parent = dirname(path);
    if (codeOf(error) !== 'ENOENT' || parent === path || (await isFolder(parent))) throw error;
    await makeFolder(parent);
    // Someone else may have been quicker.
    await mkdir(path).catch(async (again: unknown) => {
      if (!(await isFolder(path))) throw again;
    });
  }
}

async function isFolder(path: string): Promise<boolean> {
  return await stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
