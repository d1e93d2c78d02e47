import type { CoverageParts } from '../core/coverage-parts.ts';
import type { StreamEvent } from '../core/events.ts';
import { initialRunState, type RunState } from '../core/run-state.ts';

/**
 * What extension host and tracker say to each other. The host owns the state; the view asks for a snapshot whenever it
 * comes to life, and between snapshots reduces the same events with the same reducer.
 */

/** Everything the tracker shows. */
export interface TrackerState {
  /** Undefined before the first run and after Clear. */
  readonly projectName: string | undefined;
  readonly run: RunState;
  /** Whether the run was stopped by the end of its window, not by the user. Its status is `cancelled` then. */
  readonly isInterrupted: boolean;
  /** The target folder as a person reads it. */
  readonly target: string | undefined;
  /** What can be done with the run now. Buttons are shown for these and nothing else. */
  readonly actions: readonly TrackerAction[];
  /** How the requirements were covered, once analysis is done and the run has ended well. */
  readonly coverage: CoverageSummary | undefined;
  /** The record of what the run wrote, by which it can be undone; undefined where nothing was written or recorded. */
  readonly generation?: string | undefined;
  /** What the run is generated with; undefined before the first run. */
  readonly engine?: RunEngine | undefined;
  /** Set while the connection to the server on which the run goes on is lost. */
  readonly connection?: LostConnection | undefined;
}

/** The state with all it needs to be shown and to go on: an older version that kept it knew less of a run. */
export function completeState(state: TrackerState): TrackerState {
  return { ...state, run: { ...initialRunState, ...state.run }, coverage: completeCoverage(state.coverage) };
}

/** Coverage as it is shown, or undefined where an older version kept numbers for lists. */
function completeCoverage(coverage: CoverageSummary | undefined): CoverageSummary | undefined {
  if (coverage === undefined) return undefined;
  const { covered, inPart, uncovered, leftOut, later, context } = coverage;
  const isWhole = [covered, inPart, uncovered, leftOut, later, context].every(Array.isArray);
  return isWhole ? coverage : undefined;
}

/** What reads the requirements of a run. */
export interface RunEngine {
  /** `offline`, `remote` for a server, or the id of the provider of a language model. */
  readonly kind: string;
  /** How a sentence names it, after "with": `Claude Sonnet 5.5`, `rules, on this machine`. */
  readonly label: string;
}

/** A connection that is tried again. */
export interface LostConnection {
  /** When it is tried again, in ms since 1970 by the clock of the host. */
  readonly retryAt: number;
  /** How long that was from the moment it was said, in ms. */
  readonly retryInMs: number;
  /** Why it was lost, as a clause without a full stop. */
  readonly reason: string;
}

/** The words for a lost connection, `now` being the time of the host: `Connection lost, trying again in 4 s`. */
export function describeLostConnection({ retryAt, retryInMs }: LostConnection, now: number): string {
  // Clocks of two machines differ, but no wait is longer than it was said to be.
  const seconds = Math.ceil(Math.min(retryInMs, Math.max(0, retryAt - now)) / 1000);
  return seconds === 0 ? 'Connection lost, trying again now' : `Connection lost, trying again in ${seconds} s`;
}

/** A sentence of the requirements, and what of it is not built. */
export type NotedSentence = CoverageParts['uncovered'][number];

/** What became of the sentences of the requirements. */
export interface CoverageSummary extends CoverageParts {
  /** How many there are. */
  readonly sentences: number;
}

/** Buttons of the tracker. */
export const trackerActions = [
  'cancel',
  'clear',
  'generate',
  'open-readme',
  'run-app',
  'undo',
  'retry',
  'show-log',
  'sign-in',
  'set-key',
  'choose-model',
  'open-billing',
  'change-budget',
] as const;
export type TrackerAction = (typeof trackerActions)[number];

export type HostMessage =
  | { readonly type: 'snapshot'; readonly state: TrackerState }
  /** Events since the last message, to be reduced in order. */
  | { readonly type: 'events'; readonly events: readonly StreamEvent[] };

export type ViewMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly action: TrackerAction }
  /** A click on a file of the list: open it if it has been written. */
  | { readonly type: 'open-file'; readonly path: string };

/** Guards what arrives from the webview. */
export function isViewMessage(value: unknown): value is ViewMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  switch (value.type) {
    case 'ready':
      return true;
    case 'action':
      return 'action' in value && trackerActions.some((action) => action === value.action);
    case 'open-file':
      return 'path' in value && typeof value.path === 'string';
    default:
      return false;
  }
}

/** Guards what arrives from the extension host; other senders can post to a webview's window too. */
export function isHostMessage(value: unknown): value is HostMessage {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'snapshot') return 'state' in value && typeof value.state === 'object' && value.state !== null;
  return value.type === 'events' && 'events' in value && Array.isArray(value.events);
}
