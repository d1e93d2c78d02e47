import { basicTypes } from '../field-types/contract.ts';
import { conceptOf, isApplication } from './concepts.ts';
import { describe, type Property } from './field-lines.ts';
import type { FieldWords } from './field-words.ts';
import { enumFields, fieldNouns } from './lexicon-fields.ts';
import { personNouns, stopNouns } from './lexicon-words.ts';
import type { Phrase } from './phrases.ts';
import { referredTo } from './roles.ts';
import { wordsOf } from './words.ts';

/** Words that say there is more than one. */
export const manyWords = /^(?:many|multiple|several|some|any|various|different|more|few|all|both)$/;

/** Whether a phrase in a list of parts is a property: the website of a company is one, a page of the site is none. */
export function isProperty(phrase: Phrase): boolean {
  return (
    fieldNouns.has(phrase.head) ||
    personNouns.has(phrase.head) ||
    !(isApplication(phrase) || stopNouns.has(phrase.head))
  );
}

/** "the number of employees": a number, and no employee. */
export function isCountOf(phrase: Phrase): boolean {
  return (
    phrase.of !== undefined &&
    /^(?:number|count)$/.test(phrase.head) &&
    !/^(?:an?|any)$/.test(phrase.determiner) &&
    phrase.words.slice(0, -1).every((word) => /^(?:total|maximum|minimum|max|min)$/.test(word))
  );
}

/** The property that a phrase names: "many tags", "a status (open, closed)". */
export function propertyOf(phrase: Phrase, fieldWords: FieldWords): Property {
  const concept = isCountOf(phrase) ? undefined : conceptOf(phrase);
  // "a number of pages" is many pages, unless pages are nothing by themselves.
  const isCount = isCountOf(phrase) || (concept === undefined && phrase.of !== undefined && phrase.head === 'number');
  const counted = (phrase.of?.written ?? []).map((word) => word.toLowerCase());
  const name =
    phrase.of && !concept
      ? [...phrase.words, 'of', ...(isCount ? counted : phrase.of.words)]
      : phrase.written.flatMap(wordsOf);
  const words = phrase.of && concept ? concept.words : name.length > 0 ? name : phrase.words;
  const detail = phrase.aside.length > 0 ? describe(phrase.aside.join(', '), fieldWords) : undefined;
  const takesValues =
    enumFields.test(words.join(' ')) || detail?.type !== basicTypes.choice || (detail.values?.length ?? 0) > 0;
  const refers = referredTo(phrase);
  return {
    words,
    isPlural: phrase.isPlural,
    concept: concept?.key,
    ...(detail && takesValues ? detail : {}),
    ...(refers === undefined ? {} : { refers }),
    ...(!phrase.isPlural && /^(?:one|exactly|single)$/.test(phrase.determiner) ? { one: true } : {}),
    ...(phrase.of?.isPlural && concept ? { many: true } : {}),
    ...(phrase.isPlural ? { many: manyWords.test(phrase.determiner) || phrase.determiner === '' } : {}),
  };
}
