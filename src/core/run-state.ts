import type { CodeChunkData, ErrorData, StreamEvent } from './events.ts';
import { phases } from './phases.ts';

/** Everything a surface shows of a run, as one JSON value: a webview can die and come back from it. */
export interface RunState {
  readonly status: 'idle' | 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** 0 to 100 over the whole run. */
  readonly progress: number;
  /** What is happening now, in a sentence. */
  readonly message: string;
  /** A row per phase, in the order in which they started. */
  readonly phases: readonly PhaseState[];
  /** Files in the order in which they began. */
  readonly files: readonly FileState[];
  /** The file being written, with the end of its text. */
  readonly live: LiveFile | undefined;
  readonly error: RunError | undefined;
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

export interface FileState {
  readonly path: string;
  /** Characters so far; bytes once it is complete. */
  readonly size: number;
  readonly isComplete: boolean;
}

export interface LiveFile {
  readonly path: string;
  /** The last {@link liveTextLimit} characters. */
  readonly text: string;
  /** Whether the beginning is left out of `text`. */
  readonly isTail: boolean;
}

export interface RunError {
  readonly message: string;
  readonly code: ErrorData['code'];
  /** The phase it happened in, where known. */
  readonly phase: string | undefined;
}

/** How much of the live file is kept, in UTF-16 units: about two screens, so that state stays small whatever the file. */
export const liveTextLimit = 8192;

export const initialRunState: RunState = {
  status: 'idle',
  progress: 0,
  message: '',
  phases: [],
  files: [],
  live: undefined,
  error: undefined,
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
      return { ...running, message: event.message, phases: withPhase(running.phases, event.phase, progressed(event)) };
    case 'phase_complete':
      return { ...running, message: event.message, phases: withPhase(running.phases, event.phase, completed(event)) };
    case 'code_chunk':
      return reduceChunk(running, event.data);
    case 'complete':
      return {
        ...running,
        status: 'succeeded',
        message: event.message,
        progress: 100,
        projectId: event.data?.projectId ?? running.projectId,
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
    const percent = Math.max(phase.percent, data ? taskPercent(data) : phasePercent(phase.name, event.progress));
    return {
      ...phase,
      message: event.message,
      percent: phase.status === 'done' ? 100 : percent,
      startedAt: phase.startedAt ?? event.at,
      tasks: data && !phase.tasks.includes(data.task) ? [...phase.tasks, data.task] : phase.tasks,
      taskIndex: data?.index ?? phase.taskIndex,
      taskTotal: data?.total ?? phase.taskTotal,
    };
  };
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

function reduceChunk(state: RunState, data: CodeChunkData): RunState {
  // The file being written is nearly always the last to have begun.
  const index = state.files.findLastIndex((file) => file.path === data.file);
  const known = state.files[index];
  const restarted = data.offset === 0;
  const before = known === undefined || restarted ? 0 : known.size;
  const file: FileState = {
    path: data.file,
    size: data.isComplete && data.bytes !== undefined ? data.bytes : before + data.chunk.length,
    isComplete: data.isComplete,
  };
  const text = (state.live?.path === data.file && !restarted ? state.live.text : '') + data.chunk;
  return {
    ...state,
    files: known === undefined ? [...state.files, file] : state.files.with(index, file),
    live: {
      path: data.file,
      text: text.length > liveTextLimit ? text.slice(-liveTextLimit) : text,
      isTail: text.length > liveTextLimit || before + data.chunk.length > text.length,
    },
  };
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
