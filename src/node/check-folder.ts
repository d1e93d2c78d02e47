import { mkdir, readFile, realpath, rm, rmdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertSafePath } from '../core/safe-path.ts';
import type { SliceFile } from '../core/slices.ts';

/** A file that no disk takes under its name, or not beside another one. */
export class UnwritableFileError extends Error {
  override readonly name = 'UnwritableFileError';
  /** As it was to be called. */
  readonly path: string;

  constructor(why: string, { path, cause }: { path: string; cause?: unknown }) {
    super(`The file cannot be written: ${why}. Choose another name.`, { cause });
    this.path = path;
  }
}

/** What systems say of names, other than of the disk as a whole. */
const ofName = new Set(['ENAMETOOLONG', 'EISDIR', 'ENOTDIR', 'EEXIST', 'EINVAL', 'EILSEQ', 'ENOENT']);

/** The longest name that file systems take, in bytes of UTF-8. */
const maxNameBytes = 255;

/** A project on the disk that follows what is to be checked: only what differs is written. */
export class CheckFolder {
  /** Absolute, without links, as tools name it. */
  readonly path: string;
  readonly #written = new Map<string, string>();
  #packages: string | undefined;

  private constructor(path: string) {
    this.path = path;
  }

  static async create(path: string): Promise<CheckFolder> {
    // What is checked is nobody else's business on a machine with several users.
    await mkdir(path, { recursive: true, mode: 0o700 });
    return new CheckFolder(await realpath(path));
  }

  /**
   * Makes the folder hold these files and no others, with the packages of an install. Throws UnwritableFileError for a file that cannot be there, and what
   * the system says otherwise; the next call mends what was left half done.
   */
  async sync(files: readonly SliceFile[], packages: string): Promise<void> {
    const wanted = new Map(files.map(({ path, content }) => [safePath(path), content]));
    assertApart([...wanted.keys()]);
    for (const path of [...this.#written.keys()].filter((known) => !wanted.has(known))) await this.#remove(path);
    for (const [path, content] of wanted) {
      if (this.#written.get(path) === content) continue;
      await this.#write(path, content);
    }
    if (this.#packages === packages) return;
    const link = join(this.path, 'node_modules');
    await rm(link, { force: true });
    await symlink(join(packages, 'node_modules'), link, 'junction');
    this.#packages = packages;
  }

  /** The text of files that a tool may have changed. The next `sync` puts them back as it is told. */
  async read(paths: Iterable<string>): Promise<SliceFile[]> {
    const files: SliceFile[] = [];
    for (const path of paths) {
      const content = await readFile(join(this.path, safePath(path)), 'utf8');
      this.#written.set(path, content);
      files.push({ path, content });
    }
    return files;
  }

  async #write(path: string, content: string): Promise<void> {
    const file = join(this.path, path);
    try {
      // Before it is written, so that a half of it is removed or written again.
      this.#written.set(path, '');
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      this.#written.set(path, content);
    } catch (error) {
      await this.#remove(path).catch(() => {});
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!ofName.has(code)) throw error;
      throw new UnwritableFileError(`its name cannot be used here (${code})`, { path, cause: error });
    }
  }

  /** Removes a file and the folders that it leaves empty: another file may need their names. */
  async #remove(path: string): Promise<void> {
    await rm(join(this.path, path), { force: true, recursive: true });
    this.#written.delete(path);
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      const isGone = await rmdir(join(this.path, folder)).then(
        () => true,
        () => false,
      );
      if (!isGone) return;
    }
  }
}

function safePath(path: string): string {
  try {
    return assertSafePath(path);
  } catch (error) {
    throw new UnwritableFileError('its path is none that every system can store', { path, cause: error });
  }
}

/** Throws for a name that is too long, and for the second of two files that cannot be beside each other on every disk. */
function assertApart(paths: readonly string[]): void {
  const files = new Map<string, string>();
  const folders = new Set<string>();
  for (const path of paths) {
    if (path.split('/').some((name) => Buffer.byteLength(name) > maxNameBytes))
      throw new UnwritableFileError(`a name in it is longer than ${maxNameBytes} bytes`, { path });
    const own = folded(path);
    if (files.has(own))
      throw new UnwritableFileError(`on many disks it is the same name as ${files.get(own)}`, { path });
    const parents = parentsOf(own);
    const parent = parents.find((folder) => files.has(folder));
    if (parent !== undefined) throw new UnwritableFileError(`${files.get(parent)} is a file and no folder`, { path });
    if (folders.has(own)) throw new UnwritableFileError('there is a folder of this name', { path });
    files.set(own, path);
    for (const folder of parents) folders.add(folder);
  }
}

function parentsOf(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}

/** One name for those that some disks do not tell apart. */
function folded(path: string): string {
  return path.normalize('NFKC').toLowerCase();
}
