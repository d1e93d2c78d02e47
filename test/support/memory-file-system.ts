import type { EntryKind, FileSystem } from '../../src/core/ports.ts';

const decoder = new TextDecoder();

/** A disk in memory that can be told to fail, as disks do. */
export class MemoryFileSystem implements FileSystem {
  readonly entries = new Map<string, Uint8Array | 'directory' | 'other'>();
  /** Called before every change; what it throws, the operation throws. */
  beforeChange: (operation: 'write' | 'createDirectory' | 'remove', path: string) => void = () => {};
  /** How many bytes of a failing write stay behind, as on a real disk that fills up. */
  leavesHalfFiles = false;

  constructor(files: Readonly<Record<string, string>> = {}) {
    for (const [path, content] of Object.entries(files)) {
      const segments = path.split('/');
      for (let index = 0; index < segments.length; index++) {
        this.entries.set(segments.slice(0, index).join('/'), 'directory');
      }
      this.entries.set(path, new TextEncoder().encode(content));
    }
  }

  /** Everything on the disk as one comparable value. */
  snapshot(): Record<string, string> {
    const entries = [...this.entries].map(([path, entry]): [string, string] => [
      path,
      typeof entry === 'string' ? `<${entry}>` : decoder.decode(entry),
    ]);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  kind(path: string): Promise<EntryKind | undefined> {
    const entry = this.entries.get(path);
    return Promise.resolve(entry === undefined || typeof entry === 'string' ? entry : 'file');
  }

  async read(path: string): Promise<Uint8Array> {
    const entry = this.entries.get(path);
    if (entry === undefined || typeof entry === 'string') throw failure('ENOENT', path);
    return await Promise.resolve(entry);
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await this.#change('write', path, () => {
      if (this.leavesHalfFiles) this.entries.set(path, content.slice(0, content.length / 2));
    });
    const folder = path.split('/').slice(0, -1).join('/');
    if (this.entries.get(folder) !== 'directory') throw failure('ENOENT', path);
    this.entries.set(path, content);
  }

  async createDirectory(path: string): Promise<void> {
    await this.#change('createDirectory', path);
    this.entries.set(path, 'directory');
  }

  async remove(path: string): Promise<void> {
    await this.#change('remove', path);
    if (this.entries.get(path) === 'directory' && (await this.list(path)).length > 0) throw failure('ENOTEMPTY', path);
    if (!this.entries.delete(path)) throw failure('ENOENT', path);
  }

  list(path: string): Promise<readonly string[]> {
    const prefix = path === '' ? '' : `${path}/`;
    const inside = [...this.entries.keys()].filter((key) => key !== path && key.startsWith(prefix));
    return Promise.resolve([...new Set(inside.map((key) => key.slice(prefix.length).split('/')[0] ?? ''))]);
  }

  async #change(
    operation: 'write' | 'createDirectory' | 'remove',
    path: string,
    onFailure: () => void = () => {},
  ): Promise<void> {
    try {
      await Promise.resolve(this.beforeChange(operation, path));
    } catch (error) {
      onFailure();
      throw error;
    }
  }
}

/** An error as Node's file system throws it. */
export function failure(code: string, path = ''): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
