import * as z from 'zod';
import { reference } from './blueprint-draft.ts';

/**
 * A phrase is the smallest part of the requirements that asks for something or says something: an item of a list, a clause, a negation. Coverage counts
 * phrases, because half of a sentence that is built is not the sentence. Rules and models fill the same type.
 */

/** How something is said. Only a `statement`, an `ability` and an `obligation` ask for anything now. */
export const moods = ['statement', 'ability', 'obligation', 'possibility', 'question', 'example', 'heading'] as const;

/** What became of a phrase. */
export const phraseStateSchema = z.discriminatedUnion('kind', [
  /** The application has it, in these items of the blueprint. */
  z.object({ kind: z.literal('built'), by: z.array(reference).min(1) }),
  /** It asks for something that the application does not have. `why` is a sentence for the user. */
  z.object({ kind: z.literal('not-built'), why: z.string().min(1) }),
  /** It says that something is not wanted, and that is not there. */
  z.object({ kind: z.literal('left-out') }),
  /** It is for another time, by its own words. */
  z.object({ kind: z.literal('later') }),
  /** It asks for nothing. */
  z.object({ kind: z.literal('context') }),
]);
export type PhraseState = z.infer<typeof phraseStateSchema>;

export const phraseSchema = z.object({
  /** The index of its sentence in the blueprint. */
  sentence: z.int().min(0),
  /** As written. */
  text: z.string(),
  /** UTF-16 offsets in the requirements. */
  start: z.int().min(0),
  end: z.int().min(0),
  mood: z.enum(moods),
  /** "no images", "must not". */
  negated: z.boolean(),
  /** Who or what the phrase is about, what is done, and to what, as far as they were understood. */
  subject: z.string().optional(),
  action: z.string().optional(),
  object: z.string().optional(),
  /** "at least one", "up to five kilometres"; inclusive. */
  bounds: z.object({ min: z.number().optional(), max: z.number().optional(), unit: z.string().optional() }).optional(),
  /** How sure the reader is of all this, 0 to 1. */
  confidence: z.number().min(0).max(1),
  /** What else it could mean, the likeliest first, in words for the user. */
  alternatives: z.array(z.string()),
  state: phraseStateSchema,
});
export type Phrase = z.infer<typeof phraseSchema>;

export const sentenceSchema = z.object({
  /** The sentence, bullet or heading, as written. */
  text: z.string(),
  /** UTF-16 offsets in the requirements. */
  start: z.int().min(0),
  end: z.int().min(0),
});
export type Sentence = z.infer<typeof sentenceSchema>;

/** Where an item of the blueprint comes from. */
export const originSchema = z.discriminatedUnion('by', [
  /** Phrases ask for it, by their indexes. */
  z.object({ by: z.literal('text'), phrases: z.array(z.int().min(0)).min(1) }),
  /** Nobody asked for it in so many words. `reason` says why it is there: "a shop has customers". */
  z.object({ by: z.literal('assumed'), reason: z.string().min(1) }),
  /** A module of the application brought it. */
  z.object({ by: z.literal('module'), module: z.string().min(1) }),
]);
export type Origin = z.infer<typeof originSchema>;

/** The phrases that ask for an item; none where it was assumed or brought by a module. */
export function phrasesOf(origin: Origin): readonly number[] {
  return origin.by === 'text' ? origin.phrases : [];
}

/** The sentences that ask for an item, as written, in order. */
export function sentencesOf(
  origin: Origin,
  { phrases, sentences }: { readonly phrases: readonly Phrase[]; readonly sentences: readonly Sentence[] },
): string[] {
  const indexes = new Set(phrasesOf(origin).flatMap((index) => phrases[index]?.sentence ?? []));
  return [...indexes].sort((a, b) => a - b).flatMap((index) => sentences[index]?.text ?? []);
}
