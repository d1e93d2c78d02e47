/** Time that passes when somebody waits for it, so that tests of waiting take none. */
export class FakeTime {
  now = 1_700_000_000_000;
  /** Every wait, in ms, that was no watch. */
  readonly waits: number[] = [];
  readonly #watches = new WeakSet<AbortSignal>();
  readonly #watchdogMs: number;
  #wakeWatchdogs: (() => void)[] = [];

  /** Whoever first waits for `watchdogMs` is on watch: that and later waits of the same signal end when they are told to, all others at once. */
  constructor(watchdogMs: number) {
    this.#watchdogMs = watchdogMs;
  }

  readonly clock = { now: () => this.now };

  readonly sleep = (milliseconds: number, signal: AbortSignal): Promise<void> => {
    if (signal.aborted) return Promise.resolve();
    if (milliseconds >= this.#watchdogMs) this.#watches.add(signal);
    if (!this.#watches.has(signal)) {
      this.waits.push(milliseconds);
      this.now += milliseconds;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.#wakeWatchdogs.push(resolve);
      signal.addEventListener('abort', () => resolve());
    });
  };

  /** Lets so much time pass for whoever is on watch. */
  passWatch(milliseconds: number): void {
    this.now += milliseconds;
    const wake = this.#wakeWatchdogs;
    this.#wakeWatchdogs = [];
    for (const resolve of wake) resolve();
  }
}
