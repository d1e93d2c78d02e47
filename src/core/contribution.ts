import type { Entity } from './blueprint.ts';
import type { Code } from './code.ts';
import type { FileOutline } from './project-outline.ts';
import type { Slots } from './slots.ts';

/** A file of a generated application, whole. */
export interface ContributedFile {
  /** POSIX path below the project's folder. */
  readonly path: string;
  readonly content: string;
  /** What is known of it where it is TypeScript; absent where a model or a person wrote it. */
  readonly outline?: FileOutline;
}

/** A variable of the environment that the application reads. */
export interface EnvironmentVariable {
  readonly name: string;
  /** A line for `.env.example`: what it is for, and what holds without it. */
  readonly description: string;
  /** What `.env.example` shows; never a secret. */
  readonly example: string;
}

/** A table of a module, in the words of the blueprint. */
export interface ContributedTable extends Entity {
  /** The ids of optional relations of which every record has exactly one: it belongs to the record that this leads to, and is deleted with it. */
  readonly belongsToOneOf?: readonly string[];
}

/**
 * Everything that one module, or one slice of a model, adds to an application. In the application it is a folder on each side,
 * `src/server/modules/<id>` and `src/client/modules/<id>`, and one line where it is registered.
 */
export interface Contribution {
  /** kebab-case name of its folders, unlike any other contribution's, entity's or page's: `comments`. */
  readonly id: string;
  /** What a person reads, sentence case: `Comments`. */
  readonly title: string;
  /** The sub-task of its files, as the tracker shows it. */
  readonly task: string;
  /** Sorted by path; all of them in its own folders, `src/shared/modules/<id>.ts`, `tests/server/modules` and `tests/client/modules`. */
  readonly files: readonly ContributedFile[];
  /**
   * Tables of its own, in the words of the blueprint: they get a table each, and no screens or routes. The renderer declares them in
   * `src/server/modules/<id>/tables.ts`, named as those of entities are.
   */
  readonly tables: readonly ContributedTable[];
  /** Packages that the stack lacks, with exact versions. */
  readonly packages: Readonly<Record<string, string>>;
  readonly environment: readonly EnvironmentVariable[];
  /** Each `(db: Database) => Promise<void>`: adds sample records to an empty database, when those of entities are there. */
  readonly seeds: readonly Code[];
  readonly slots: Slots;
}
