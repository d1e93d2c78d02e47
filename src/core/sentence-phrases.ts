import { whyUnchecked } from './access-notes.ts';
import type { CoveredSentence } from './blueprint-draft.ts';
import type { Phrase, PhraseState } from './phrases.ts';

/** How sure a reader is that only tells whole sentences apart. */
const coarse = 0.5;

/**
 * Makes phrases of sentences that were read as a whole: one for what covers a sentence, and one for each thing that is missing of it, so that a sentence of which a
 * part is not built does not count as covered.
 */
export function phrasesOfSentences(
  coverage: readonly CoveredSentence[],
  entities: Parameters<typeof whyUnchecked>[1] = [],
): {
  readonly phrases: Phrase[];
  /** The indexes of the phrases of a sentence: those that are not built first. */
  phrasesAt(sentence: number): number[];
} {
  const phrases: Phrase[] = [];
  const at: number[][] = [];
  for (const [sentence, covered] of coverage.entries()) {
    const states = statesOf(covered, entities);
    at.push(states.map((_, index) => phrases.length + index).reverse());
    for (const state of states) phrases.push(phraseOf(covered, sentence, state));
  }
  return { phrases, phrasesAt: (sentence) => at[sentence] ?? [] };
}

function statesOf({ coveredBy, note }: CoveredSentence, entities: Parameters<typeof whyUnchecked>[1]): PhraseState[] {
  // A rule of access is not built as long as nothing checks it.
  const unchecked = new Map(coveredBy.map((reference) => [reference, whyUnchecked(reference, entities)]));
  const by = coveredBy.filter((reference) => unchecked.get(reference) === undefined);
  const built: PhraseState[] = by.length === 0 ? [] : [{ kind: 'built', by }];
  const reasons = new Set([note, ...unchecked.values()]);
  const missing = [...reasons].flatMap((why): PhraseState[] => (why === undefined ? [] : [{ kind: 'not-built', why }]));
  const states = [...built, ...missing];
  return states.length > 0 ? states : [{ kind: 'not-built', why: 'Nothing in the application covers this yet.' }];
}

function phraseOf({ text, start, end }: CoveredSentence, sentence: number, state: PhraseState): Phrase {
  return { sentence, text, start, end, mood: 'statement', negated: false, confidence: coarse, alternatives: [], state };
}
