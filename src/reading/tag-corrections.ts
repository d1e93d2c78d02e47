import { fieldNouns } from './lexicon-fields.ts';
import { domainNouns } from './lexicon-nouns.ts';
import {
  buildVerbs,
  containerNouns,
  findVerbs,
  imperativeVerbs,
  nounOrVerb,
  personNouns,
  storeVerbs,
} from './lexicon-words.ts';
import type { PartOfSpeech, Token } from './tokens.ts';
import { singular } from './words.ts';

/** Corrects what taggers get wrong in requirements: imperatives, nouns that are also verbs, gerunds. */

const isKnownVerb = (word: string) =>
  imperativeVerbs.has(word) ||
  storeVerbs.has(word) ||
  findVerbs.has(word) ||
  nounOrVerb.has(word) ||
  buildVerbs.has(word);

/** Nouns in -ing, which describe the noun after them. */
const compounds = new Set(
  `shopping meeting training parking waiting landing booking billing shipping learning teaching writing reading trading
  rating ranking building banking dining marketing advertising gaming cooking housing clothing wedding listing pricing
  opening closing pending existing upcoming working living sporting fishing hiking cycling running swimming betting
  streaming messaging networking engineering recycling consulting accounting hiring nursing funding spending saving
  setting testing vending starting ending boarding mailing recruiting counseling tutoring coaching publishing
  checking staking following corresponding matching missing outstanding exciting interesting appealing engaging`.split(
    /\s+/,
  ),
);

/** The tagger's slips that matter here, each found by reading. */
export function corrected(tokens: readonly Token[]): Token[] {
  const out = [...tokens];
  const first = out.findIndex((token) => /\p{L}/u.test(token.text));
  const retag = (index: number, pos: PartOfSpeech, lemma?: string) => {
    const token = out[index];
    if (token) out[index] = { ...token, pos, lemma: lemma ?? (pos === 'noun' ? token.lower : token.lemma) };
  };
  for (const [index, token] of out.entries()) {
    const before = out[index - 1];
    const next = out[index + 1];
    const isNounish = token.pos === 'noun' || token.pos === 'adj' || token.pos === 'other';
    // "Track expenses", "Book appointments": an imperative is no name.
    if (index === first && isNounish && isKnownVerb(token.lower) && opensImperative(token, next, out[index + 2])) {
      retag(index, 'verb', token.lower);
    }
    // "to book a room", "can order products"
    else if (isNounish && isKnownVerb(token.lower) && before && followsVerbSlot(out, index)) {
      retag(index, 'verb', token.lower);
    }
    // "manage sales leads", "customer orders,": a plural at the end of a noun phrase.
    else if (token.pos === 'verb' && isPluralNoun(out, index)) retag(index, 'noun');
    // "Receptionists book appointments": people, what they do, and to what.
    else if (isNounish && before?.pos === 'noun' && doesSomething(before, token, next))
      retag(index, 'verb', token.lower);
    // "The system stores companies", "an employee reports to a manager": a singular subject and what it does.
    else if (token.pos === 'noun' && before?.pos === 'noun' && followsSubject(out, index))
      retag(index, 'verb', thirdPerson(token.lower) ?? token.lower);
    // "sort by date and search for companies"
    else if (isNounish && /^(?:search|look)$/.test(token.lower) && next?.lower === 'for' && hasAction(out, index))
      retag(index, 'verb', token.lower);
    // "with a subject, a due date": an article and no noun after it.
    else if (token.pos === 'adj' && before?.pos === 'det' && standsAlone(token, next)) retag(index, 'noun');
    // "an away team"
    else if (token.pos === 'adv' && before?.pos === 'det' && next && Object.hasOwn(domainNouns, singular(next.lower))) {
      retag(index, 'adj');
      retag(index + 1, 'noun');
    }
    // "club members": what people are members of.
    else if (token.pos === 'verb' && next?.pos === 'noun' && describesPerson(token, next)) retag(index, 'noun');
    // "an e-mail address", "an expected close date"
    else if (token.pos === 'verb' && namesField(out, index)) retag(index, 'noun');
    // "submit lead information", "view match history": no verb follows a verb.
    else if (token.pos === 'verb' && describesContainer(out, index)) retag(index, 'noun');
    // "browse films, book tickets": one more thing that somebody can do.
    else if (isNounish && index > 0 && addsAction(out, index)) retag(index, 'verb', token.lower);
    // "team members": between a noun or an article and no object stands a noun.
    else if (token.pos === 'verb' && token.lower === 'members') retag(index, 'noun', 'member');
    else if (
      token.pos === 'verb' &&
      before &&
      /^(?:det|adj|num)$/.test(before.pos) &&
      !/(?:ing|ed|en)$/.test(token.lower)
    ) {
      if (before.lower !== 'all' && before.lower !== 'that' && before.lower !== 'able') retag(index, 'noun');
    } else if (token.lower.endsWith('ing') && token.lower.length > 4) correctGerund(out, index, retag);
    else if (token.lower === '&') retag(index, 'conj');
  }
  return out;
}

