import { basicTypes } from '../field-types/contract.ts';
import { type SpokenFacets, spokenFacet } from './field-facets.ts';
import type { FieldWords } from './field-words.ts';
import { wordsOf } from './words.ts';

/** A property of something, as the text gives it. */
export interface Property extends SpokenFacets {
  /** Lower-case words of its name, as written. */
  readonly words: readonly string[];
  readonly isPlural: boolean;
  /** The key of the concept the words may stand for, if they stand for one. */
  readonly concept: string | undefined;
  /** The id of a type of field. */
  readonly type?: string;
  /** Whether bounds alone say the type, so that the name may say more. */
  readonly isTypeOfBounds?: true;
  readonly required?: boolean;
  readonly unique?: boolean;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** "many tags", "one category": what the text says of how many. */
  readonly many?: boolean;
  /** "one profile", "exactly one": and no more. */
  readonly one?: boolean;
  /** The key of the concept it is said to be: `user` in "an author (a user)". */
  readonly refers?: string;
}

const bareNumber = /^-?\d{1,9}(?:\.\d{1,4})?$/;

/**
 * Reads a line such as `name (string, required)`, `price: decimal`, `status - one of draft, published` or `email!`.
 * Undefined where the line is a sentence rather than the name of a property.
 */
export function readFieldLine(line: string, fieldWords: FieldWords): Omit<Property, 'concept'> | undefined {
  const text = line.replace(/[.;,]+$/, '').trim();
  const parts =
    /^([\p{L}\p{N}][\p{L}\p{N} _'’/-]{0,60}?)\s*(?:\(([^()]{1,300})\)|(?::|=| [-–—] )\s*(.{1,300}))?\s*([!*?]?)$/u.exec(
      text,
    );
  const rawName = parts?.[1];
  if (rawName === undefined) return undefined;
  const words = wordsOf(rawName.replace(/^(?:an?|the|its|their|optional|required)\s+/i, ''));
  if (words.length === 0 || words.length > 5) return undefined;
  const detail = parts?.[2] ?? parts?.[3] ?? '';
  const described = describe(detail, fieldWords);
  if (!described) return undefined;
  const optional = /^optional\s/i.test(rawName) || parts?.[4] === '?';
  const required = /^required\s/i.test(rawName) || parts?.[4] === '!' || parts?.[4] === '*';
  return {
    words,
    isPlural: false,
    ...described,
    ...(required ? { required: true } : {}),
    ...(optional ? { required: false } : {}),
  };
}

/** What the words after a name say: types, "required", bounds and values. Undefined where they say something else. */
export function describe(
  detail: string,
  fieldWords: FieldWords,
): Omit<Partial<Property>, 'words' | 'concept' | 'many' | 'one' | 'refers'> | undefined {
  const result: {
    type?: string;
    isTypeOfBounds?: true;
    required?: boolean;
    unique?: boolean;
    values?: string[];
    min?: number;
    max?: number;
    currency?: string;
    decimals?: number;
    unit?: string;
  } = {};
  const range = /(-?\d{1,9})\s*(?:to|-|–|—|\.\.|and)\s*(-?\d{1,9})/.exec(detail);
  const inner = /\b(?:enum|select|dropdown|choice|one of|either|values?|options?)\b\s*[:([]?\s*(.+)$/i.exec(detail);
  const listed = inner?.[1] ?? detail;
  const rest: string[] = [];
  for (const item of listed.split(/\s*(?:,|;|\/|\||\bor\b|\band\b)\s*/i)) {
    const word = item.replace(/[()[\]"'`.]/g, '').trim();
    const lower = word.toLowerCase();
    const type = inner ? undefined : fieldWords.typeCalled(lower);
    const facet = inner || type !== undefined ? undefined : spokenFacet(word);
    if (word === '') continue;
    if (type !== undefined) result.type ??= type;
    else if (facet !== undefined) Object.assign(result, facet);
    else if (/^(?:required|mandatory|not null|non-null|compulsory)$/.test(lower)) result.required = true;
    else if (/^(?:optional|nullable)$/.test(lower)) result.required = false;
    else if (/^unique$/.test(lower)) result.unique = true;
    else if (/^(?:primary key|pk|fk|foreign key|auto|default .*|max .*|min .*|up to .*|etc|e\.?g)$/.test(lower))
      continue;
    else if (range && word.includes(range[0].split(/\s/)[0] ?? '') && /\d/.test(word) && !/[a-z]{4}/.test(lower))
      continue;
    else if (word.split(/\s+/).length <= 4 && word.length <= 40) rest.push(word);
    else return inner || result.type ? result : undefined;
  }
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])];
    if (low < high && bareNumber.test(String(low))) {
      const implied = { type: basicTypes.wholeNumber, isTypeOfBounds: true };
      Object.assign(result, result.type === undefined && implied, { min: low, max: high });
    }
  } else if (
    rest.length >= 2 &&
    rest.length <= 20 &&
    (result.type === undefined || result.type === basicTypes.choice || result.type === basicTypes.line)
  ) {
    result.type = basicTypes.choice;
    result.values = rest;
  } else if (result.type === basicTypes.choice) result.type = basicTypes.line;
  return result;
}
