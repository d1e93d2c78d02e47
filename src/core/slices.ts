import type { Feature } from './blueprint.ts';
import type { ContributedFile, Contribution } from './contribution.ts';
import type { RenderedProject } from './rendered-project.ts';
import type { SliceCheck, SliceOutcome } from './slice-outcome.ts';

/**
 * A feature slice is a feature from top to bottom that a model wrote: tables, API routes, a page and tests, in places that the renderer leaves
 * for it. It becomes part of a project only after it was checked.
 */

/** The places of one slice. They are the renderer's: nobody else makes up paths. */
export interface SlicePlan {
  readonly feature: Feature;
  /** The sentences that ask for it, as written. */
  readonly sentences: readonly string[];
  /** kebab-case name in paths, free of clashes with entities and pages: `import-contacts`. */
  readonly slug: string;
  /** Where its page is: `/import-contacts`. */
  readonly page: string;
  /** Where its routes are mounted: `/api/import-contacts`. */
  readonly api: string;
  /** The API routes. */
  readonly serverFile: string;
  /** Further files of the server go below this folder, which ends in `/`. */
  readonly serverFolder: string;
  /** The name `serverFile` must export: a function that makes the routes, of the database or, where they need none, of nothing. */
  readonly routesExport: string;
  /** Schemas and types of both sides. */
  readonly sharedFile: string;
  /** Exports `Screen`, a React component without properties. The renderer gives it its route and its page title. */
  readonly screenFile: string;
  /** Further files of the client go below this folder, which ends in `/`. */
  readonly clientFolder: string;
  readonly serverTestFile: string;
  readonly clientTestFile: string;
}

/** A file that a model wrote. */
export type SliceFile = ContributedFile;

/** A slice that was accepted: a contribution that a model wrote. Its id is the slug of its plan. */
export interface Slice extends Contribution {
  readonly plan: SlicePlan;
}

/** What the slices of a run came to. */
export interface SliceReport {
  readonly accepted: readonly Slice[];
  readonly outcomes: readonly SliceOutcome[];
}

/** Something wrong in a file of a slice. */
export interface SliceProblem {
  readonly check: SliceCheck;
  /** The file it is in; undefined where it is in none. */
  readonly path: string | undefined;
  /** Counts from 1. */
  readonly line: number | undefined;
  /** A sentence, as compilers and test runners word it; without a path of this machine. */
  readonly message: string;
}

/** Which of the checks that need the project's packages are made. */
export interface CheckScope {
  /** Those of `types`, `lint` and `tests` that are; none where the packages cannot be had. */
  readonly checks: readonly SliceCheck[];
  /** Why the others are not, as a sentence; undefined where all are. */
  readonly why: string | undefined;
}

/** What checking slices came to. */
export interface CheckResult extends CheckScope {
  /** In the slices' files, or without a path. */
  readonly problems: readonly SliceProblem[];
}

/**
 * Type-checks, lints and tests slices within the project they are for, with the stack's packages installed once on this machine.
 * A host that cannot do that has none.
 */
export interface SliceChecker {
  /**
   * Makes the packages ready: asks the user the first time, installs, says how far it is. Returns which checks will be made. Never throws except `cancelled`.
   */
  prepare(project: RenderedProject, options: { signal: AbortSignal; say: (what: string) => void }): Promise<CheckScope>;
  /** Checks slices together within the project they are part of. Throws `cancelled`, and what keeps the checks from being made. */
  check(project: RenderedProject, slices: readonly Slice[], options: { signal: AbortSignal }): Promise<CheckResult>;
  /** Has the linter make those of its fixes that do not change what code does. Returns the files of the slices that are others now. Throws as `check` does. */
  fix?(
    project: RenderedProject,
    slices: readonly Slice[],
    options: { signal: AbortSignal },
  ): Promise<readonly SliceFile[]>;
  /** Removes what checking left, but not the packages. */
  dispose(): Promise<void>;
}

/** Keeps finished work of models between runs, by a key that is a digest of everything it came from. */
export interface WorkStore {
  get(key: string): Promise<string | undefined>;
  /** Never throws: work that cannot be kept is only lost for the next run. */
  set(key: string, value: string): Promise<void>;
}
