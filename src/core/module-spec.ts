import type * as z from 'zod';
import type { BlueprintDraft, Entity } from './blueprint-draft.ts';

/** What a text asks of a module, as rules found it. Names, not ids: nothing is finished yet. */
export interface Recognised<Options = unknown> {
  readonly options: Options;
  /**
   * The names of the entities that it works on. One that the draft lacks is given all the same: where all are missing, the sentences say that it is
   * not built.
   */
  readonly entities: readonly string[];
  /** The indexes of the sentences that ask for it. */
  readonly sentences: readonly number[];
  /**
   * The names of entities that were only read into the text because it has what the module keeps by itself: they go. Where the text says what
   * such an entity has, it stays, and this is not used.
   */
  readonly replaces?: readonly string[];
}

/** What a module means: all that reading and engines see of it. */
export interface ModuleSpec<Options = unknown> {
  /** kebab-case, the name of its folder. */
  readonly id: string;
  /** What a person reads, sentence case: `Comments`. */
  readonly title: string;
  /** The ids of modules that it builds on; they come before it. */
  readonly requires: readonly string[];
  readonly options: z.ZodType<Options>;
  /**
   * Finds by rules what a text asks of it, in as many parts as is convenient: all parts are one use of the module, and options of later parts go before
   * those of earlier ones. Nothing where the text asks for nothing.
   */
  recognise(draft: BlueprintDraft): readonly Recognised<Options>[];
  /** What people can do with it, as a feature of the application: `Comment on posts`. `entity` is undefined where it works on none. */
  ability(entity: Labels | undefined): string;
  /** A line for models: what the module does, when to use it, and its options. */
  readonly promptLine: string;
  /** What the user is told where it was asked for and cannot be built: a sentence. */
  readonly whenMissing: string;
}

/** How a person calls records of an entity. */
export type Labels = Pick<Entity, 'label' | 'pluralLabel'>;
