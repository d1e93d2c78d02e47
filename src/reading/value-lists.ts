import { basicTypes } from '../field-types/contract.ts';
import { knownNoun } from './concepts.ts';
import type { Evidence } from './evidence.ts';
import type { ReadStatement } from './reading.ts';
import { singular, wordsOf } from './words.ts';

/** Values and ranges that a sentence gives outside of a list of fields. */

/** "Its status can be draft or published", "rate from 1 to 5": the values of a property, wherever they are given. */
export function noteValues(evidence: Evidence, owner: string, statement: ReadStatement, index: number): void {
  const listed =
    /\b((?:[a-z]+ )?(?:status|priority|type|level|stage|state|severity|difficulty|gender|size|condition|mood))(?: (?:of (?:the|an?|each|every) [a-z ]{2,30}|field))?(?:,? (?:which|that))?(?: (?:can|may|must|should|will))? (?:is |are |be |being )?(?:either |one of |any of |set to )?:?\s?((?:[a-z][a-z-]*(?: [a-z][a-z-]*)?, )*[a-z][a-z-]*(?: [a-z][a-z-]*)?,? (?:or) [a-z][a-z-]*(?: [a-z][a-z-]*)?)\s*(?:[.;)]|$)/i.exec(
      statement.body,
    );
  const name = listed?.[1];
  const list = listed?.[2];
  if (name !== undefined && list !== undefined) {
    const words = wordsOf(name).filter(
      (word) => !/^(?:the|its|their|a|an|each|every|has|have|with|and|or|by|of|to)$/.test(word),
    );
    const [first = '', ...rest] = words;
    const named = rest.length > 0 && knownNoun(first) ? first : undefined;
    evidence.property(
      named ?? owner,
      {
        words: named ? rest : words,
        isPlural: false,
        concept: undefined,
        type: basicTypes.choice,
        values: list.split(/,\s*(?:or\s+)?|\s+or\s+/),
      },
      index,
      true,
    );
  }
  const marked =
    /\bmark(?:s|ed|ing)? (?:[\w-]+ ){1,4}as (done|completed?|finished|read|paid|favou?rite|archived|published|resolved|solved|approved|sold|returned)\b/i.exec(
      statement.body,
    )?.[1];
  if (marked !== undefined) {
    const words = [marked.toLowerCase().replace(/^complete$/, 'completed')];
    evidence.property(owner, { words, isPlural: false, concept: undefined, type: basicTypes.flag }, index, false);
  }
  for (const [, state] of statement.body.matchAll(
    /\bwhether (?:or not )?(?:it|they|he|she|the \w+) (?:is|are|was|were|has been|have been) (?:(?:already|currently|still) )?([a-z]{3,20})\b(?! (?:to|of|an?|the)\b)/gi,
  )) {
    const words = [(state ?? '').toLowerCase()];
    evidence.property(owner, { words, isPlural: false, concept: undefined, type: basicTypes.flag }, index, true);
  }
  const range =
    /\b(rat(?:ing|e|ed)|stars?|scores?|level)\b[^.;]{0,40}?\b(?:from |between |of )?(\d{1,3})\s*(?:to|-|–|and)\s*(\d{1,3})\b/i.exec(
      statement.body,
    );
  const [min, max] = [Number(range?.[2]), Number(range?.[3])];
  if (range && min < max && max <= 100) {
    const word = /^(?:rat|star)/i.test(range[1] ?? '') ? 'rating' : singular((range[1] ?? '').toLowerCase());
    evidence.property(
      /\b(?:review|rate)s?\b/i.test(statement.body) ? 'review' : owner,
      {
        words: [word],
        isPlural: false,
        concept: undefined,
        type: basicTypes.wholeNumber,
        isTypeOfBounds: true,
        min,
        max,
      },
      index,
      true,
    );
  }
}
