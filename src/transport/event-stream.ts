import { cancelledError, TakossError } from '../core/errors.ts';
import { isRunId } from './event-id.ts';
import { discard, networkFailure, responseFailure } from './failures.ts';
import { headerNames } from './headers.ts';
import { Interruption } from './interruption.ts';
import type { RemoteParts } from './remote-parts.ts';
import { SseDecoder, type SseMessage } from './sse-decode.ts';
import { heartbeatIntervalMs } from './sse-encode.ts';

/** A connection on which nothing was heard for this long, in ms, is lost, whatever the system says of it. */
export const idleLimitMs = 3 * heartbeatIntervalMs;

/** One connection to a stream of events, from the request to the last byte. */
export class EventStream {
  readonly #parts: RemoteParts;
  readonly #host: string;
  readonly #signal: AbortSignal;
  /** Ends the request: when the caller does, when nothing is heard, and when the stream is closed. */
  readonly #request = new AbortController();
  readonly #decoder = new SseDecoder();
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  #runId: string | undefined;
  /** Since when bytes are waited for; undefined while nobody waits. */
  #waitingSince: number | undefined;
  #isSilent = false;

  private constructor(parts: RemoteParts, host: string, signal: AbortSignal) {
    this.#parts = parts;
    this.#host = host;
    this.#signal = signal;
  }

  /**
   * Makes the request. Throws an {@link Interruption} for what may pass, and a TakossError for what will not. Undefined: the run has ended and
   * there is nothing more to send.
   */
  static async open(
    parts: RemoteParts,
    host: string,
    url: string,
    init: RequestInit,
    signal: AbortSignal,
  ): Promise<EventStream | undefined> {
    const stream = new EventStream(parts, host, signal);
    signal.addEventListener('abort', stream.#abort);
    if (signal.aborted) stream.#abort();
    try {
      if (await stream.#open(url, init)) return stream;
    } catch (error) {
      stream.close();
      throw error;
    }
    stream.close();
    return undefined;
  }

  /** The id of the run, where the server gave one. */
  get runId(): string | undefined {
    return this.#runId;
  }

  /** How long the server wants clients to wait before they reconnect, in ms, if it has said so. */
  get retryMs(): number | undefined {
    return this.#decoder.retryMs;
  }

  /** The next messages, at least none; undefined after the last byte. Throws as {@link open} does. */
  async read(): Promise<readonly SseMessage[] | undefined> {
    const chunk = await this.#waitFor(() => this.#reader?.read());
    return chunk === undefined || chunk.done ? undefined : this.#decoder.decode(chunk.value);
  }

  /** Ends the connection, if it has not ended. */
  close(): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#request.abort();
  }

  readonly #abort = (): void => this.#request.abort();

  async #open(url: string, init: RequestInit): Promise<boolean> {
    void this.#watch();
    const { signal } = this.#request;
    const response = await this.#waitFor(() =>
      this.#parts.fetch(url, { ...init, redirect: 'manual', cache: 'no-store', signal }),
    );
    if (response.status === 204) return false;
    if (response.status !== 200) {
      throw await this.#waitFor(() => responseFailure(response, this.#host, this.#parts.clock.now()));
    }
    const type = response.headers.get('content-type') ?? '';
    if (response.body === null || !/^text\/event-stream\b/i.test(type.trim())) {
      await discard(response);
      throw new TakossError(
        'protocol',
        `${this.#host} answers, but not as a Takoss server does. Check the address of the server.`,
      );
    }
    const runId = response.headers.get(headerNames.runId) ?? '';
    this.#runId = isRunId(runId) ? runId : undefined;
    this.#reader = response.body.getReader();
    return true;
  }

  /** Waits for the network, under the eye of the watchdog, and words what goes wrong. */
  async #waitFor<T>(action: () => T | Promise<T>): Promise<T> {
    this.#waitingSince = this.#parts.clock.now();
    try {
      return await action();
    } catch (error) {
      if (this.#signal.aborted) throw cancelledError(error);
      if (this.#isSilent) throw new Interruption(`nothing was heard for ${idleLimitMs / 1000} s`, { cause: error });
      throw networkFailure(error, this.#host);
    } finally {
      this.#waitingSince = undefined;
    }
  }

  /** One timer for a whole connection. Time in which the caller is busy with what it got does not count as silence. */
  async #watch(): Promise<void> {
    const { clock, sleep } = this.#parts;
    const { signal } = this.#request;
    while (!signal.aborted) {
      const quietMs = this.#waitingSince === undefined ? 0 : clock.now() - this.#waitingSince;
      if (quietMs >= idleLimitMs) {
        this.#isSilent = true;
        this.#request.abort();
        return;
      }
      await sleep(idleLimitMs - Math.max(0, quietMs), signal);
    }
  }
}
