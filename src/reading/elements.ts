import { spokenFacet } from './field-facets.ts';
import { emptyPhrase, type Phrase } from './phrases.ts';
import { baseOfGerund } from './tag-corrections.ts';
import type { Token } from './tokens.ts';
import { singular } from './words.ts';

/** What clauses are made of: noun phrases, verbs, prepositions and what joins them. */

export type Element =
  | { kind: 'phrase'; phrase: Phrase; isPronoun: boolean }
  | { kind: 'verb'; lemma: string; participle: boolean; gerund: boolean }
  | { kind: 'preposition'; word: string }
  | { kind: 'conjunction' | 'comma' | 'ability' | 'be' | 'stop' | 'relative' };

const ability = new Set(['can', 'could', 'should', 'must', 'may', 'will', 'shall', 'might', 'able', 'to']);
const be = new Set(['be', 'is', 'are', 'was', 'were', 'been', 'being']);
const relative = new Set([
  'that',
  'which',
  'who',
  'whose',
  'where',
  'when',
  'if',
  'because',
  'while',
  'whether',
  'whom',
]);
const asPreposition: Readonly<Record<string, string>> = {
  including: 'including',
  containing: 'including',
  such: 'such as',
  like: 'like',
  via: 'via',
  per: 'per',
  'e.g.': 'such as',
  'i.e.': 'such as',
};
const determinerLike = new Set([
  'each',
  'every',
  'many',
  'multiple',
  'several',
  'some',
  'all',
  'any',
  'one',
  'zero',
  'more',
  'most',
  'exactly',
  'no',
  'another',
  'other',
  'various',
  'different',
  'few',
  'both',
  'either',
]);

/** Reads words into what clauses are made of. */
export function elementsOf(tokens: readonly Token[]): Element[] {
  const elements: Element[] = [];
  let i = 0;
  const nextToken = (offset: number) => tokens[i + offset];
  while (i < tokens.length) {
    const token = tokens[i];
    if (!token) break;
    if (token.text === '(' || token.text === '[') {
      i = readAside(tokens, i, elements);
      continue;
    }
    const run = namesEvent(tokens, i, elements) ? i + 1 : nounRun(tokens, i);
    if (run > i) {
      i = pushPhrase(tokens, i, run, elements);
      continue;
    }
    if (Object.hasOwn(asPreposition, token.lower)) {
      elements.push({ kind: 'preposition', word: asPreposition[token.lower] ?? token.lower });
      if (nextToken(1)?.lower === 'as') i++;
    } else if (token.lower === 'as' && nextToken(1)?.lower === 'well') {
      elements.push({ kind: 'conjunction' });
      i += 2;
    } else if (relative.has(token.lower) && token.pos !== 'det') elements.push({ kind: 'relative' });
    else if (be.has(token.lower)) elements.push({ kind: 'be' });
    else if (
      ability.has(token.lower) &&
      !(
        token.lower === 'to' &&
        nextToken(1)?.pos !== 'verb' &&
        nextToken(1)?.pos !== 'aux' &&
        nextToken(1)?.pos !== 'adv'
      )
    ) {
      elements.push({ kind: 'ability' });
    } else if (token.pos === 'verb' || (token.pos === 'aux' && token.lemma === 'have')) {
      const gerund = token.lower.endsWith('ing');
      const lemma = gerund ? (baseOfGerund(token.lower) ?? token.lemma) : token.lemma;
      elements.push({
        kind: 'verb',
        lemma,
        participle: /(?:ed|en|t|wn|ld|pt|id)$/.test(token.lower) && token.lower !== token.lemma,
        gerund,
      });
    } else if (opensRange(tokens, i)) {
      // "a probability from 0 to 100"
      noteAside(elements, `${nextToken(1)?.text} to ${nextToken(3)?.text}`);
      i += 3;
    } else if (elements.at(-1)?.kind === 'phrase' && facetAfter(tokens, i) !== undefined) {
      // "a price in EUR", "a rate with 4 decimals"
      const words = facetAfter(tokens, i) ?? [];
      noteAside(elements, words.join(' '));
      i += words.length;
    } else if (
      /^(?:from|to|between)$/.test(token.lower) &&
      nextToken(1)?.pos === 'num' &&
      nextToken(2)?.pos !== 'noun'
    ) {
      // "from 1 to 5" is about no thing.
      i++;
    } else if (token.lower === 'for' && looksFor(elements.at(-1))) {
      // "search for companies" searches companies.
    } else if (token.pos === 'prep' || token.lower === 'to') elements.push({ kind: 'preposition', word: token.lower });
    else if (token.pos === 'conj' || token.text === '/' || token.text === '+') elements.push({ kind: 'conjunction' });
    else if (token.text === ',') elements.push({ kind: 'comma' });
    else if (token.pos === 'pron' && !/^(?:their|its|his|her|our|my|your)$/.test(token.lower)) {
      elements.push({ kind: 'phrase', phrase: emptyPhrase, isPronoun: true });
    } else if (token.pos === 'punct' && /^[:;.!?–—]|^-$/.test(token.text)) elements.push({ kind: 'stop' });
    i++;
  }
  return elements;
}

