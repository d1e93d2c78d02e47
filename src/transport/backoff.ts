/** The first window of waiting and the longest, in ms. */
const firstWindowMs = 500;
const longestWindowMs = 30_000;

/**
 * Waiting times between attempts: exponential with full jitter, so that the clients of a server that comes back do not all arrive at once.
 * Each is drawn from a window that starts at 0 and doubles from 0.5 s to 30 s.
 */
export class Backoff {
  readonly #random: () => number;
  #attempts = 0;

  /** `random` gives numbers from 0 up to, but not including, 1. */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** How often {@link next} was asked since the beginning or the last {@link reset}. */
  get attempts(): number {
    return this.#attempts;
  }

  /**
   * The next waiting time, in ms. It is not shorter than `atLeastMs`, which is what the server asked for; half of that is added to the
   * window where it leaves none, because all its clients were told the same.
   */
  next(atLeastMs = 0): number {
    const window = Math.min(longestWindowMs, firstWindowMs * 2 ** this.#attempts);
    this.#attempts += 1;
    const end = Math.max(window, 1.5 * atLeastMs);
    return Math.round(atLeastMs + this.#random() * (end - atLeastMs));
  }

  /** Starts over, after progress. */
  reset(): void {
    this.#attempts = 0;
  }
}

/** What a `retry:` field may ask for at most, in ms. */
export const longestRetryMs = longestWindowMs;

/** A `Retry-After` header in ms from `now` (ms since 1970): seconds or an HTTP date. Undefined when it is absent or neither. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Anything else that `Date.parse` understands, such as a negative number, is no HTTP date.
  if (!/^[A-Z][a-z]+,? /.test(text)) return undefined;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
