import type { ConflictResolver } from '../core/project-writer.ts';
import type { RunWarning } from '../core/run-warning.ts';
import type { Log } from './log.ts';
import type { RunPlan } from './plan.ts';
import type { RunPlace } from './remote/run-place.ts';
import type { GeneratorOptions, RunGenerator } from './run-generator.ts';
import type { RemoteRun, RunMemory } from './run-memory.ts';
import type { UndoStore } from './undo-store.ts';

/** What runs are made with. */
export interface RunParts {
  readonly log: Log;
  readonly memory: RunMemory;
  readonly undo: UndoStore;
  /** Whether a project can be run from this window. */
  readonly canStartPrograms: boolean;
  /** Called at the first run and every other: engines load on first use. */
  readonly createGenerator: (options: GeneratorOptions) => Promise<RunGenerator>;
  /** Whether a run from before a reload that continues on a server may be followed again. */
  readonly canResume: boolean;
}

/** What a person is asked before files are written. */
export interface RunQuestions {
  readonly conflicts: ConflictResolver;
  /** The project is not what was asked for. Returns whether to write it all the same. */
  readonly warning: (warning: RunWarning) => Promise<boolean>;
}

/** What one run needs. */
export interface RunWork {
  readonly plan: RunPlan;
  readonly questions: RunQuestions;
  readonly place: RunPlace;
  readonly create: (options: GeneratorOptions) => Promise<RunGenerator>;
  /** The run from before a reload that is followed again. */
  readonly known?: RemoteRun;
}
