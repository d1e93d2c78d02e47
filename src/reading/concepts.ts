import { fieldNouns } from './lexicon-fields.ts';
import { type DomainNoun, domainNouns } from './lexicon-nouns.ts';
import {
  applicationNouns,
  containerNouns,
  doingNouns,
  emptyModifiers,
  notPersons,
  personNouns,
  roleModifiers,
  stopNouns,
} from './lexicon-words.ts';
import type { Phrase } from './phrases.ts';
import { lookup, singular, wordsOf } from './words.ts';

/** What a noun phrase is about, whatever it is called this time: "the latest blog posts" and "list of posts" are `post`. */
export interface Concept {
  /** The words joined by spaces: `menu item`. */
  readonly key: string;
  readonly words: readonly string[];
  readonly isPlural: boolean;
  /** It stood in "… information", "… records": something is kept about it. */
  readonly isKept: boolean;
  /** The verb that "… management", "… tracking" stands for. */
  readonly doing: string | undefined;
  /** "job application", "course enrollment": what the activity is about. */
  readonly about: string | undefined;
}

/** What the lexicon knows of a concept: by all its words, or by its head. */
export function knownNoun(key: string): DomainNoun | undefined {
  const entry = lookup(domainNouns, key) ?? lookup(domainNouns, key.slice(key.lastIndexOf(' ') + 1));
  if (entry?.like === undefined) return entry;
  const model = lookup(domainNouns, entry.like);
  return { ...model, ...entry, fields: entry.fields || (model?.fields ?? '') };
}

/** The name people give to the thing: `inventory` is kept as inventory items. */
export function nameOf(key: string): string {
  const direct = lookup(domainNouns, key)?.as;
  if (direct !== undefined) return direct;
  const space = key.lastIndexOf(' ');
  const head = lookup(domainNouns, key.slice(space + 1))?.as;
  if (space < 0 || head === undefined) return key;
  return head.startsWith(key.slice(space + 1)) ? `${key.slice(0, space)} ${head}` : key;
}

export function isPerson(phrase: Pick<Phrase, 'head'>): boolean {
  const word = phrase.head;
  if (personNouns.has(word)) return true;
  if (notPersons.has(word) || stopNouns.has(word) || applicationNouns.has(word) || Object.hasOwn(domainNouns, word))
    return false;
  return (
    /^[a-z-]{3,}(?:er|or|ist|ian|ee|ant|eer|man|woman|men|women)$/.test(word) &&
    !/(?:ment|ter$|tion|ance|ence|ber)/.test(word)
  );
}

export function isApplication(phrase: Phrase): boolean {
  if (phrase.head === 'application') {
    return phrase.words
      .slice(0, -1)
      .every((word) => emptyModifiers.has(word) || !Object.hasOwn(domainNouns, word) || applicationNouns.has(word));
  }
  return applicationNouns.has(phrase.head);
}

/** Who runs the application, as often as what it keeps: "company information" is mostly about oneself. */
export const hostNouns = new Set([
  'company',
  'organization',
  'organisation',
  'restaurant',
  'hotel',
  'school',
  'clinic',
  'hospital',
  'shop',
  'store',
  'club',
  'gallery',
  'farm',
  'cafe',
  'office',
  'branch',
  'community',
  'building',
  'house',
]);

const quantities = new Set([
  'list',
  'collection',
  'set',
  'number',
  'variety',
  'range',
  'type',
  'kind',
  'detail',
  'information',
  'info',
  'data',
  'history',
  'record',
  'catalog',
  'catalogue',
  'gallery',
  'selection',
  'status',
  'database',
  'directory',
  'management',
  'overview',
  'copy',
  'page',
  'series',
  'group',
  'total',
  'sort',
  'category',
  'registration',
  'creation',
  'profile',
  'lot',
  'rest',
  'tracking',
  'display',
  'library',
  'inventory',
  'log',
]);

/** "dropdown menus", "navigation links": parts of the screen. */
const interfaceWords = new Set([
  'dropdown',
  'drop-down',
  'navigation',
  'sidebar',
  'navbar',
  'header',
  'footer',
  'ui',
  'interface',
  'layout',
  'responsive',
  'background',
  'homepage',
  'home',
  'landing',
]);

