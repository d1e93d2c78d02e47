import { TakossError, throwIfCancelled } from '../core/errors.ts';
import { Backoff, longestRetryMs } from './backoff.ts';
import type { Interruption } from './interruption.ts';
import type { RemoteGeneratorParts } from './remote-parts.ts';
import type { RemoteRun } from './remote-run.ts';

/** How long to keep trying, in ms: a server that restarts is back by then, and an address that was mistyped is not worth it. */
const patienceMs = { start: 60_000, resume: 300_000 };

/** A connection that held this long, in ms, shows that the server is there, even when nothing happened in the run meanwhile. */
const soundMs = 30_000;

/** Decides whether and when a lost connection is tried again. One per run. */
export class Reconnection {
  readonly #parts: RemoteGeneratorParts;
  readonly #host: string;
  readonly #backoff: Backoff;
  #isLost = false;
  #connectedAt: number | undefined;
  /** When the first failure since the last progress was. */
  #failingSince: number | undefined;

  constructor(parts: RemoteGeneratorParts, host: string) {
    this.#parts = parts;
    this.#host = host;
    this.#backoff = new Backoff(parts.random);
  }

  /** The connection stands, for the first time or again. */
  connected(): void {
    this.#connectedAt = this.#parts.clock.now();
    if (this.#isLost) this.#parts.onConnection?.({ state: 'connected' });
    this.#isLost = false;
  }

  /** Something new has come. */
  progressed(): void {
    this.#backoff.reset();
    this.#failingSince = undefined;
  }

  /**
   * Waits before the next attempt. `retryMs` is what the stream's `retry:` asked for. Throws when there is no point in another attempt:
   * after too long a time, or when the server cannot resume.
   */
  async wait(
    interruption: Interruption,
    run: RemoteRun,
    retryMs: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, sleep, onConnection } = this.#parts;
    throwIfCancelled(signal);
    if (!run.canResume) throw this.#cannotResume(interruption);
    const now = clock.now();
    if (this.#connectedAt !== undefined && now - this.#connectedAt >= soundMs) this.progressed();
    this.#connectedAt = undefined;
    this.#failingSince ??= now;
    const atLeastMs = Math.max(Math.min(retryMs ?? 0, longestRetryMs), interruption.retryAfterMs ?? 0);
    const retryInMs = this.#backoff.next(atLeastMs);
    const patience = run.runId === undefined && interruption.code === 'network' ? patienceMs.start : patienceMs.resume;
    if (now + retryInMs - this.#failingSince > patience) throw this.#giveUp(interruption, run);
    this.#isLost = true;
    onConnection?.({ state: 'lost', retryInMs, attempt: this.#backoff.attempts, reason: interruption.message });
    await sleep(retryInMs, signal);
    throwIfCancelled(signal);
  }

  #cannotResume(interruption: Interruption): TakossError {
    return new TakossError(
      interruption.code,
      `The connection to ${this.#host} was lost (${interruption.message}), and this server cannot resume a run. Nothing was written. Run it again.`,
      { cause: interruption },
    );
  }

  #giveUp(interruption: Interruption, run: RemoteRun): TakossError {
    const { code, message, retryAfterMs } = interruption;
    const advice =
      code === 'rate-limit'
        ? `Run it again ${retryAfterMs === undefined ? 'later' : `in ${duration(retryAfterMs)}`}.`
        : run.runId === undefined
          ? 'Check its address and the network, and run it again.'
          : 'Check the network, and run it again.';
    const what =
      code === 'rate-limit'
        ? `${this.#host} takes no more requests for now`
        : run.runId === undefined
          ? `${this.#host} could not be reached`
          : `The connection to ${this.#host} was lost and did not come back`;
    return new TakossError(code, `${what}: ${message}. Nothing was written. ${advice}`, { cause: interruption });
  }
}

/** A waiting time for a person to read: `40 s`, `3 min`. */
function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