/** "the date of joining": a gerund that names what happened then, and is not done to anything. */
function namesEvent(tokens: readonly Token[], index: number, elements: readonly Element[]): boolean {
  const [token, next] = tokens.slice(index, index + 2);
  const [before, of] = elements.slice(-2);
  return (
    token?.pos === 'verb' &&
    token.lower.endsWith('ing') &&
    of?.kind === 'preposition' &&
    of.word === 'of' &&
    before?.kind === 'phrase' &&
    /^(?:date|day|month|year|time|place|method|mode)$/.test(before.phrase.head) &&
    !/^(?:noun|det|adj|pron|num)$/.test(next?.pos ?? '')
  );
}

/** What follows says more of the phrase before, as if it stood in brackets. */
function noteAside(elements: Element[], text: string): void {
  const before = elements.at(-1);
  if (before?.kind === 'phrase' && !before.isPronoun && before.phrase.aside.length === 0)
    elements[elements.length - 1] = { ...before, phrase: { ...before.phrase, aside: [text] } };
}

/** The words after "in" or "with" that name a currency, a unit or decimals. */
function facetAfter(tokens: readonly Token[], index: number): readonly string[] | undefined {
  if (!/^(?:in|with)$/.test(tokens[index]?.lower ?? '')) return undefined;
  return [3, 2, 1]
    .map((length) => tokens.slice(index + 1, index + 1 + length).map(({ text }) => text))
    .find((words) => spokenFacet(words.join(' ')) !== undefined);
}

function opensRange(tokens: readonly Token[], index: number): boolean {
  const [word, low, join, high, after] = tokens.slice(index, index + 5);
  return (
    /^(?:from|between)$/.test(word?.lower ?? '') &&
    low?.pos === 'num' &&
    /^(?:to|and|-|–)$/.test(join?.lower ?? '') &&
    high?.pos === 'num' &&
    after?.pos !== 'noun'
  );
}

function looksFor(element: Element | undefined): boolean {
  return element?.kind === 'verb' && /^(?:search|look)$/.test(element.lemma);
}

