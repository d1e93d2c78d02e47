import { reduceRun } from '../src/core/run-state.ts';
import { completeState, type HostMessage, type TrackerState } from '../src/protocol/messages.ts';
import { syncClock } from './clock.ts';

/**
 * Follows the host's state. Events are reduced as they arrive, so that nothing piles up while the page is hidden, and
 * shown at most once per animation frame, however many have arrived.
 */
export class Tracker {
  /** Undefined until the first snapshot: until then there is nothing true to show. */
  #state: TrackerState | undefined;
  #frame: number | undefined;
  readonly #show: (state: TrackerState) => void;

  constructor(show: (state: TrackerState) => void) {
    this.#show = show;
  }

  readonly receive = (message: HostMessage): void => {
    if (message.type === 'snapshot') {
      this.#state = completeState(message.state);
    } else {
      if (this.#state === undefined) return;
      this.#state = { ...this.#state, run: message.events.reduce(reduceRun, this.#state.run) };
      syncClock(message.events.at(-1)?.at);
    }
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      if (this.#state !== undefined) this.#show(this.#state);
    });
  };
}
