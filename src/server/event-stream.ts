import type { ServerResponse } from 'node:http';
import { heartbeat } from '../transport/sse-encode.ts';
import { DamagedJournalError, type JournalReader } from './journal-reader.ts';
import type { Metrics } from './metrics.ts';
import type { Run } from './run.ts';

export interface EventStreamOptions {
  readonly metrics: Metrics;
  readonly heartbeatMs: number;
  /** How long the client may take nothing, in ms. */
  readonly stallMs: number;
}

/**
 * Sends a run's events after `after` over a response whose headers are out, and ends it with the run or with the connection, whichever is
 * first. Nothing queues up for a slow client but what the socket holds: it gets the next events, from the journal, when it took the last.
 * Throws `DamagedJournalError` before it sends what is not what the run said.
 */
export async function sendEvents(
  run: Run,
  response: ServerResponse,
  after: number,
  options: EventStreamOptions,
): Promise<void> {
  await new EventStream(run, response, after, options).send();
}

class EventStream {
  readonly #run: Run;
  readonly #response: ServerResponse;
  readonly #after: number;
  readonly #options: EventStreamOptions;
  readonly #reader: JournalReader;
  #isClosed = false;
  #hasNews = true;
  #isDraining = false;
  #wake: () => void = () => {};

  constructor(run: Run, response: ServerResponse, after: number, options: EventStreamOptions) {
    this.#run = run;
    this.#response = response;
    this.#after = after;
    this.#options = options;
    this.#reader = run.reader();
  }

  async send(): Promise<void> {
    const { metrics, heartbeatMs } = this.#options;
    const response = this.#response;
    const onClose = () => {
      this.#isClosed = true;
      this.#notify();
    };
    // The response, never the request: a request closes when its body has been read.
    response.on('close', onClose);
    response.on('error', onClose);
    const unsubscribe = this.#run.subscribe(() => this.#notify());
    const timer = setInterval(() => this.#beat(), heartbeatMs);
    metrics.openStreams.inc();
    try {
      if (!response.destroyed) await this.#pump();
    } finally {
      metrics.openStreams.dec();
      clearInterval(timer);
      unsubscribe();
      response.off('close', onClose);
      await this.#reader.close();
      if (!response.destroyed) response.end();
    }
  }

  async #pump(): Promise<void> {
    while (!this.#isClosed) {
      const events = await this.#next();
      if (events !== undefined) {
        this.#options.metrics.streamBytes.inc(events.length);
        if (!this.#response.write(events)) await this.#drained();
      } else if (this.#run.hasEnded) {
        return;
      } else {
        await this.#news();
      }
    }
  }

  /** The next events as they go over the wire, or undefined when there are none yet. */
  async #next(): Promise<Buffer | undefined> {
    for (;;) {
      const { tail, size } = this.#run;
      const { offset, line } = this.#reader;
      if (tail !== undefined && tail.firstLine === line && tail.firstLine > this.#after) {
        this.#reader.skip(tail.end - tail.start, tail.lineCount);
        return tail.wire();
      }
      if (offset >= size) return undefined;
      const block = await this.#reader.read(size);
      if (block === undefined) throw new DamagedJournalError('Lines are missing at its end.');
      // The first line of the journal, number 0, is its header and no event.
      const events = this.#run.encoder.encode(block, this.#after + 1);
      if (events.length > 0) return events;
    }
  }

  #notify(): void {
    this.#hasNews = true;
    this.#wake();
  }

  async #news(): Promise<void> {
    if (!this.#hasNews) await new Promise<void>((resolve) => (this.#wake = resolve));
    this.#hasNews = false;
  }

  /** Waits until the client has taken what the socket holds, or is gone, or has taken nothing for too long and is sent away. */
  async #drained(): Promise<void> {
    const response = this.#response;
    this.#isDraining = true;
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer);
        response.off('drain', done);
        response.off('close', done);
        resolve();
      };
      const timer = setTimeout(() => response.destroy(), this.#options.stallMs);
      response.on('drain', done);
      response.on('close', done);
      if (this.#isClosed) done();
    });
    this.#isDraining = false;
  }

  #beat(): void {
    if (this.#isDraining || this.#isClosed) return;
    this.#options.metrics.streamBytes.inc(heartbeat.length);
    this.#response.write(heartbeat);
  }
}
