/** How often a request is sent at most. */
export const maxAttempts = 4;

/** The longest that a request waits between its attempts, all together, in ms: a limit per minute has passed by then. */
const longestWaitMs = 120_000;
const firstWindowMs = 1000;

/** How long to wait between the attempts of one request. */
export class Pauses {
  #attempts = 1;
  #waitedMs = 0;

  /**
   * The next pause in ms, or undefined where it is time to give up. Never shorter than `afterMs`, which the service asked for. A random part keeps
   * requests that failed together from coming back together.
   */
  next(afterMs: number | undefined): number | undefined {
    if (this.#attempts >= maxAttempts) return undefined;
    const window = firstWindowMs * 2 ** (this.#attempts - 1);
    const pause = Math.round(
      afterMs === undefined ? window * (0.5 + Math.random() / 2) : afterMs + window * Math.random(),
    );
    if (this.#waitedMs + pause > longestWaitMs) return undefined;
    this.#attempts += 1;
    this.#waitedMs += pause;
    return pause;
  }
}

/** What `retry-after-ms` or `retry-after` ask for, in ms from `now` (ms since 1970); undefined where they are absent or unreadable. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const precise = headers.get('retry-after-ms')?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(precise)) return Number(precise);
  const text = headers.get('retry-after')?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // Anything else that `Date.parse` understands, such as a negative number, is no HTTP date.
  const date = /^[A-Z][a-z]+,? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
