import type { ErrorData, ProgressData, StreamEvent } from './events.ts';
import type { ModelUsage, UsageEstimate } from './model-usage.ts';
import { phases } from './phases.ts';
import { type FilesState, reduceFiles } from './run-files.ts';
import type { RunWarning } from './run-warning.ts';
import type { SliceOutcome } from './slice-outcome.ts';

/** Everything a surface shows of a run, as one JSON value: a webview can die and come back from it. */
export interface RunState extends FilesState {
  readonly status: 'idle' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** 0 to 100 over the whole run. */
  readonly progress: number;
  /** What is happening now, in a sentence. */
  readonly message: string;
  /** A row per phase, in the order in which they started. */
  readonly phases: readonly PhaseState[];
  /** Names of what was found in the requirements, in the order in which it was found. */
  readonly found: { readonly entities: readonly string[]; readonly features: readonly string[] };
  /** What became of the features a model writes, in the order in which they began. */
  readonly slices: readonly SliceOutcome[];
  /** What a model has used so far. */
  readonly usage: ModelUsage | undefined;
  /** What the whole run was expected to use when its slices began. */
  readonly estimate: UsageEstimate | undefined;
  /** What the user has to know. */
  readonly notices: readonly string[];
  readonly error: RunError | undefined;
  /** Why the application of a run that succeeded is not what was asked for: such a run is shown as a warning. */
  readonly warning: RunWarning | undefined;
  readonly projectId: string | undefined;
  /** Milliseconds since 1970, of the first and the latest event that carried a time. */
  readonly startedAt: number | undefined;
  readonly updatedAt: number | undefined;
}