/** Where the noun phrase that starts at `start` ends, or `start` where none does. */
function nounRun(tokens: readonly Token[], start: number): number {
  let end = start;
  let seenNoun = false;
  for (let i = start; i < tokens.length && i - start < 12; i++) {
    const token = tokens[i];
    if (!token) break;
    const next = tokens[i + 1];
    const opensPhrase =
      !seenNoun &&
      (token.pos === 'det' ||
        token.pos === 'num' ||
        determinerLike.has(token.lower) ||
        /^(?:their|its|his|her|our|my|your)$/.test(token.lower));
    const describes =
      token.pos === 'adj' ||
      (token.pos === 'verb' &&
        /(?:ed|ing|en)$/.test(token.lower) &&
        (next?.pos === 'noun' ||
          (tokens[i - 1]?.pos === 'det' && next !== undefined && /^(?:adj|verb)$/.test(next.pos))) &&
        (i > start || !token.lower.endsWith('ing')) &&
        (i === start ? !isPastVerbSlot(tokens, i) : true));
    if (token.pos === 'noun' && /[\p{L}]/u.test(token.text)) {
      seenNoun = true;
      end = i + 1;
    } else if (opensPhrase) {
      if (relative.has(token.lower) && next?.pos !== 'noun') break;
    } else if (describes && !seenNoun) {
      if (token.lower === 'able' || token.lower === 'such') break;
    } else break;
  }
  return seenNoun ? end : start;
}

/** "users created posts" has a verb, "the created posts" and "view saved posts" have none. */
function isPastVerbSlot(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  return before?.pos === 'noun' || before?.pos === 'aux';
}

function pushPhrase(tokens: readonly Token[], start: number, end: number, elements: Element[]): number {
  const slice = tokens.slice(start, end);
  const nouns = slice
    .filter((token) => token.pos === 'noun' || token.pos === 'adj' || token.pos === 'verb')
    .filter((token) => !determinerLike.has(token.lower));
  const determiner = slice.find((token) => !nouns.includes(token))?.lower ?? '';
  const last = nouns.at(-1);
  const headWord = last?.lower ?? '';
  const head = singular(headWord);
  const phrase: Phrase = {
    words: [...nouns.slice(0, -1).map((token) => token.lower), head],
    written: nouns.map((token) => token.text),
    head,
    isPlural: head !== headWord || headWord === 'people',
    determiner,
    adjectives: new Set(
      nouns
        .slice(0, -1)
        .filter((token) => token.pos !== 'noun')
        .map((token) => token.lower),
    ),
    ownedBy: undefined,
    of: undefined,
    aside: [],
  };
  let merged = phrase;
  // "the post's title"
  const possessive = tokens[start - 1];
  const previous = elements.at(-1);
  if (possessive && /^(?:'s?|s')$/.test(possessive.lower) && previous?.kind === 'phrase') {
    merged = { ...phrase, ownedBy: previous.phrase };
    elements.pop();
  }
  // "list of posts"
  const beforeOf = elements.at(-2);
  if (
    previous?.kind === 'preposition' &&
    previous.word === 'of' &&
    beforeOf?.kind === 'phrase' &&
    !beforeOf.isPronoun
  ) {
    elements.splice(-2);
    merged = { ...beforeOf.phrase, of: merged };
  }
  elements.push({ kind: 'phrase', phrase: merged, isPronoun: false });
  return end;
}

/** What stands in parentheses belongs to the phrase before it. */
function readAside(tokens: readonly Token[], open: number, elements: Element[]): number {
  let close = open + 1;
  while (close < tokens.length && tokens[close]?.text !== ')' && tokens[close]?.text !== ']') close++;
  const items = listItems(tokens.slice(open + 1, close));
  const before = elements.at(-1);
  if (before?.kind === 'phrase' && !before.isPronoun) {
    elements[elements.length - 1] = { ...before, phrase: { ...before.phrase, aside: items } };
  }
  return close + 1;
}

/** The items of a list as written, without "and", "or" and "e.g.". */
export function listItems(tokens: readonly Token[]): string[] {
  const items: string[] = [];
  let words: string[] = [];
  const flush = () => {
    const item = words
      .join(' ')
      .replace(/ ([-'’]) /g, '$1')
      .trim();
    if (item !== '') items.push(item);
    words = [];
  };
  for (const token of tokens) {
    if (/^[,;/|]$/.test(token.text) || token.lower === 'and' || token.lower === 'or') flush();
    else if (!/^(?:e\.g\.?|i\.e\.?|etc\.?|either|such|as|like|for|example|:|\.\.\.|…|"|')$/.test(token.lower))
      words.push(token.text);
  }
  flush();
  return items;
}
