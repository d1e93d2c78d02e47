import { cancelledError, throwIfCancelled } from '../../../core/errors.ts';

/** Far more than a project has features; a service that allows more is not asked for more. */
const mostParallel = 32;

/** A request under way. */
export interface Slot {
  /** Takes what the service says may run at once. */
  allows(limit: number): void;
  /** The service asked this request to wait. */
  waited(): void;
  /** Ends the request: `done` when it was answered, so that there may be more; `unused` when nothing was sent. May be called twice. */
  release(outcome: 'done' | 'other' | 'unused'): void;
}

interface Waiter {
  readonly isUrgent: boolean;
  readonly start: () => void;
}

/**
 * Bounds how many requests run at once, as TCP does: every full round of answers adds one, and each wait that the service asks for
 * halves them. Several requests that are made to wait together count once.
 */
export class Limiter {
  #limit: number;
  #most = mostParallel;
  #active = 0;
  /** Counts the times the limit shrank: a request that began before the last of them says nothing new. */
  #round = 0;
  readonly #waiting: Waiter[] = [];
  readonly #releases = new Set<() => void>();

  constructor(limit: number) {
    this.#limit = Math.min(Math.max(1, limit), mostParallel);
  }

  get limit(): number {
    return Math.floor(this.#limit);
  }

  get active(): number {
    return this.#active;
  }

  /** Waits for a turn. What is urgent goes first: a repair ends work that is paid for. Throws `cancelled`. */
  async acquire(signal: AbortSignal, { isUrgent = false }: { isUrgent?: boolean } = {}): Promise<Slot> {
    throwIfCancelled(signal);
    if (this.#active < this.limit) return this.#take();
    return await new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        reject(cancelledError(signal.reason));
      };
      const waiter: Waiter = {
        isUrgent,
        start: () => {
          signal.removeEventListener('abort', stop);
          resolve(this.#take());
        },
      };
      signal.addEventListener('abort', stop, { once: true });
      const before = isUrgent ? this.#waiting.findIndex((other) => !other.isUrgent) : -1;
      this.#waiting.splice(before === -1 ? this.#waiting.length : before, 0, waiter);
    });
  }

  /** Resolves when any request that was sent ends. Throws `cancelled`. */
  async nextRelease(signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    await new Promise<void>((resolve, reject) => {
      const stop = (): void => {
        this.#releases.delete(end);
        reject(cancelledError(signal.reason));
      };
      const end = (): void => {
        signal.removeEventListener('abort', stop);
        resolve();
      };
      this.#releases.add(end);
      signal.addEventListener('abort', stop, { once: true });
    });
  }

  #take(): Slot {
    this.#active += 1;
    const round = this.#round;
    let hasWaited = false;
    let isOver = false;
    return {
      allows: (limit) => {
        this.#most = Math.min(Math.max(1, limit), mostParallel);
        this.#limit = Math.min(this.#limit, this.#most);
        this.#startNext();
      },
      waited: () => {
        hasWaited = true;
        if (round !== this.#round) return;
        this.#round += 1;
        this.#limit = Math.max(1, Math.floor(this.#limit / 2));
      },
      release: (outcome) => {
        if (isOver) return;
        isOver = true;
        this.#active -= 1;
        if (outcome === 'done' && !hasWaited) this.#limit = Math.min(this.#most, this.#limit + 1 / this.limit);
        // Two that wait for others and try in vain would wake each other for ever.
        if (outcome !== 'unused') this.#endRequest();
        this.#startNext();
      },
    };
  }

  #endRequest(): void {
    const ends = [...this.#releases];
    this.#releases.clear();
    for (const end of ends) end();
  }

  #startNext(): void {
    while (this.#active < this.limit) {
      const waiter = this.#waiting.shift();
      if (waiter === undefined) return;
      waiter.start();
    }
  }
}
