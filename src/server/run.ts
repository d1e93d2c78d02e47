import { close } from '../core/close.ts';
import { cancelledError, TakossError, toTakossError } from '../core/errors.ts';
import type { GenerationResult, StreamEvent } from '../core/events.ts';
import type { Clock, Generation } from '../core/ports.ts';
import { errorEvent } from '../core/run-events.ts';
import { toLine } from '../transport/sse-encode.ts';
import { checkedLines } from './checked-line.ts';
import { Journal, type JournalBatch } from './journal.ts';
import { JournalReader } from './journal-reader.ts';
import type { Metrics } from './metrics.ts';
import {
  isSameMessage,
  outcomeOf,
  type RunHeader,
  type RunOutcome,
  type RunRecord,
  requestDigest,
} from './run-record.ts';
import type { StorageHealth } from './storage-health.ts';
import { WireEncoder } from './wire-format.ts';

/** What may wait for the disk, in UTF-16 units, before the generation waits as well. */
const maxWaiting = 64 * 1024;

/** The last events that reached the journal, for connections that are up to date. */
export interface RunTail extends JournalBatch {
  /** As they go over the wire. Made once, however many read them. */
  readonly wire: () => Buffer;
}

type Message = StreamEvent | { readonly type: 'result'; readonly data: GenerationResult };

export interface RunParts {
  readonly path: string;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly health: StorageHealth;
  /** How long the run goes on while nobody is connected who can come back, in ms. */
  readonly graceMs: number;
}

/** A generation on this server: appends what it says to its journal, and wakes those who read it. */
export class Run {
  readonly id: string;
  readonly owner: string;
  readonly idempotencyKey: string | undefined;
  readonly digest: string;
  readonly path: string;
  readonly encoder: WireEncoder;
  readonly #parts: RunParts;
  readonly #controller = new AbortController();
  readonly #listeners = new Set<() => void>();
  #journal: Journal | undefined;
  #tail: RunTail | undefined;
  /** Where the first event begins in the journal, in bytes, while that is known. */
  #firstEvent = 0;
  #size = 0;
  #lineCount = 0;
  #outcome: RunOutcome | undefined;
  /** The outcome once the last line is in the journal. */
  #lastWord: RunOutcome | undefined;
  #error: TakossError | undefined;
  /** The last event, where the disk did not take it. */
  #unsaved: StreamEvent | undefined;
  #finishedAt: number | undefined;
  #isSuspended = false;
  #ended: Promise<void> = Promise.resolve();
  #connections = 0;
  #canResume = false;
  #grace: NodeJS.Timeout | undefined;

  constructor(header: RunHeader, parts: RunParts) {
    this.id = header.runId;
    this.owner = header.owner;
    this.idempotencyKey = header.idempotencyKey;
    this.digest = requestDigest(header.request);
    this.path = parts.path;
    this.encoder = new WireEncoder(this.id);
    this.#parts = parts;
  }

