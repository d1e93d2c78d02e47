import { shortWarning } from '../src/core/run-words.ts';
import { describeLostConnection, type TrackerState } from '../src/protocol/messages.ts';

/** How a run stands, in the words of the tracker. */
export type Outcome = TrackerState['run']['status'] | 'interrupted' | 'warned';

/** A run that its window did not survive was stopped by nobody, and is not called that. */
export function outcomeOf({ run, isInterrupted }: TrackerState): Outcome {
  // The files are there, and are not what was asked for.
  if (run.status === 'succeeded' && run.warning !== undefined) return 'warned';
  return run.status === 'cancelled' && isInterrupted ? 'interrupted' : run.status;
}

/** Whether the files of the run are there. */
export function hasFiles(outcome: Outcome): boolean {
  return outcome === 'succeeded' || outcome === 'warned';
}

/** The line under the project's name. */
export function headline({ run }: TrackerState, outcome: Outcome): string {
  switch (outcome) {
    case 'idle':
      return 'Getting ready';
    case 'running':
    case 'succeeded':
      return run.message === '' ? 'Getting ready' : run.message;
    case 'warned':
      return run.warning === undefined ? run.message : shortWarning(run.warning);
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
  if (outcome === 'warned') return `Written with a warning. ${run.warning?.message ?? ''}`;
  if (outcome !== 'running') return headline(state, outcome);
  const { connection } = state;
  // Said once per attempt: a screen reader does not count down.
  if (connection !== undefined) return describeLostConnection(connection, connection.retryAt - connection.retryInMs);
  const phase = run.phases.at(-1);
  if (phase === undefined) return '';
  return phase.status === 'done' ? `${phase.title} done: ${phase.message}` : `${phase.title} started`;
}
