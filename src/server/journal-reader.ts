import { type FileHandle, open } from 'node:fs/promises';

/** How much is read at a time, in bytes. A longer line is read in one piece. */
const blockSize = 64 * 1024;
const lineFeed = 10;

/** Reads the lines of a journal from its beginning or from a known place, while it may still grow. */
export class JournalReader {
  readonly #path: string;
  #file: FileHandle | undefined;
  #offset: number;
  #line: number;

  constructor(path: string, offset = 0, line = 0) {
    this.#path = path;
    this.#offset = offset;
    this.#line = line;
  }

  /** Where the next line begins, in bytes. */
  get offset(): number {
    return this.#offset;
  }

  /** The number of the next line; the first has 0. */
  get line(): number {
    return this.#line;
  }

  /** Passes over lines that came another way. */
  skipTo(offset: number, line: number): void {
    this.#offset = offset;
    this.#line = line;
  }

  /** Some of the next whole lines before the byte `end`; none when there is no whole line left. */
  async read(end: number): Promise<readonly string[]> {
    this.#file ??= await open(this.#path, 'r');
    for (let size = blockSize; ; size *= 2) {
      const wanted = Math.min(size, end - this.#offset);
      const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(wanted), 0, wanted, this.#offset);
      const last = buffer.subarray(0, bytesRead).lastIndexOf(lineFeed);
      if (last !== -1) {
        const lines = buffer.toString('utf8', 0, last).split('\n');
        this.#offset += last + 1;
        this.#line += lines.length;
        return lines;
      }
      if (bytesRead < size) return [];
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

/** All whole lines of a file. */
export async function* readLines(path: string, end: number): AsyncGenerator<string, void, void> {
  const reader = new JournalReader(path);
  try {
    for (;;) {
      const lines = await reader.read(end);
      if (lines.length === 0) return;
      yield* lines;
    }
  } finally {
    await reader.close();
  }
}
