import { close, fsync, ftruncate, ftruncateSync, open, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { checkedLines } from './checked-line.ts';
import { storageFailure } from './storage-health.ts';

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
  readonly lineCount: number;
  /** The lines, each with its checksum and its line feed. */
  readonly content: Buffer;
}

/**
 * A file to which lines are appended. All lines of one turn of the event loop go together in one write. The write itself does not go through
 * the thread pool: handing bytes to the system takes microseconds, a trip through the pool ten times that. What takes long, reaching the
 * disk, does.
 */
export class Journal {
  readonly #descriptor: number;
  readonly #onWritten: (batch: JournalBatch) => void;
  #size: number;
  #lineCount: number;
  #waiting: string[] = [];
  #waitingLength = 0;
  #turn: NodeJS.Immediate | undefined;
  #failure: unknown;
  #isDone: (() => void)[] = [];

  private constructor(descriptor: number, size: number, lineCount: number, onWritten: (batch: JournalBatch) => void) {
    this.#descriptor = descriptor;
    this.#size = size;
    this.#lineCount = lineCount;
    this.#onWritten = onWritten;
  }

  /** Starts a file. It must not exist. Throws `storage`. */
  static async create(path: string, onWritten: (batch: JournalBatch) => void): Promise<Journal> {
    const descriptor = await openFile(path, 'wx', 0o600).catch((error: unknown) => {
      throw storageFailure(error);
    });
    return new Journal(descriptor, 0, 0, onWritten);
  }

  /** Goes on with a file after its first `size` bytes, which hold `lineCount` lines; what is behind them is cut off. Throws what the disk throws. */
  static async resume(
    path: string,
    size: number,
    lineCount: number,
    onWritten: (batch: JournalBatch) => void,
  ): Promise<Journal> {
    const descriptor = await openFile(path, 'r+');
    try {
      await truncateFile(descriptor, size);
    } catch (error) {
      await closeFile(descriptor);
      throw error;
    }
    return new Journal(descriptor, size, lineCount, onWritten);
  }

  /** UTF-16 units that wait to be written. */
  get waitingLength(): number {
    return this.#waitingLength;
  }

  /** Appends one line of JSON. */
  append(json: string): void {
    this.#waiting.push(json);
    this.#waitingLength += json.length;
    this.#turn ??= setImmediate(() => this.#write());
  }

  /** Resolves when everything appended is in the file. Throws `storage` when the disk does not take it. */
  async written(): Promise<void> {
    if (this.#turn !== undefined) await new Promise<void>((resolve) => this.#isDone.push(resolve));
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** The same, and the file would survive a power cut. */
  async flush(): Promise<void> {
    await this.written();
    await syncFile(this.#descriptor).catch((error: unknown) => {
      throw storageFailure(error);
    });
  }

  async close(): Promise<void> {
    await this.written().catch(() => {});
    await closeFile(this.#descriptor);
  }

  #write(): void {
    const lines = this.#waiting;
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#turn = undefined;
    const content = checkedLines(lines, this.#lineCount);
    try {
      // What follows a failure would leave a gap.
      if (this.#failure === undefined) this.#writeAll(content, lines.length);
    } catch (error) {
      this.#failure = storageFailure(error);
      this.#cutBack();
    }
    for (const resolve of this.#isDone.splice(0)) resolve();
  }

  /** Takes back the part of a line that still found room. The next start would do it otherwise. */
  #cutBack(): void {
    try {
      ftruncateSync(this.#descriptor, this.#size);
    } catch {
      // The disk takes nothing at all.
    }
  }

  #writeAll(content: Buffer, lineCount: number): void {
    const start = this.#size;
    for (let at = 0; at < content.length; ) {
      at += writeSync(this.#descriptor, content, at, content.length - at, start + at);
    }
    const firstLine = this.#lineCount;
    this.#size += content.length;
    this.#lineCount += lineCount;
    this.#onWritten({ start, end: this.#size, firstLine, lineCount, content });
  }
}