export interface PhaseState {
  readonly name: string;
  readonly title: string;
  readonly status: 'running' | 'done' | 'failed' | 'cancelled';
  readonly message: string;
  /** 0 to 100 within the phase. */
  readonly percent: number;
  /** The steps seen so far; the last one is running while the phase is. */
  readonly tasks: readonly string[];
  readonly taskIndex: number;
  readonly taskTotal: number;
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

export interface RunError {
  readonly message: string;
  readonly code: ErrorData['code'];
  /** The phase it happened in, where known. */
  readonly phase: string | undefined;
}

export const initialRunState: RunState = {
  status: 'idle',
  progress: 0,
  message: '',
  phases: [],
  files: [],
  live: undefined,
  found: { entities: [], features: [] },
  slices: [],
  usage: undefined,
  estimate: undefined,
  notices: [],
  error: undefined,
  warning: undefined,
  projectId: undefined,
  startedAt: undefined,
  updatedAt: undefined,
};

/** The next state after an event. Pure; rows are found by phase name and updated in place. */
export function reduceRun(state: RunState, event: StreamEvent): RunState {
  if (event.type === 'error') return reduceError(state, event);
  const running = begin(state, event);
  switch (event.type) {
    case 'phase_start':
      return { ...running, message: event.message, phases: withPhase(running.phases, event.phase, started(event)) };
    case 'phase_progress':
      return reduceProgress(running, event);
    case 'phase_complete':
      return { ...running, message: event.message, phases: withPhase(running.phases, event.phase, completed(event)) };
    case 'code_chunk':
      return reduceFiles(running, event.data, event.at);
    case 'complete':
      return {
        ...running,
        status: 'succeeded',
        message: event.message,
        progress: 100,
        projectId: event.data?.projectId ?? running.projectId,
        warning: event.data?.warning,
        phases: withPhase(running.phases.map(finish(event.at)), event.phase, completed(event)),
      };
  }
}

function begin(state: RunState, event: StreamEvent): RunState {
  return {
    ...state,
    status: state.status === 'idle' ? 'running' : state.status,
    progress: Math.max(state.progress, event.progress ?? 0),
    startedAt: state.startedAt ?? event.at,
    updatedAt: event.at ?? state.updatedAt,
  };
}

type PhaseUpdate = (phase: PhaseState) => PhaseState;

function withPhase(list: readonly PhaseState[], name: string, update: PhaseUpdate): readonly PhaseState[] {
  const index = list.findIndex((phase) => phase.name === name);
  const current = list[index];
  if (current === undefined) return [...list, update(newPhase(name))];
  return list.with(index, update(current));
}

function newPhase(name: string): PhaseState {
  const title = phases.find((phase) => phase.name === name)?.title ?? name;
  return {
    name,
    title,
    status: 'running',
    message: '',
    percent: 0,
    tasks: [],
    taskIndex: 0,
    taskTotal: 0,
    startedAt: undefined,
    endedAt: undefined,
  };
}

function started(event: StreamEvent): PhaseUpdate {
  return (phase) => ({ ...phase, message: event.message, startedAt: phase.startedAt ?? event.at });
}

function progressed(event: StreamEvent & { type: 'phase_progress' }): PhaseUpdate {
  return (phase) => {
    const { data } = event;
    const { task, index, total } = data ?? {};
    const isTask = task !== undefined && index !== undefined && total !== undefined;
    const percent = Math.max(
      phase.percent,
      isTask ? taskPercent({ index, total }) : data === undefined ? phasePercent(phase.name, event.progress) : 0,
    );
    return {
      ...phase,
      message: event.message,
      percent: phase.status === 'done' ? 100 : percent,
      startedAt: phase.startedAt ?? event.at,
      tasks: isTask ? withItem(phase.tasks, task) : phase.tasks,
      taskIndex: index ?? phase.taskIndex,
      taskTotal: total ?? phase.taskTotal,
    };
  };
}

function reduceProgress(state: RunState, event: StreamEvent & { type: 'phase_progress' }): RunState {
  const { data, message } = event;
  // What was used changes several times a second: it has its own place, and is not what is happening.
  if (data?.usage !== undefined) return { ...state, usage: data.usage };
  const phases = withPhase(state.phases, event.phase, progressed(event));
  return { ...state, message, phases, ...learned(state, data) };
}

/** What an event of a model adds to what is known of the run. */
function learned(state: RunState, data: ProgressData | undefined): Partial<RunState> {
  if (data === undefined) return {};
  const { found, estimate, notice, slice } = data;
  if (found !== undefined) {
    const { entities, features } = state.found;
    if (found.item === 'entity') return { found: { entities: withItem(entities, found.name), features } };
    return { found: { entities, features: withItem(features, found.name) } };
  }
  if (estimate !== undefined) return { estimate: withUsed(estimate, state.usage) };
  if (notice !== undefined) return { notices: withItem(state.notices, notice) };
  if (slice === undefined) return {};
  const index = state.slices.findIndex(({ feature }) => feature === slice.feature);
  return { slices: index === -1 ? [...state.slices, slice] : state.slices.with(index, slice) };
}

/** An event estimates the rest of a run; what was used by then comes on top. */
function withUsed(rest: UsageEstimate, used: ModelUsage | undefined): UsageEstimate {
  if (used === undefined) return rest;
  const { costUsd } = rest;
  return {
    inputTokens: rest.inputTokens + used.inputTokens + used.cachedTokens + used.cacheWriteTokens,
    outputTokens: rest.outputTokens + used.outputTokens,
    ...(costUsd === undefined ? {} : { costUsd: costUsd + (used.costUsd ?? 0) }),
  };
}

function withItem(list: readonly string[], item: string): readonly string[] {
  return list.includes(item) ? list : [...list, item];
}

function taskPercent(data: { index: number; total: number }): number {
  return data.total > 0 ? Math.min(100, Math.max(0, (100 * (data.index - 1)) / data.total)) : 0;
}

function phasePercent(name: string, progress: number | undefined): number {
  const phase = phases.find((candidate) => candidate.name === name);
  if (phase === undefined || progress === undefined || phase.end === phase.start) return 0;
  return Math.min(100, Math.max(0, (100 * (progress - phase.start)) / (phase.end - phase.start)));
}

function completed(event: StreamEvent): PhaseUpdate {
  return (phase) => ({
    ...phase,
    status: 'done',
    message: event.message,
    percent: 100,
    startedAt: phase.startedAt ?? event.at,
    endedAt: event.at ?? phase.endedAt,
  });
}

/** A server that forgets a `phase_complete` leaves no row spinning after the end. */
function finish(at: number | undefined): PhaseUpdate {
  return (phase) => (phase.status === 'running' ? { ...phase, status: 'done', percent: 100, endedAt: at } : phase);
}

function reduceError(state: RunState, event: StreamEvent & { type: 'error' }): RunState {
  const code = event.data?.code ?? 'internal';
  const status = code === 'cancelled' ? 'cancelled' : 'failed';
  const failedPhase = event.data?.phase ?? state.phases.findLast((phase) => phase.status === 'running')?.name;
  return {
    ...state,
    status,
    message: event.message,
    error: { message: event.message, code, phase: failedPhase },
    updatedAt: event.at ?? state.updatedAt,
    phases: state.phases.map((phase) =>
      phase.status === 'running' || phase.name === failedPhase
        ? { ...phase, status, message: event.message, endedAt: event.at }
        : phase,
    ),
  };
}
