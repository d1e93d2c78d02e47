import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own with little room, which a test can fill and make read-only. */
export class SmallDisk {
  readonly folder: string;
  readonly #filler: string;

  private constructor(folder: string) {
    this.folder = folder;
    this.#filler = join(folder, 'filler');
  }

  /** Undefined where the system does not let this user mount anything. */
  static async mount(megabytes: number): Promise<SmallDisk | undefined> {
    if (process.platform !== 'linux') return undefined;
    const folder = await mkdtemp(join(tmpdir(), 'takoss-disk-'));
    if (mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder)) return new SmallDisk(folder);
    await rm(folder, { recursive: true });
    return undefined;
  }

  /** Leaves not a byte. */
  fill(): void {
    const file = openSync(this.#filler, 'a');
    for (const piece of [Buffer.alloc(64 * 1024), Buffer.alloc(1)]) while (hasTaken(file, piece));
    closeSync(file);
  }

  async empty(): Promise<void> {
    await unlink(this.#filler);
  }

  setReadOnly(isReadOnly: boolean): void {
    if (!mount('-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, this.folder))
      throw new Error('The disk cannot be mounted again.');
  }

  async unmount(): Promise<void> {
    spawnSync('umount', ['-l', this.folder]);
    await rm(this.folder, { recursive: true, force: true });
  }
}

function hasTaken(file: number, piece: Buffer): boolean {
  try {
    return writeSync(file, piece) > 0;
  } catch {
    return false;
  }
}

function mount(...parts: string[]): boolean {
  return spawnSync('mount', parts).status === 0;
}
