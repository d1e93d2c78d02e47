import type { Clock } from '../core/ports.ts';

/** How many callers are remembered before those that are full again are forgotten. */
const maxBuckets = 1000;

/** A bucket of requests per caller, which fills evenly: short bursts pass, a steady flood does not. */
export class RateLimiter {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Takes one request of the caller. Returns 0, or the seconds to wait where there is none. */
  take(caller: string): number {
    const now = this.#clock.now();
    if (this.#buckets.size > maxBuckets) this.#forgetFull(now);
    const tokens = this.#tokens(caller, now);
    if (tokens < 1) return Math.ceil(((1 - tokens) * 60) / this.#perMinute);
    this.#buckets.set(caller, { tokens: tokens - 1, at: now });
    return 0;
  }

  #tokens(caller: string, now: number): number {
    const bucket = this.#buckets.get(caller);
    if (bucket === undefined) return this.#perMinute;
    return Math.min(this.#perMinute, bucket.tokens + ((now - bucket.at) * this.#perMinute) / 60_000);
  }

  #forgetFull(now: number): void {
    for (const caller of this.#buckets.keys()) {
      if (this.#tokens(caller, now) >= this.#perMinute) this.#buckets.delete(caller);
    }
  }
}
