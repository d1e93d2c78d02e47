import { type FileHandle, open } from 'node:fs/promises';
import { systemCode } from '../core/errors.ts';
import { checksumLength, countChecked } from './checked-line.ts';

/** How much is read at a time, in bytes. A longer line is read in one piece. */
const blockSize = 64 * 1024;
const lineFeed = 10;

/** A journal in which a line is not what was written, or is missing. */
export class DamagedJournalError extends Error {
  override readonly name = 'DamagedJournalError';
}

/** Some whole lines of a journal, each with its checksum and its line feed. */
export interface JournalBlock {
  /** The number of the first line; the file's first line has 0. */
  readonly firstLine: number;
  readonly lineCount: number;
  readonly content: Buffer;
}

/** Reads the lines of a journal from its beginning or from a known place, while it may still grow, and checks every one of them. */
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

  /** Some of the next lines before the byte `end`; undefined when no whole line is left. Throws {@link DamagedJournalError}. */
  async read(end: number): Promise<JournalBlock | undefined> {
    this.#file ??= await openJournal(this.#path);
    for (let size = blockSize; ; size *= 2) {
      const wanted = Math.min(size, end - this.#offset);
      const { bytesRead, buffer } = await this.#file.read(Buffer.allocUnsafe(wanted), 0, wanted, this.#offset);
      const length = buffer.subarray(0, bytesRead).lastIndexOf(lineFeed) + 1;
      if (length > 0) {
        const content = buffer.subarray(0, length);
        const lineCount = countChecked(content, this.#line);
        if (lineCount === undefined) throw new DamagedJournalError(`Damaged after line ${this.#line}.`);
        const block = { firstLine: this.#line, lineCount, content };
        this.skip(length, lineCount);
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

async function openJournal(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw systemCode(error) === 'ENOENT' ? new DamagedJournalError('It is missing.', { cause: error }) : error;
  }
}

/** The JSON of all whole lines of a file before the byte `end`, and the bytes that each takes. Throws {@link DamagedJournalError}. */
export async function* readLines(path: string, end: number): AsyncGenerator<{ json: string; bytes: number }> {
  const reader = new JournalReader(path);
  try {
    for (let block = await reader.read(end); block !== undefined; block = await reader.read(end)) {
      for (const json of jsonOf(block)) yield { json, bytes: Buffer.byteLength(json) + checksumLength + 1 };
    }
  } finally {
    await reader.close();
  }
}

/** The lines of a block without their checksums. */
export function jsonOf({ content }: JournalBlock): string[] {
  const lines = content.toString('utf8', 0, content.length - 1).split('\n');
  return lines.map((line) => line.slice(checksumLength));
}
