import type { EngineStep } from '../../../core/ports.ts';
import type { ModelSession } from '../session.ts';

/** Milliseconds between two reports: often enough to watch a number grow. */
const restMs = 250;

/** Says what a run has used, not more often than a reader can follow. */
export class UsageTicker {
  readonly #session: ModelSession;
  readonly #say: (step: EngineStep) => void;
  readonly #signal: AbortSignal;
  #rests = false;
  #isDue = false;
  #said = '';

  constructor(session: ModelSession, say: (step: EngineStep) => void, signal: AbortSignal) {
    this.#session = session;
    this.#say = say;
    this.#signal = signal;
  }

  /** Something was used. */
  tick(): void {
    this.#isDue = true;
    if (this.#rests || this.#signal.aborted) return;
    this.settle();
    this.#rests = true;
    this.#session.wait(restMs, this.#signal).then(
      () => {
        this.#rests = false;
        if (this.#isDue) this.tick();
      },
      // The run is over.
      () => {},
    );
  }

  /** Says it now, if anything was used since the last time. */
  settle(): void {
    if (!this.#isDue) return;
    this.#isDue = false;
    const { usage } = this.#session.meter;
    const text = JSON.stringify(usage);
    if (text === this.#said) return;
    this.#said = text;
    this.#say({ kind: 'usage', usage });
  }
}
