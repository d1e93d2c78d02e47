import type { TakossError } from './errors.ts';
import type { CodeChunkData, ProgressData, StreamEvent } from './events.ts';
import { type PhaseName, phases } from './phases.ts';
import type { Clock } from './ports.ts';
import type { RunWarning } from './run-warning.ts';
import type { SliceOutcome } from './slice-outcome.ts';

/** The event of a failure. Its progress is 0, as in the first version. */
export function errorEvent(error: TakossError, phase: string, at: number): StreamEvent {
  const data = { code: error.code, phase, ...(error.field === undefined ? {} : { field: error.field }) };
  return { type: 'error', phase: 'error', message: `Generation failed: ${error.message}`, progress: 0, data, at };
}

/** Makes the events of one run and keeps its progress from falling. */
export class RunEvents {
  /** The phase that started last. */
  phase: PhaseName = 'initialization';
  #progress = 0;
  #lastTask = { index: 0, total: 0 };
  readonly #settled = new Set<string>();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(phase: PhaseName, message: string): StreamEvent {
    this.phase = phase;
    return { type: 'phase_start', phase, message, progress: this.#reach(limits(phase).start), at: this.#clock.now() };
  }

  end(phase: PhaseName, message: string, data: Record<string, unknown>): StreamEvent {
    return {
      type: 'phase_complete',
      phase,
      message,
      progress: this.#reach(limits(phase).end),
      data,
      at: this.#clock.now(),
    };
  }

  task(task: string, index: number, total: number, message = task, more: ProgressData = {}): StreamEvent {
    const { start, end } = limits(this.phase);
    const progress = this.#reach(start + Math.floor(((end - start) * (index - 1)) / Math.max(total, 1)));
    const { phase } = this;
    this.#lastTask = { index, total };
    return {
      type: 'phase_progress',
      phase,
      message,
      progress,
      data: { ...more, task, index, total },
      at: this.#clock.now(),
    };
  }

  /** What became of a slice. Each that is settled is a step of the phase. */
  slice(message: string, slice: SliceOutcome): StreamEvent {
    const isSettled = slice.status === 'accepted' || slice.status === 'left-out';
    if (!isSettled || this.#settled.has(slice.feature)) return this.note(message, { slice });
    this.#settled.add(slice.feature);
    const index = Math.min(this.#lastTask.index + 1, this.#lastTask.total);
    return this.task(`Feature: ${slice.title}`, index, this.#lastTask.total, message, { slice });
  }

  /** Something to know beside the steps: it leaves the progress as it is. */
  note(message: string, data: ProgressData): StreamEvent {
    const { phase } = this;
    return { type: 'phase_progress', phase, message, progress: this.#progress, data, at: this.#clock.now() };
  }

  chunk(data: CodeChunkData): StreamEvent {
    const { phase } = this;
    return {
      type: 'code_chunk',
      phase,
      message: data.isDiscarded === true ? `Left out ${data.file}` : `Writing ${data.file}`,
      progress: this.#progress,
      data,
      at: this.#clock.now(),
    };
  }

  complete(message: string, projectId: string, warning?: RunWarning): StreamEvent {
    return {
      type: 'complete',
      phase: 'complete',
      message,
      progress: this.#reach(100),
      data: { projectId, ...(warning === undefined ? {} : { warning }) },
      at: this.#clock.now(),
    };
  }

  #reach(progress: number): number {
    this.#progress = Math.max(this.#progress, progress);
    return this.#progress;
  }
}

function limits(name: PhaseName): { start: number; end: number } {
  const { start, end } = phases.find((phase) => phase.name === name) ?? phases[0];
  return { start, end };
}
