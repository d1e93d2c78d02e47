import { type FileHandle, open } from 'node:fs/promises';

/** How much is read at a time, in bytes. A longer line is read in one piece. */
const blockSize = 64 * 1024;
const lineFeed = 10;

/** Some whole lines of a journal, each with its line feed. */
export interface JournalBlock {
  /** The number of the first line; the file's first line has 0. */
  readonly firstLine: number;
  readonly lineCount: number;
  readonly content: Buffer;
}

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

  /** The number of the next line. */
  get line(): number {
    return this.#line;
  }

  /** Passes over lines that came another way. */
  skip(byteCount: number, lineCount: number): void {
    this.#offset += byteCount;
    this.#line += lineCount;
  }

  /** Some of the next lines before the byte `end`; undefined when no whole line is left. */
  async read(end: number): Promise<JournalBlock | undefined> {
    this.#file ??= await open(this.#path, 'r');
    for (let size = blockSize; ; size *= 2) {
      const wanted = Math.min(size, end - this.#offset);
      const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(wanted), 0, wanted, this.#offset);
      const length = buffer.subarray(0, bytesRead).lastIndexOf(lineFeed) + 1;
      if (length > 0) {
        const content = buffer.subarray(0, length);
        const block = { firstLine: this.#line, lineCount: countLines(content), content };
        this.skip(length, block.lineCount);
        return block;
      }
      if (bytesRead < size) return undefined;
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }
}

/** All whole lines of a file before the byte `end`. */
export async function* readLines(path: string, end: number): AsyncGenerator<string, void, void> {
  const reader = new JournalReader(path);
  try {
    for (let block = await reader.read(end); block !== undefined; block = await reader.read(end)) {
      yield* block.content.toString('utf8', 0, block.content.length - 1).split('\n');
    }
  } finally {
    await reader.close();
  }
}

function countLines(content: Buffer): number {
  let count = 0;
  for (let at = content.indexOf(lineFeed); at !== -1; at = content.indexOf(lineFeed, at + 1)) count += 1;
  return count;
}
