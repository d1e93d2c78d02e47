import { mkdir, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertSafePath } from '../core/safe-path.ts';
import type { SliceFile } from '../core/slices.ts';

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

  /** Makes the folder hold these files and no others, with the packages of an install. */
  async sync(files: readonly SliceFile[], packages: string): Promise<void> {
    const wanted = new Map(files.map(({ path, content }) => [assertSafePath(path), content]));
    for (const path of [...this.#written.keys()].filter((known) => !wanted.has(known))) {
      await rm(join(this.path, path), { force: true });
      this.#written.delete(path);
    }
    for (const [path, content] of wanted) {
      if (this.#written.get(path) === content) continue;
      const file = join(this.path, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
      this.#written.set(path, content);
    }
    if (this.#packages === packages) return;
    const link = join(this.path, 'node_modules');
    await rm(link, { force: true });
    await symlink(join(packages, 'node_modules'), link, 'junction');
    this.#packages = packages;
  }
}
