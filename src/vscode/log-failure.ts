import type { TakossError } from '../core/errors.ts';
import type { Log } from './log.ts';

/** Writes why a run failed to the log, with the causes that the user is spared. */
export function logFailure(log: Log, error: TakossError): void {
  if (error.code === 'cancelled') {
    log.info('Run cancelled.');
    return;
  }
  log.error(`Run failed (${error.code}): ${error.message}`);
  let { cause } = error;
  for (let depth = 0; cause !== undefined && depth < 5; depth += 1) {
    log.error(cause instanceof Error ? (cause.stack ?? cause.message) : String(cause));
    cause = cause instanceof Error ? cause.cause : undefined;
  }
}
