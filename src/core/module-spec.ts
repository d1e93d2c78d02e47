import type * as z from 'zod';
import type { BlueprintDraft } from './blueprint-draft.ts';

/** What a text asks of a module, as rules found it. Names, not ids: nothing is finished yet. */
export interface Recognised<Options = unknown> {
  readonly options: Options;
  /** The names of the entities that it works on. */
  readonly entities: readonly string[];
  /** The indexes of the sentences that ask for it. */
  readonly sentences: readonly number[];
  /** The names of entities that were only read into the text because it has what the module keeps by itself: they go. */
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
  /** Finds by rules what a text asks of it: once for each set of options. Nothing where it asks for nothing. */
  recognise(draft: BlueprintDraft): readonly Recognised<Options>[];
  /** A line for models: what the module does, when to use it, and its options. */
  readonly promptLine: string;
  /** What the user is told where it was asked for and cannot be built: a sentence. */
  readonly whenMissing: string;
}
