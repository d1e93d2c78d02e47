import { conceptOf } from './concepts.ts';
import { describe, type Property } from './field-lines.ts';
import { enumFields } from './lexicon-fields.ts';
import type { Phrase } from './phrases.ts';
import { wordsOf } from './words.ts';

/** Words that say there is more than one. */
export const manyWords = /^(?:many|multiple|several|some|any|various|different|more|few|all|both)$/;

/** The property that a phrase names: "many tags", "a status (open, closed)". */
export function propertyOf(phrase: Phrase): Property {
  const concept = conceptOf(phrase);
  const name = phrase.of && !concept ? [...phrase.words, 'of', ...phrase.of.words] : phrase.written.flatMap(wordsOf);
  const words = phrase.of && concept ? concept.words : name.length > 0 ? name : phrase.words;
  const detail = phrase.aside.length > 0 ? describe(phrase.aside.join(', ')) : undefined;
  const takesValues = enumFields.test(words.join(' ')) || detail?.type !== 'enum' || (detail.values?.length ?? 0) > 0;
  return {
    words,
    isPlural: phrase.isPlural,
    concept: concept?.key,
    ...(detail && takesValues ? detail : {}),
    ...(phrase.isPlural ? { many: manyWords.test(phrase.determiner) || phrase.determiner === '' } : {}),
  };
}
