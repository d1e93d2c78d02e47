import type { TrackerState } from '../../src/protocol/messages.ts';
import { stopReason } from '../outcome.ts';
import { StatusIcon } from './status-icon.tsx';

/** A failure that belongs to no phase's row, such as one before the first phase. */
export function ErrorNote({ error }: { error: NonNullable<TrackerState['run']['error']> }) {
  const status = error.code === 'cancelled' ? 'cancelled' : 'failed';
  return (
    <div class={`error-note is-${status}`}>
      <StatusIcon status={status} />
      <span>{status === 'cancelled' ? stopReason(error.message) : error.message}</span>
    </div>
  );
}
