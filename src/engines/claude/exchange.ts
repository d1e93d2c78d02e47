import { BaseAnthropic } from '@anthropic-ai/sdk/client';
import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import { Messages } from '@anthropic-ai/sdk/resources/messages/messages';
import { cancelledError, TakossError } from '../../core/errors.ts';
import { ClaudeApiFailure, type Failure, failureOf, type Subject } from './failures.ts';
import { type MessageEvent, type MessageStart, parseMessageEvent } from './message-event.ts';
import { type ClaudeTimeouts, Watchdog } from './watchdog.ts';

/** Where and how requests are sent. */
export interface Connection {
  /** As what the secret is given to the SDK, which then looks at no variable of the environment for another. */
  readonly kind: 'api-key' | 'auth-token';
  readonly secret: string;
  readonly baseUrl: string;
  readonly fetch: typeof globalThis.fetch;
  readonly timeouts: ClaudeTimeouts;
}

/**
 * A client of the SDK that sends each request once and logs nothing. The bare one, to which resources are added: with all of them, a bundle is
 * three times as large.
 */
export function createClient({ kind, secret, baseUrl }: Connection, fetch: typeof globalThis.fetch): BaseAnthropic {
  return new BaseAnthropic({
    ...(kind === 'api-key' ? { apiKey: secret, authToken: null } : { apiKey: null, authToken: secret }),
    baseURL: baseUrl,
    fetch,
    // A redirect would carry the key to an address that nobody chose.
    fetchOptions: { redirect: 'manual' },
    maxRetries: 0,
    // An hour: it is the watchdog who says when.
    timeout: 3_600_000,
    logLevel: 'off',
    openTelemetry: false,
    // The key is the user's own, kept by their editor: there is nobody to hide it from.
    dangerouslyAllowBrowser: true,
  });
}

/** The end of a response is there with the end of the answer, or it is not worth waiting for. */
const drainWithinMs = 100;

/** One request to the service and its answer. */
export class Exchange {
  readonly #connection: Connection;
  readonly #subject: Subject;
  readonly #signal: AbortSignal;
  readonly #controller = new AbortController();
  readonly #watchdog: Watchdog;
  /** Set as soon as the service answers. */
  #events: AsyncIterator<unknown> | undefined;
  readonly #abort = (): void => this.#controller.abort();

  constructor(connection: Connection, subject: Subject, signal: AbortSignal) {
    this.#connection = connection;
    this.#subject = subject;
    this.#signal = signal;
    this.#watchdog = new Watchdog(connection.timeouts, this.#controller);
    if (signal.aborted) this.#abort();
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  /** Sends the request and waits until the answer begins. */
  async open(params: MessageCreateParamsStreaming): Promise<{ start: MessageStart; headers: Headers }> {
    const client = createClient(this.#connection, this.#watchdog.watch(this.#connection.fetch));
    const request = new Messages(client).create(params, { signal: this.#controller.signal });
    const { data, response } = await request.withResponse();
    this.#events = data[Symbol.asyncIterator]();
    const start = await this.next();
    if (start?.type === 'message_start') return { start, headers: response.headers };
    const type = response.headers.get('content-type') ?? '';
    if (start === undefined && type.startsWith('text/event-stream'))
      throw new Error('The stream ended before it began.');
    const message = `${this.#subject.host} does not answer as the Claude API does. Check the base URL.`;
    throw new TakossError('network', message, {
      cause: new ClaudeApiFailure(`Content-Type: ${type}`, response.status),
    });
  }

  /** The next event; undefined at the end of the stream. */
  async next(): Promise<MessageEvent | undefined> {
    for (;;) {
      const next = await this.#events?.next();
      // The SDK ends a stream that was aborted as if it had come to its end.
      if (this.#controller.signal.aborted) throw new Error('The request was ended.');
      if (next === undefined || next.done) return undefined;
      this.#watchdog.progress();
      const event = parseMessageEvent(next.value);
      if (event !== undefined) return event;
    }
  }

  heldBack(outputTokens: number): boolean {
    return this.#watchdog.heldBack(outputTokens);
  }

  /** What to tell of an error that {@link open} or {@link next} threw. */
  failure(thrown: unknown): Failure {
    if (this.#signal.aborted) return { error: cancelledError() };
    const { silence } = this.#watchdog;
    if (silence === undefined) return this.#events === undefined ? failureOf(thrown, this.#subject) : this.#cut(thrown);
    const { firstByteMs, idleMs, progressMs } = this.#connection.timeouts;
    const limits = { 'first-byte': firstByteMs, idle: idleMs, progress: progressMs };
    const seconds = Math.max(1, Math.round(limits[silence] / 1000));
    const message = `${this.#subject.host} fell silent for ${seconds} s. Check the connection and any proxy, then try again.`;
    return { error: new TakossError('network', message, { cause: new ClaudeApiFailure(`Silence: ${silence}.`) }) };
  }

  /** An answer that had come, at least in part. */
  #cut(thrown: unknown): Failure {
    const failure = failureOf(thrown, this.#subject);
    if (thrown instanceof TakossError || failure.error.code !== 'network') return failure;
    const message = `The answer of ${this.#subject.host} broke off. Check the connection, then try again.`;
    return { ...failure, error: new TakossError('network', message, { cause: failure.error.cause }) };
  }

  /** Lets an answer that has come to its end end its response too, so that the connection can be used again. */
  async drain(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const enough = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, drainWithinMs);
    });
    await Promise.race([this.#events?.next().catch(() => {}), enough]);
    clearTimeout(timer);
  }

  /** Ends the request, wherever it is. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#controller.abort();
    await this.#events?.return?.().catch(() => {});
  }
}
