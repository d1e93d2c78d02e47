import type { TrackerState } from '../../src/protocol/messages.ts';
import { stopReason } from '../outcome.ts';
import { StatusIcon } from './status-icon.tsx';

interface ErrorNoteProps {
  readonly error: NonNullable<TrackerState['run']['error']>;
  readonly isInterrupted: boolean;
}

/** A failure that belongs to no phase's row, such as one before the first phase. */
export function ErrorNote({ error, isInterrupted }: ErrorNoteProps) {
  const status = error.code !== 'cancelled' ? 'failed' : isInterrupted ? 'interrupted' : 'cancelled';
  return (
    <div class={`error-note is-${status}`}>
      <StatusIcon status={status} />
      <span>{status !== 'failed' ? stopReason(error.message) : error.message}</span>
    </div>
  );
}
