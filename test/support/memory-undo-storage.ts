import type { UndoStorage } from '../../src/vscode/undo/storage.ts';
import { failure } from './memory-file-system.ts';

/** A storage in memory. Every operation gives others a turn, as on a disk. */
export class MemoryUndoStorage implements UndoStorage {
  readonly files = new Map<string, Uint8Array>();
  /** Called before every change; what it throws, the operation throws. */
  beforeChange: (path: string) => void = () => {};

  async list(path: string): Promise<readonly string[]> {
    await turn();
    const inside = [...this.files.keys()].filter((key) => key.startsWith(`${path}/`));
    return [...new Set(inside.map((key) => key.slice(path.length + 1).split('/')[0] ?? ''))];
  }

  async read(path: string): Promise<Uint8Array> {
    await turn();
    const content = this.files.get(path);
    if (content === undefined) throw failure('FileNotFound', path);
    return content;
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await turn();
    this.beforeChange(path);
    this.files.set(path, content);
  }

  async rename(from: string, to: string): Promise<void> {
    await turn();
    this.beforeChange(to);
    const moved = [...this.files].filter(([key]) => key === from || key.startsWith(`${from}/`));
    if (moved.length === 0) throw failure('FileNotFound', from);
    for (const [key, content] of moved) {
      this.files.delete(key);
      this.files.set(to + key.slice(from.length), content);
    }
  }

  async remove(path: string): Promise<void> {
    await turn();
    for (const key of [...this.files.keys()]) if (key === path || key.startsWith(`${path}/`)) this.files.delete(key);
  }
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