function opensImperative(token: Token, next: Token | undefined, second: Token | undefined): boolean {
  if (!next) return false;
  if (next.pos === 'det' || next.pos === 'pron' || next.pos === 'adj') return true;
  if (next.pos === 'conj' || next.lower === ',') return second !== undefined && isKnownVerb(second.lower);
  if (next.pos !== 'noun') return imperativeVerbs.has(token.lower) && next.pos === 'prep';
  if (!nounOrVerb.has(token.lower)) return true;
  return isPlural(next.lower) && second?.pos !== 'aux' && second?.pos !== 'verb';
}

function followsVerbSlot(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (!before) return false;
  if (/^(?:can|could|should|must|may|will|shall|might)$/.test(before.lower)) return true;
  if (before.lower === 'to') {
    return next !== undefined && (/^(?:det|pron|adj|noun|conj|prep)$/.test(next.pos) || next.lower === ',');
  }
  // "create, edit and book rooms": coordinated with a verb, and with an object of its own.
  const earlier = tokens[index - 2];
  const coordinated = before.pos === 'conj' || before.lower === ',';
  if (coordinated && next && /^(?:them|it|their|its)$/.test(next.lower)) return true;
  return coordinated && earlier?.pos === 'verb' && next !== undefined && /^(?:det|pron|adj|noun|conj)$/.test(next.pos);
}

function correctGerund(
  tokens: readonly Token[],
  index: number,
  retag: (index: number, pos: PartOfSpeech, lemma?: string) => void,
): void {
  const token = tokens[index];
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (!token) return;
  const hasObject = next !== undefined && /^(?:noun|det|adj|pron|num)$/.test(next.pos);
  if (token.pos === 'verb') {
    if (compounds.has(token.lower) && before?.pos === 'noun' && isPlural(before.lower) && hasObject) return;
    if (before?.pos === 'noun' && !hasObject && !isPlural(before.lower)) retag(index, 'noun');
    else if (compounds.has(token.lower) && next?.pos === 'noun') retag(index, 'adj');
    return;
  }
  if (token.pos !== 'noun' || !hasObject || compounds.has(token.lower)) return;
  const startsItem =
    !before ||
    (before.pos === 'noun' && isPlural(before.lower)) ||
    before.pos === 'prep' ||
    before.pos === 'conj' ||
    before.pos === 'punct';
  const base = baseOfGerund(token.lower);
  if (startsItem && base !== undefined) retag(index, 'verb', base);
}

/** The known verb a gerund is of: `browsing` is of `browse`. */
export function baseOfGerund(word: string): string | undefined {
  const stem = word.slice(0, -3);
  const candidates = [stem, `${stem}e`, stem.slice(0, -1), stem.endsWith('y') ? stem : `${stem}ie`];
  return candidates.find((candidate) => isKnownVerb(candidate));
}

function isPluralNoun(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (!token || !before || !isPlural(token.lower) || !Object.hasOwn(domainNouns, singular(token.lower))) return false;
  const ends = !next || /^(?:punct|conj|prep|aux)$/.test(next.pos);
  return (
    ends &&
    (before.pos === 'adj' ||
      before.pos === 'verb' ||
      (before.pos === 'noun' && !isPlural(before.lower)) ||
      /^(?:sales|sports|goods)$/.test(before.lower))
  );
}

function doesSomething(before: Token, token: Token, next: Token | undefined): boolean {
  if (!next || !isKnownVerb(token.lower) || isPlural(token.lower)) return false;
  if (!isPlural(before.lower) || !personNouns.has(singular(before.lower))) return false;
  return next.pos === 'det' || next.pos === 'pron' || (next.pos === 'noun' && isPlural(next.lower));
}