export function conceptOf(phrase: Phrase): Concept | undefined {
  const isScreen = (word: string) => interfaceWords.has(word) && !(word === 'home' && phrase.head === 'team');
  if (phrase.head === '' || phrase.words.some(isScreen)) return undefined;
  if (phrase.of && quantities.has(phrase.head)) {
    const inner = conceptOf(phrase.of);
    return (
      inner && {
        ...inner,
        isKept: inner.isKept || containerNouns.has(phrase.head),
        doing: inner.doing ?? lookup(doingNouns, phrase.head),
      }
    );
  }
  const nouns = phrase.words.flatMap((word, index) =>
    index < phrase.words.length - 1 ? wordsOf(word) : wordsOf(word),
  );
  let words = nouns.filter((word, index) => index === nouns.length - 1 || !emptyModifiers.has(word));
  while (
    words.length > 1 &&
    applicationNouns.has(words[0] ?? '') &&
    words[0] !== 'project' &&
    words[0] !== 'game' &&
    words[0] !== 'store'
  )
    words = words.slice(1);
  if (words.length > 1 && roleModifiers.has(words[0] ?? '') && !Object.hasOwn(domainNouns, words.join(' ')))
    words = words.slice(1);
  let isKept = false;
  let doing: string | undefined;
  let isPlural = phrase.isPlural;
  while (words.length > 1 && !Object.hasOwn(domainNouns, words.join(' '))) {
    const last = words.at(-1) ?? '';
    const rest = words.slice(0, -1);
    const verb = lookup(doingNouns, last) ?? lookup(doingNouns, phrase.isPlural ? `${last}s` : last);
    if (!containerNouns.has(last) && verb === undefined) break;
    const previous = rest.at(-1) ?? '';
    // "winning records" are records, not winning.
    const stands =
      Object.hasOwn(domainNouns, rest.join(' ')) ||
      Object.hasOwn(domainNouns, singular(previous)) ||
      personNouns.has(singular(previous));
    if (
      !stands &&
      (phrase.adjectives.has(previous) || /ing$/.test(previous) || stopNouns.has(previous) || fieldNouns.has(previous))
    )
      break;
    words = [...rest.slice(0, -1), singular(previous)];
    isKept ||= containerNouns.has(last);
    doing ??= verb;
    // What has information is kept in numbers, unless it is no countable thing.
    isPlural ||=
      !/(?:ness|ity|ing|ism|ship|ics|ance|ence|ss)$/.test(words.at(-1) ?? '') ||
      Object.hasOwn(domainNouns, words.join(' '));
  }
  words = withoutLeadingWords(words.slice(-3), phrase);
  const head = words.at(-1) ?? '';
  if (head.length < 2 || !/^[a-z]/.test(words[0] ?? '')) return undefined;
  // "Contact information" is a part of every site.
  if (isKept && head === 'contact') return undefined;
  // "create an account" is signing up; a bank or a customer has several.
  if (words.length === 1 && head === 'account' && !phrase.isPlural) return undefined;
  const key = words.join(' ');
  const exact = Object.hasOwn(domainNouns, key);
  const isKnownHead = Object.hasOwn(domainNouns, head);
  if (!exact) {
    if (stopNouns.has(head) && !(head === 'application' && words.length > 1 && !isApplication(phrase)))
      return undefined;
    if (emptyModifiers.has(head)) return undefined;
    if (applicationNouns.has(head) && head !== 'application' && !isKnownHead) return undefined;
    if (fieldNouns.has(head) && !isKnownHead) return undefined;
    if (Object.hasOwn(doingNouns, head) && !isKnownHead) return undefined;
    if (/ing$/.test(head) && !isKnownHead) return undefined;
  } else if (stopNouns.has(key) || key === 'form') {
    // "Application", "page", "form" alone are words of the trade; the rules that need them say so.
    return undefined;
  }
  const modifier = words.slice(0, -1).join(' ');
  const isActivity = lookup(domainNouns, head)?.activity === true;
  const about = isActivity && modifier !== '' && knownNoun(modifier) ? modifier : undefined;
  return { key, words, isPlural, isKept, doing, about };
}

/** "offering opportunities" are opportunities; "employee attendance records" are attendance records. */
function withoutLeadingWords(words: readonly string[], phrase: Phrase): string[] {
  const key = words.join(' ');
  if (words.length < 2 || Object.hasOwn(domainNouns, key)) return [...words];
  const [first = '', ...rest] = words;
  if (Object.hasOwn(domainNouns, rest.join(' ')) && rest.length > 1) return rest;
  // "customer orders" are orders, whoever they belong to.
  if (personNouns.has(first) && Object.hasOwn(domainNouns, rest.join(' '))) return rest;
  const isParticiple = phrase.adjectives.has(first) && /(?:ing|ed)$/.test(first);
  return isParticiple ? rest : [...words];
}
