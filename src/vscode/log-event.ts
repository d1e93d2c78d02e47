import type { StreamEvent } from '../core/events.ts';
import type { Log } from './log.ts';

/** Writes what a run says to the log: its phases in any case, the rest for those who want to know. Failures are logged with their causes, elsewhere. */
export function logEvent(log: Log, event: StreamEvent): void {
  switch (event.type) {
    case 'error':
      return;
    case 'code_chunk':
      log.trace(event.message);
      return;
    case 'phase_progress': {
      const { notice, slice, estimate } = event.data ?? {};
      const matters = notice !== undefined || estimate !== undefined || slice?.status === 'left-out';
      if (matters) log.info(`${event.phase}: ${event.message}`);
      else log.debug(`${event.phase}: ${event.message}`);
      return;
    }
    default:
      log.info(`${event.phase}: ${event.message}`);
  }
}

/** Whether an event is worth keeping over a reload: a row that starts or ends, or that writing has begun. */
export function isMilestone(event: StreamEvent): boolean {
  return event.type === 'phase_progress' ? event.data?.index === 1 : event.type !== 'code_chunk';
}