  /** Bytes of the journal that may be read. */
  get size(): number {
    return this.#size;
  }
  /** The number of the last event that may be read; events count from 1. */
  get lastSeq(): number {
    return Math.max(0, this.#lineCount - 1) + (this.#unsaved === undefined ? 0 : 1);
  }
  /** The last event, where it is not in the journal because the disk did not take it. */
  get unsaved(): StreamEvent | undefined {
    return this.#unsaved;
  }
  get tail(): RunTail | undefined {
    return this.#tail;
  }
  /** Undefined while it runs. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }
  /** Why it did not succeed, while the server remembers. */
  get error(): TakossError | undefined {
    return this.#error;
  }
  /** Milliseconds since 1970. */
  get finishedAt(): number | undefined {
    return this.#finishedAt;
  }
  /** Whether nothing more will come from this server: it is finished, or left to the next start of the server. */
  get hasEnded(): boolean {
    return this.#outcome !== undefined || this.#isSuspended;
  }
  /** Resolves when nothing more will come. Never rejects. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  /** Reads the journal from the first event on. */
  reader(): JournalReader {
    return new JournalReader(this.path, this.#firstEvent, this.#firstEvent === 0 ? 0 : 1);
  }

  /** Begins. Resolves when the request is safe in the journal. */
  async start(header: RunHeader, generate: (signal: AbortSignal) => Generation): Promise<void> {
    this.#journal = await Journal.create(this.path, (batch) => this.#onWritten(batch));
    this.#journal.append(toLine(header));
    await this.#journal.written();
    this.#firstEvent = this.#size;
    this.#ended = this.#drive(generate(this.#controller.signal), []);
  }

  /** Goes on where a server that died left it: the same generation again, of which the journal knows the beginning. */
  async resume(record: RunRecord, generate: (signal: AbortSignal) => Generation): Promise<void> {
    this.#size = record.size;
    this.#lineCount = record.lastSeq + 1;
    this.#canResume = true;
    this.#journal = await Journal.resume(this.path, record.size, this.#lineCount, (batch) => this.#onWritten(batch));
    this.#startGrace();
    this.#ended = this.#drive(generate(this.#controller.signal), record.lines);
  }

  /** Ends it where a server that died left it, because its generation would not be the same a second time, and would be paid for twice. */
  async giveUp(record: RunRecord): Promise<void> {
    this.#size = record.size;
    this.#lineCount = record.lastSeq + 1;
    this.#journal = await Journal.resume(this.path, record.size, this.#lineCount, (batch) => this.#onWritten(batch));
    this.#error = new TakossError(
      'network',
      'The server was restarted during the run. Start it again: features that were finished are kept and are not paid for twice.',
    );
    await this.#appendFailure(this.#error);
    await this.#finish();
  }

  /** Leaves it where a server that died left it, because the disk takes nothing: a later start goes on with it. */
  leave(record: RunRecord): void {
    this.#size = record.size;
    this.#lineCount = record.lastSeq + 1;
    this.#isSuspended = true;
  }

  /** Stands for a run that had finished before the server started. */
  restore(record: RunRecord, finishedAt: number): void {
    this.#size = record.size;
    this.#lineCount = record.lastSeq + 1;
    this.#outcome = record.outcome;
    this.#finishedAt = finishedAt;
  }

  /** Ends it with an `error` event. Does nothing to a run that has ended. */
  cancel(): void {
    this.#controller.abort(cancelledError());
  }

  /** Stops it without a last word, so that the next start of the server goes on with it. One whose client can't come back is cancelled. */
  suspend(): void {
    if (this.#canResume) this.#isSuspended = true;
    this.#controller.abort(cancelledError());
    this.#wake();
  }

  /** Calls back whenever there is more to read or the run has ended. Returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A client has connected. Once one was there that can come back, losing it is no cancel. */
  attach(canResume: boolean): void {
    this.#connections += 1;
    this.#canResume ||= canResume;
    clearTimeout(this.#grace);
  }

  /** A client has gone. */
  detach(): void {
    this.#connections -= 1;
    if (this.#connections > 0 || this.hasEnded) return;
    if (this.#canResume) this.#startGrace();
    else this.cancel();
  }

  #startGrace(): void {
    clearTimeout(this.#grace);
    this.#grace = setTimeout(() => this.cancel(), this.#parts.graceMs);
    this.#grace.unref();
  }

  async #drive(generation: Generation, journaled: readonly string[]): Promise<void> {
    const count = this.#parts.metrics.follow();
    let seq = 0;
    let hasFailed = false;
    /** Passes over what the journal has from before, and appends the rest. */
    const record = (message: Message): Promise<void> | undefined => {
      // The word of a run that is handed over belongs to the next start of the server.
      if (this.#isSuspended) return undefined;
      const before = journaled[seq];
      seq += 1;
      if (before !== undefined && message.type !== 'error') {
        if (isSameMessage(before, message)) return undefined;
        throw new TakossError(
          'internal',
          'The server was changed while the run was interrupted, so it cannot go on. Start it again.',
        );
      }
      return this.#append(message);
    };
    try {
      for (;;) {
        const next = await generation.next();
        if (next.done) {
          await record({ type: 'result', data: next.value });
          break;
        }
        count(next.value);
        // Awaiting nothing would take time, too.
        const slow = record(next.value);
        if (slow !== undefined) await slow;
        hasFailed ||= next.value.type === 'error';
      }
      await this.#journal?.flush();
    } catch (thrown) {
      const error = toTakossError(thrown, this.#controller.signal);
      this.#error = error;
      // A disk that the generation needed for itself is another matter.
      if (error.code === 'storage' && !(error.cause instanceof TakossError)) this.#parts.health.failed(error.cause);
      // What is in the journal stands: of a run that ended there, only the way to the disk can have failed since.
      if (!hasFailed && !this.#isSuspended && this.#outcome === undefined) await this.#appendFailure(error);
    } finally {
      await close(generation).catch(() => {});
      await this.#finish();
    }
  }

  /** Returns what to wait for, if there is something: the end of a phase, or a disk that is slower than the generation. */
  #append(message: Message): Promise<void> | undefined {
    const journal = this.#journal;
    if (journal === undefined) return undefined;
    this.#lastWord = outcomeOf(message);
    journal.append(toLine(message));
    if (message.type === 'phase_complete' || message.type === 'error') return journal.flush();
    return journal.waitingLength > maxWaiting ? journal.written() : undefined;
  }

  /** The generation did not say itself that it failed. Where the disk is what failed, the event reaches those who are connected. */
  async #appendFailure(error: TakossError): Promise<void> {
    const event = errorEvent(error, 'error', this.#parts.clock.now());
    await this.#append(event)?.catch(() => {
      this.#settle('failed');
      this.#unsaved = event;
      const content = checkedLines([toLine(event)], this.#lineCount);
      this.#publish({ start: this.#size, end: this.#size, firstLine: this.#lineCount, lineCount: 1, content });
    });
  }

  async #finish(): Promise<void> {
    clearTimeout(this.#grace);
    await this.#journal?.close().catch(() => {});
    this.#journal = undefined;
    // What is in the journal need not stay in memory.
    if (this.#tail !== undefined && this.#tail.start < this.#tail.end) this.#tail = undefined;
    if (!this.#isSuspended) {
      this.#settle('failed');
      this.#finishedAt = this.#parts.clock.now();
    }
    this.#wake();
  }

  /** Counts a run in the moment in which others can see how it ended. What comes later changes nothing. */
  #settle(outcome: RunOutcome): void {
    if (this.#outcome !== undefined) return;
    this.#outcome = outcome;
    this.#parts.metrics.runs.inc({ outcome });
  }

  #onWritten(batch: JournalBatch): void {
    this.#size = batch.end;
    this.#lineCount = batch.firstLine + batch.lineCount;
    if (batch.firstLine === 0) return;
    // The last word is the last line, so it is written when nothing waits.
    this.#parts.metrics.events.inc(batch.lineCount);
    if (this.#lastWord !== undefined && this.#journal?.waitingLength === 0) this.#settle(this.#lastWord);
    this.#publish(batch);
  }

  #publish(batch: JournalBatch): void {
    let wire: Buffer | undefined;
    this.#tail = { ...batch, wire: () => (wire ??= this.encoder.encode(batch, batch.firstLine)) };
    this.#wake();
  }

  #wake(): void {
    for (const listener of this.#listeners) listener();
  }
}