/** The base form of a known verb that ends as "he stores" does. */
function thirdPerson(word: string): string | undefined {
  const bases = [word.slice(0, -1), word.slice(0, -2), `${word.slice(0, -3)}y`];
  return word.endsWith('s') ? bases.find((base) => isKnownVerb(base)) : undefined;
}

function followsSubject(tokens: readonly Token[], index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!before || !token || !next || isPlural(before.lower) || thirdPerson(token.lower) === undefined) return false;
  let start = index - 1;
  while (start > 0 && /^(?:noun|adj)$/.test(tokens[start - 1]?.pos ?? '')) start--;
  if (start > 0 && tokens[start - 1]?.pos === 'det') start--;
  const opens = start === 0 || /^(?:punct|conj)$/.test(tokens[start - 1]?.pos ?? '');
  if (!opens || tokens[start]?.pos !== 'det') return false;
  return next.pos === 'det' || next.lower === 'to' || (next.pos === 'noun' && isPlural(next.lower));
}

function standsAlone(token: Token, next: Token | undefined): boolean {
  const ends = !next || /^(?:punct|conj|prep)$/.test(next.pos);
  return ends && (fieldNouns.has(token.lower) || Object.hasOwn(domainNouns, token.lower));
}

function describesPerson(token: Token, next: Token): boolean {
  return !isKnownVerb(token.lower) && Object.hasOwn(domainNouns, token.lower) && personNouns.has(singular(next.lower));
}

function namesField(tokens: readonly Token[], index: number): boolean {
  const [earlier, before, token, next] = [tokens[index - 2], tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!before || !token || /(?:ing|ed)$/.test(token.lower)) return false;
  if (before.pos === 'noun' && fieldNouns.has(singular(token.lower)) && !isPlural(before.lower)) {
    return !next || /^(?:punct|conj|prep)$/.test(next.pos);
  }
  return (
    next?.pos === 'noun' &&
    fieldNouns.has(next.lower) &&
    earlier?.pos === 'det' &&
    before.pos === 'verb' &&
    /(?:ed|en)$/.test(before.lower)
  );
}

function describesContainer(tokens: readonly Token[], index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (!before || !token || !next || token.lower.endsWith('ing') || next.pos !== 'noun') return false;
  const isObject =
    before.pos === 'verb' ||
    before.pos === 'det' ||
    before.pos === 'adj' ||
    (before.pos === 'noun' && isKnownVerb(before.lower));
  return (
    isObject &&
    Object.hasOwn(domainNouns, singular(token.lower)) &&
    (containerNouns.has(next.lower) || fieldNouns.has(singular(next.lower)))
  );
}

function addsAction(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index];
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  if (!token || !before || !next || !isKnownVerb(token.lower) || isPlural(token.lower)) return false;
  if (before.lower !== ',' && before.pos !== 'conj') return false;
  if (/^(?:det|pron)$/.test(next.pos) || next.lower === 'their') return hasAction(tokens, index);
  if (next.pos !== 'noun' && next.pos !== 'adj') return false;
  let last = index + 1;
  while (last + 1 < tokens.length && last - index < 4 && tokens[last + 1]?.pos === 'noun') last++;
  const object = tokens[last]?.lower ?? '';
  const isCompound =
    Object.hasOwn(domainNouns, `${token.lower} ${singular(next.lower)}`) ||
    fieldNouns.has(singular(next.lower)) ||
    containerNouns.has(next.lower);
  if (nounOrVerb.has(token.lower) && (isCompound || !isPlural(object))) return false;
  return hasAction(tokens, index);
}

/** Whether a verb stands before, to which one more can be added. */
function hasAction(tokens: readonly Token[], index: number): boolean {
  for (let i = index - 1; i >= 0 && index - i < 60; i--) {
    const token = tokens[i];
    if (!token || /^[.;:]$/.test(token.text)) return false;
    if (token.pos === 'verb' && isKnownVerb(token.lemma) && !/^(?:have|include)$/.test(token.lemma))
      return !token.lower.endsWith('ing');
  }
  return false;
}

function isPlural(word: string): boolean {
  return /[^su]s$/.test(word) || word === 'people' || word === 'children';
}
