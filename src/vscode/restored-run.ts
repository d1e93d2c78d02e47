import type { ErrorCode } from '../core/errors.ts';
import type { StreamEvent } from '../core/events.ts';
import { initialRunState, type RunState, reduceRun } from '../core/run-state.ts';
import { modelProviders } from '../engines/catalog.ts';
import { providerNamed } from '../hosts/engine-names.ts';
import type { RunEngine, TrackerAction, TrackerState } from '../protocol/messages.ts';

/** Before the first run and after Clear. */
export const idleState: TrackerState = {
  projectName: undefined,
  run: initialRunState,
  isInterrupted: false,
  target: undefined,
  actions: ['generate'],
  coverage: undefined,
};

/** What can be done with a run that has ended; `canStartPrograms`: where this window is. */
export function actionsAfter(
  { run, projectName, engine, generation }: TrackerState,
  canStartPrograms: boolean,
): TrackerState['actions'] {
  if (projectName === undefined) return idleState.actions;
  switch (run.status) {
    case 'succeeded':
      return [
        // What was not understood can be said in other words.
        ...(run.warning === undefined ? [] : ['generate' as const]),
        'open-readme',
        ...(canStartPrograms ? ['run-app' as const] : []),
        ...(generation === undefined ? [] : ['undo' as const]),
        'clear',
      ];
    case 'failed':
      return [...actionsFor(run.error?.code, engine?.kind), 'retry', 'show-log', 'clear'];
    default:
      return ['retry', 'clear'];
  }
}

/** What helps before a retry does. */
function actionsFor(code: ErrorCode | undefined, engine: RunEngine['kind'] | undefined): readonly TrackerAction[] {
  const credential = engine === undefined ? undefined : providerNamed(modelProviders, engine)?.credential;
  switch (code) {
    case 'auth':
      return ['sign-in'];
    case 'model-key':
      return credential === undefined ? ['choose-model'] : ['set-key'];
    case 'model-credit':
      return credential?.billingUrl === undefined ? ['choose-model'] : ['open-billing'];
    case 'model-unknown':
      return ['choose-model'];
    case 'budget':
      return ['change-budget'];
    default:
      return [];
  }
}

/**
 * The state before a reload of the window. A run that was on did not survive it, and says so; unless it `goesOn` on a server.
 */
export function restore(
  stored: TrackerState | undefined,
  { goesOn, canStartPrograms }: { readonly goesOn: boolean; readonly canStartPrograms: boolean },
): TrackerState {
  if (stored === undefined) return idleState;
  const state = stored.connection === undefined ? stored : { ...stored, connection: undefined };
  if (state.run.status !== 'running' || goesOn) return state;
  // Writing is the last twentieth, and only a crash gets between it and the clean-up.
  const remains =
    state.run.progress < 95
      ? 'Nothing was written.'
      : `Some files may be in ${state.target ?? 'the folder'} already; they do no harm.`;
  const interrupted = { ...state, isInterrupted: true, run: reduceRun(state.run, interruption(state, remains)) };
  return { ...interrupted, actions: actionsAfter(interrupted, canStartPrograms) };
}

/** The end of a run whose window went. `remains` says what is on the disk. */
export function interruption({ projectName = 'the project', run }: TrackerState, remains: string): StreamEvent {
  return endOfRun(
    run,
    `The window was reloaded while ${projectName} was being generated. ${remains} Choose Retry to start again.`,
  );
}

/** The end of a run that its server no longer knew after a reload. */
export function lostOnServer({ projectName = 'the project', run }: TrackerState, host: string): StreamEvent {
  return endOfRun(
    run,
    `The window was reloaded while ${projectName} was being generated, and ${host} no longer has the run. Nothing was written. Choose Retry to start again.`,
  );
}

function endOfRun({ updatedAt }: RunState, message: string): StreamEvent {
  const event = { type: 'error', phase: 'error', message, progress: 0, data: { code: 'cancelled' } } as const;
  // Nobody knows when it ended; the last sign of life is the time it is known to have taken.
  return updatedAt === undefined ? event : { ...event, at: updatedAt };
}
