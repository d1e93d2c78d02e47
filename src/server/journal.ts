import { close, fsync, ftruncate, open, write } from 'node:fs';
import { promisify } from 'node:util';

const openFile = promisify(open);
const closeFile = promisify(close);
const syncFile = promisify(fsync);
const truncateFile = promisify(ftruncate);

/** Lines that reached the file together. */
export interface JournalBatch {
  /** Where in the file the first begins and where the last ends, in bytes. */
  readonly start: number;
  readonly end: number;
  /** The number of the first line; the file's first line has 0. */
  readonly firstLine: number;
  readonly lines: readonly string[];
}

/**
 * A file to which lines are appended. Lines that come while others are being written go together in the next write, so a burst costs few
 * writes and a single line waits for nothing.
 */
export class Journal {
  readonly #descriptor: number;
  readonly #onWritten: (batch: JournalBatch) => void;
  #size: number;
  #lineCount: number;
  #waiting: string[] = [];
  #waitingLength = 0;
  #isWriting = false;
  #failure: Error | undefined;
  #idle: (() => void)[] = [];

  private constructor(descriptor: number, size: number, lineCount: number, onWritten: (batch: JournalBatch) => void) {
    this.#descriptor = descriptor;
    this.#size = size;
    this.#lineCount = lineCount;
    this.#onWritten = onWritten;
  }

  /** Starts a file. It must not exist. */
  static async create(path: string, onWritten: (batch: JournalBatch) => void): Promise<Journal> {
    return new Journal(await openFile(path, 'wx', 0o600), 0, 0, onWritten);
  }

  /** Goes on with a file after its first `size` bytes, which hold `lineCount` lines; what is behind them is cut off. */
  static async resume(
    path: string,
    size: number,
    lineCount: number,
    onWritten: (batch: JournalBatch) => void,
  ): Promise<Journal> {
    const descriptor = await openFile(path, 'r+');
    await truncateFile(descriptor, size);
    return new Journal(descriptor, size, lineCount, onWritten);
  }

  /** UTF-16 units that wait to be written. */
  get waitingLength(): number {
    return this.#waitingLength;
  }

  append(line: string): void {
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    if (!this.#isWriting && this.#failure === undefined) this.#writeWaiting();
  }

  /** Resolves when everything appended is in the file. Throws what the disk threw. */
  async written(): Promise<void> {
    if (this.#isWriting) await new Promise<void>((resolve) => this.#idle.push(resolve));
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The same, and the file would survive a power cut. */
  async flush(): Promise<void> {
    await this.written();
    await syncFile(this.#descriptor);
  }

  async close(): Promise<void> {
    await this.written().catch(() => {});
    await closeFile(this.#descriptor);
  }

  #writeWaiting(): void {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#isWriting = true;
    const content = Buffer.from(`${lines.join('\n')}\n`);
    this.#write(content, 0, () => {
      const start = this.#size;
      this.#size += content.length;
      const firstLine = this.#lineCount;
      this.#lineCount += lines.length;
      this.#onWritten({ start, end: this.#size, firstLine, lines });
    });
  }

  #write(content: Buffer, offset: number, done: () => void): void {
    write(this.#descriptor, content, offset, content.length - offset, this.#size + offset, (error, count) => {
      if (error !== null) {
        this.#failure = error;
      } else if (offset + count < content.length) {
        this.#write(content, offset + count, done);
        return;
      } else {
        done();
      }
      if (this.#waiting.length > 0 && this.#failure === undefined) {
        this.#writeWaiting();
      } else {
        this.#isWriting = false;
        for (const resolve of this.#idle.splice(0)) resolve();
      }
    });
  }
}
