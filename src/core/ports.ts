import type { Blueprint } from './blueprint.ts';
import type { BlueprintDraft } from './blueprint-draft.ts';
import type { CodeChunkData, FoundItem, GenerationResult, StreamEvent, TaskData } from './events.ts';
import type { FieldTypeSet } from './field-type-set.ts';
import type { ModelUsage, UsageEstimate } from './model-usage.ts';
import type { RenderedProject } from './rendered-project.ts';
import type { GenerationRequest, ProjectRequest } from './request.ts';
import type { SliceOutcome } from './slice-outcome.ts';
import type { Slice, SlicePlan, SliceReport } from './slices.ts';

/** A running generation: yields events and returns the result. After an `error` event it throws that error. */
export type Generation = AsyncGenerator<StreamEvent, GenerationResult, void>;

/**
 * Runs one generation. Local orchestrator and remote client both implement it; panel, status bar, command line and
 * server all consume it. An abort of the signal ends it at the next await with a `cancelled` error.
 */
export interface Generator {
  generate(request: GenerationRequest, options: { signal: AbortSignal }): Generation;
}

/** What an engine says while it works. */
export type EngineStep =
  | ({ readonly kind: 'task' } & TaskData)
  /** Something of the blueprint that was found just now. */
  | ({ readonly kind: 'found' } & FoundItem)
  /** What the run has used so far: total, not difference. */
  | { readonly kind: 'usage'; readonly usage: ModelUsage }
  | { readonly kind: 'estimate'; readonly estimate: UsageEstimate; readonly slices: number }
  /** Something the user has to know: a sentence. */
  | { readonly kind: 'notice'; readonly text: string }
  /** What is going on, for a moment: waiting for the service, installing packages. */
  | { readonly kind: 'status'; readonly text: string }
  | { readonly kind: 'slice'; readonly outcome: SliceOutcome }
  /** A piece of a file of a slice; never its last: a file is complete when its slice was accepted. */
  | { readonly kind: 'chunk'; readonly data: CodeChunkData };

/** Reads a request and, where it can, writes what the renderer has no module for. One per run: it may remember what it used. */
export interface Engine {
  readonly name: EngineName;
  analyze(request: ProjectRequest, options: { signal: AbortSignal }): AsyncGenerator<EngineStep, BlueprintDraft, void>;
  /** Writes slices for features that are not built. Absent where the engine has no model. */
  writeSlices?(work: SliceWork, options: { signal: AbortSignal }): AsyncGenerator<EngineStep, SliceReport, void>;
}

/** `offline`, or the id of the provider of a language model. */
export type EngineName = string;

/** What slices are written for. */
export interface SliceWork {
  readonly blueprint: Blueprint;
  /** A place for each feature that needs a slice, in the order of the blueprint. */
  readonly plans: readonly SlicePlan[];
  /** The project without any slice, and with everything in it that they may build on. */
  readonly base: RenderedProject;
  /** The project with these slices in it. */
  readonly render: (slices: readonly Slice[]) => RenderedProject;
}

/** Turns a blueprint into an application. Deterministic: the same input gives the same bytes. */
export interface Renderer {
  /** The types of fields that it can render: what blueprints are held against. */
  readonly fieldTypes: FieldTypeSet;
  /** The places for the features that no module of the renderer builds. */
  planSlices(blueprint: Blueprint): readonly SlicePlan[];
  /**
   * Throws `invalid-request` where the blueprint asks for a module that is not there, or with options that it does not take.
   *
   * `slices` were planned for this blueprint. An empty list makes room for slices: the project then has everything that they may build on,
   * also what it has no use for itself. What they do build on is part of the project with them.
   */
  render(blueprint: Blueprint, request: ProjectRequest, slices?: readonly Slice[]): RenderedProject;
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
