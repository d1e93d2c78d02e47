import type { GenerationResult } from './events.ts';
import type { ProjectOutline } from './project-outline.ts';

/** The phases in which files are made. */
export type FilePhase = 'database' | 'frontend' | 'deployment';

export interface RenderedFile {
  /** POSIX path below the project's folder. */
  readonly path: string;
  readonly content: string;
  readonly phase: FilePhase;
  /** The sub-task it belongs to, as the tracker shows it: `Post API`. Files of one task stand together. */
  readonly task: string;
}

export interface RenderedProject {
  /** In the order of the phases, and within a phase in the order of the tasks. */
  readonly files: readonly RenderedFile[];
  readonly database: GenerationResult['phases']['database'];
  readonly frontend: GenerationResult['phases']['frontend'];
  readonly deployment: GenerationResult['phases']['deployment'];
  readonly outline: ProjectOutline;
}
