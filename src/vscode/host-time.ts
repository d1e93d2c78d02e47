import { close } from '../core/close.ts';
import type { StreamEvent } from '../core/events.ts';
import type { Generation } from '../core/ports.ts';

/**
 * Puts the times of a server's events into the time of this machine, so that a clock that is wrong makes no durations wrong. `offsetMs` is
 * what an earlier connection learned; the first event that carries a time teaches it otherwise. `onEvent` hears of it before the event is
 * passed on.
 */
export async function* inHostTime(
  generation: Generation,
  onEvent: (event: StreamEvent, offsetMs: number) => void,
  offsetMs?: number,
): Generation {
  let offset = offsetMs;
  try {
    for (;;) {
      const next = await generation.next();
      if (next.done) return next.value;
      const event = next.value;
      if (event.at !== undefined) offset ??= Date.now() - event.at;
      onEvent(event, offset ?? 0);
      yield event.at === undefined || offset === undefined ? event : { ...event, at: event.at + offset };
    }
  } finally {
    await close(generation);
  }
}
