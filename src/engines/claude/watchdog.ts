/** How long a request may say nothing, in ms. */
export interface ClaudeTimeouts {
  /** Until the first byte of an answer. Long, because a proxy may hold an answer back until it is whole. */
  readonly firstByteMs: number;
  /** Between bytes: the service sends a ping every 15 to 30 s when it has nothing to say. */
  readonly idleMs: number;
  /** Without anything but pings: a model that thinks long may say nothing meanwhile. */
  readonly progressMs: number;
  /** From here on, an answer that then comes all at once has been held back. */
  readonly heldBackMs: number;
}

/** `fetch` of Node gives up by itself after 300 s without headers: a little earlier, the sentence is ours. */
export const defaultTimeouts: ClaudeTimeouts = {
  firstByteMs: 290_000,
  idleMs: 120_000,
  progressMs: 900_000,
  heldBackMs: 3000,
};

/** No model writes that fast, in tokens a second; a buffer that is let go of is faster. */
const fastestModel = 2000;
/** An answer that is shorter says nothing about how it came. */
const fewTokens = 100;
/** What is read of an answer that is an error: it may come from anyone. */
const maxErrorBytes = 64 * 1024;

/**
 * Watches the bytes of one request. The SDK neither watches a body nor shows its pings. Time counts only while a byte is waited for, so that a
 * reader that takes its time is not taken for a service that fell silent.
 */
export class Watchdog {
  readonly #timeouts: ClaudeTimeouts;
  readonly #controller: AbortController;
  /** Which limit was passed. */
  silence: 'first-byte' | 'idle' | 'progress' | undefined;
  #beforeFirstByteMs = 0;
  #afterFirstByteMs = 0;
  #sinceProgressMs = 0;
  #hasBytes = false;

  /** `controller` ends the request. */
  constructor(timeouts: ClaudeTimeouts, controller: AbortController) {
    this.#timeouts = timeouts;
    this.#controller = controller;
  }

  /** A `fetch` whose answer is watched. */
  watch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const response = await this.#wait(fetch(input, init));
      const { body, status, statusText, headers } = response;
      if (body === null) return response;
      const watched = this.#watchBody(body, response.ok ? Number.POSITIVE_INFINITY : maxErrorBytes);
      // A status that a response cannot be made with, such as that of a redirect a browser hides, has nothing to watch.
      if (status < 200) return response;
      return new Response(watched, { status, statusText, headers });
    };
  }

  /** Something of the answer came that is no ping. */
  progress(): void {
    this.#sinceProgressMs = 0;
  }

  /**
   * Whether something between here and the service held the answer back: nothing came for a while, and then more tokens at once than a model
   * can write.
   */
  heldBack(outputTokens: number): boolean {
    if (this.#beforeFirstByteMs < this.#timeouts.heldBackMs || outputTokens < fewTokens) return false;
    return this.#afterFirstByteMs < (outputTokens / fastestModel) * 1000;
  }

  #watchBody(body: ReadableStream<Uint8Array>, maxBytes: number): ReadableStream<Uint8Array> {
    const reader = body.getReader();
    let length = 0;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (stream) => {
          const { done, value } = await this.#wait(reader.read());
          if (done) return stream.close();
          this.#hasBytes = true;
          length += value.length;
          stream.enqueue(value);
          if (length <= maxBytes) return;
          stream.close();
          await reader.cancel();
        },
        cancel: (reason) => reader.cancel(reason),
      },
      // Reads only what is asked for.
      { highWaterMark: 0 },
    );
  }

  /** Waits for what the service does next. Throws when it takes too long, or the request is ended meanwhile. */
  async #wait<T>(next: Promise<T>): Promise<T> {
    const { signal } = this.#controller;
    const { firstByteMs, idleMs, progressMs } = this.#timeouts;
    const hadBytes = this.#hasBytes;
    const [limit, silence] = hadBytes
      ? [idleMs, 'idle' as const]
      : [firstByteMs - this.#beforeFirstByteMs, 'first-byte' as const];
    const started = performance.now();
    const timer = setTimeout(() => this.#bark(silence), Math.max(0, limit));
    let stop = (): void => {};
    try {
      const ended = new Promise<never>((_, reject) => {
        stop = () => reject(new Error('The request was ended.'));
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop);
      });
      return await Promise.race([next, ended]);
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      const waitedMs = performance.now() - started;
      if (hadBytes) this.#afterFirstByteMs += waitedMs;
      else this.#beforeFirstByteMs += waitedMs;
      this.#sinceProgressMs += waitedMs;
      if (hadBytes && this.#sinceProgressMs > progressMs) this.#bark('progress');
    }
  }

  #bark(silence: 'first-byte' | 'idle' | 'progress'): void {
    this.silence ??= silence;
    this.#controller.abort();
  }
}
