import type { Blueprint } from './blueprint.ts';
import type { GenerationResult, StreamEvent, TaskData } from './events.ts';
import type { ProjectRequest } from './request.ts';

/** A running generation: yields events and returns the result. After an `error` event it throws that error. */
export type Generation = AsyncGenerator<StreamEvent, GenerationResult, void>;

/**
 * Runs one generation. Local orchestrator and remote client both implement it; panel, status bar, command line and
 * server all consume it. An abort of the signal ends it at the next await with a `cancelled` error.
 */
export interface Generator {
  generate(request: ProjectRequest, options: { signal: AbortSignal }): Generation;
}

/** Reads a request into a blueprint, saying as it goes what it is doing. */
export interface Engine {
  analyze(request: ProjectRequest, options: { signal: AbortSignal }): AsyncGenerator<TaskData, Blueprint, void>;
}

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
}

/** Turns a blueprint into an application. Deterministic: the same input gives the same bytes. */
export interface Renderer {
  render(blueprint: Blueprint, request: ProjectRequest): RenderedProject;
}

export type EntryKind = 'file' | 'directory' | 'other';

/**
 * The little a project writer needs of a file system, bound to one root folder. Paths are POSIX and relative to the root;
 * `''` is the root itself. Implementations throw what their platform throws; the writer words it for the user.
 */
export interface FileSystem {
  /** The kind of the entry itself (a symbolic link is `other`), or undefined where there is none. */
  kind(path: string): Promise<EntryKind | undefined>;
  read(path: string): Promise<Uint8Array>;
  /** Creates or replaces a file. Its folder exists. */
  write(path: string, content: Uint8Array): Promise<void>;
  /** Creates a folder and those above it, the root included. */
  createDirectory(path: string): Promise<void>;
  /** Removes a file, or a folder that is empty. */
  remove(path: string): Promise<void>;
  list(path: string): Promise<readonly string[]>;
}

/** Passed in, so that tests decide what time it is. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
