import { describeLostConnection, type TrackerState } from '../src/protocol/messages.ts';

/** How a run stands, in the words of the tracker. */
export type Outcome = TrackerState['run']['status'] | 'interrupted';

/** A run that its window did not survive was stopped by nobody, and is not called that. */
export function outcomeOf({ run, isInterrupted }: TrackerState): Outcome {
  return run.status === 'cancelled' && isInterrupted ? 'interrupted' : run.status;
}

/** The line under the project's name. */
export function headline({ run }: TrackerState, outcome: Outcome): string {
  switch (outcome) {
    case 'idle':
      return 'Getting ready';
    case 'running':
    case 'succeeded':
      return run.message === '' ? 'Getting ready' : run.message;
    case 'failed':
      return `Generation failed${duringPhase(run)}`;
    case 'cancelled':
      return `Stopped${duringPhase(run)}`;
    case 'interrupted':
      return `Interrupted${duringPhase(run)}`;
  }
}

function duringPhase(run: TrackerState['run']): string {
  const phase = run.phases.find(({ name }) => name === run.error?.phase);
  return phase === undefined ? '' : ` during ${phase.title}`;
}

/** The reason alone. Every event of its kind begins by calling it a failure, which a headline has said or a person would not say. */
export function stopReason(message: string): string {
  return message.replace(/^Generation failed: /, '');
}

/** What a screen reader is told: phases and the outcome, never steps or pieces of files. */
export function announcement(state: TrackerState, outcome: Outcome): string {
  const { run } = state;
  if (outcome === 'idle') return '';
  if (outcome === 'failed' || outcome === 'cancelled' || outcome === 'interrupted')
    return `${headline(state, outcome)}. ${stopReason(run.error?.message ?? '')}`;
  if (outcome !== 'running') return headline(state, outcome);
  const { connection } = state;
  // Said once per attempt: a screen reader does not count down.
  if (connection !== undefined) return describeLostConnection(connection, connection.retryAt - connection.retryInMs);
  const phase = run.phases.at(-1);
  if (phase === undefined) return '';
  return phase.status === 'done' ? `${phase.title} done: ${phase.message}` : `${phase.title} started`;
}
