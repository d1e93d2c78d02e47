import type { ChosenEntity } from './entities.ts';
import { listedParts, placeholder, quotedText } from './page-copy.ts';
import type { ReadStatement } from './reading.ts';
import { plural, sentenceCase, singular, wordsOf } from './words.ts';

/** The pages of text that requirements name: "an About page", "sections for pricing and news". */

export interface Section {
  readonly title: string;
  /** The statements that ask for it. */
  readonly found: number[];
}

interface SectionName {
  readonly title: string;
  readonly pattern: RegExp;
  /** What is said where the text does not say what belongs on it. */
  readonly empty?: string;
}

/** Names of sections that sites have, as patterns to their titles. */
const sectionNames: readonly SectionName[] = [
  {
    title: 'About',
    empty: 'An introduction will be here.',
    pattern:
      /\babout(?: us| me| page| section|\b(?=[,.;]| and\b|$))|\b(?:introduction|biography|company profile|background|basic information|life experiences?|(?:team|company|personal|self)[ -]introductions?)\b/i,
  },
  { title: 'Services', pattern: /\bservices?\b/i },
  { title: 'Projects', pattern: /\bprojects?(?: showcase| cases?)?\b|\bcase studies\b/i },
  { title: 'Works', pattern: /\b(?:design |art)?works\b(?=.*\bportfolio|\W)|\bportfolio pieces\b/i },
  { title: 'Skills', pattern: /\bskills?\b/i },
  {
    title: 'Experience',
    pattern: /\b(?:work|professional) experience\b|\bexperience section\b|\bemployment history\b/i,
  },
  { title: 'Education', pattern: /\beducation (?:section|page|history)\b|\beducation\b(?=[,.;]| and\b)/i },
  { title: 'Achievements', pattern: /\b(?:achievements?|honou?rs|awards?)\b/i },
  {
    title: 'Team',
    empty: 'The team will be introduced here.',
    pattern: /\b(?:our|the) team\b|\bteam (?:members|page|section|information)\b/i,
  },
  { title: 'Gallery', empty: 'Pictures will be here.', pattern: /\b(?:photo |image )?galler(?:y|ies)\b/i },
  { title: 'Testimonials', pattern: /\btestimonials?\b/i },
  { title: 'Pricing', empty: 'Prices will be here.', pattern: /\bpricing\b|\bprice list\b/i },
  {
    title: 'Menu',
    empty: 'The menu will be here.',
    pattern: /\b(?:our|the|food|drinks?) menu\b|\bmenu (?:page|section)\b/i,
  },
  { title: 'Opening hours', pattern: /\b(?:opening|business) hours\b/i },
  { title: 'FAQ', empty: 'Questions and answers will be here.', pattern: /\bfaqs?\b|\bfrequently asked questions\b/i },
  { title: 'News', pattern: /\bnews\b/i },
  { title: 'Mission', empty: 'The mission will be here.', pattern: /\bmission(?: statement)?\b/i },
  {
    title: 'History',
    empty: 'The history will be here.',
    pattern: /\b(?:our|company) history\b|\bhistory (?:page|section)\b/i,
  },
  {
    title: 'Privacy policy',
    empty: 'The privacy policy will be here.',
    pattern: /\bprivacy (?:policy|page|notice)\b/i,
  },
  { title: 'Terms', empty: 'The terms will be here.', pattern: /\bterms (?:and conditions|of service|of use)\b/i },
  {
    title: 'Contact',
    empty: 'Contact details will be here.',
    pattern: /\bcontact(?: us| me| page| section| information| details| info)?\b|\bget in touch\b/i,
  },
];

const namedPage = /\b((?:[a-z][\w-]*\s){0,2}?[a-z][\w-]*) (?:page|section)s?\b/gi;
const pageList =
  /\b(?:(?:pages?|sections?|tabs?)\b,? (?:such as|like|including|namely|for|called|named)|(?:pages|sections|tabs)(?::| are:?))\s+((?:[\w'&-]+(?: [\w'&-]+){0,2}(?:, (?:and |or )?| and | or |$|\.))+)/i;

/** Pages that every application has already, or that rules cannot write. */
const notContent =
  /^(?:home|homepage|main|landing|index|front|start|list|detail|details|edit|create|new|log ?in|sign ?(?:in|up)|register|registration|dashboard|admin|settings|profile|search|results?|checkout|cart|web|site|website|single|each|every|all|same|one|own|this|that|the|a|an|first|multiple|different|separate|various|user|product|activity|error|404|other|these|those|game|background|next|previous|current|whole|entire|full|any|both|header|footer|hero|content|following|include|including|with \w+)$/i;

/** The sections that a text asks for, in its order; none that is an entity. */
export function sectionsOf(
  statements: readonly ReadStatement[],
  entities: readonly ChosenEntity[],
  theme: ReadonlySet<number>,
): Section[] {
  const found = new Map<string, Section>();
  const stored = new Set(
    entities.flatMap((entity) => [
      entity.label.toLowerCase(),
      entity.pluralLabel.toLowerCase(),
      entity.key,
      plural(entity.key.split(' ')).join(' '),
    ]),
  );
  const add = (title: string, index: number) => {
    const key = title.toLowerCase();
    if (stored.has(key) || stored.has(singular(key))) return;
    const known = found.get(key) ?? { title, found: [] };
    if (!known.found.includes(index)) known.found.push(index);
    found.set(key, known);
  };
  for (const [index, statement] of statements.entries()) {
    if (statement.kind === 'code' || theme.has(index)) continue;
    // "pages: integer" is a property of a book.
    if (/^\W*pages?\s*[:(]\s*(?:int|num|whole|opt|req)/i.test(statement.body)) continue;
    const explicit = explicitTitles(instructionOf(statement.body));
    for (const title of explicit) add(title, index);
    // A site that stores nothing consists of what it tells.
    if (entities.length === 0 && statement.kind !== 'row' && explicit.length === 0) {
      for (const { title, pattern } of sectionNames) if (pattern.test(instructionOf(statement.body))) add(title, index);
    }
  }
  return [...found.values()].filter(({ title }) => wordsOf(title).length > 0);
}

/** The statement without the text it gives: "about" in somebody's story names no page. */
function instructionOf(body: string): string {
  return quotedText(body).length === 0 ? body : body.replace(/"[^"]*"/g, '').replace(/:\s.*$/, '');
}

function explicitTitles(body: string): string[] {
  const named = [...body.matchAll(namedPage)].map((match) => (match[1] ?? '').split(' ').at(-1) ?? '');
  const listed = pageList.exec(body)?.[1]?.split(/,\s*(?:and |or )?|\s+and\s+|\s+or\s+/) ?? [];
  const titles = [...named, ...listed].flatMap((written, index) => {
    const name = written
      .replace(/^(?:an?|the)\s+/i, '')
      .replace(/[.\s]+$/, '')
      .trim();
    if (name === '' || name.length >= 30 || notContent.test(name)) return [];
    const section = sectionNames.find(({ pattern }) => pattern.test(name));
    if (section) return [section.title];
    const words = wordsOf(name);
    return index >= named.length && words.length <= 3 ? [sentenceCase(words)] : [];
  });
  return [...new Set(titles)];
}

/** What a statement says is to be on the section, up to where it names the next one. */
export function partsOf({ title }: Section, body: string): string[] {
  const mentions = [...body.matchAll(namedPage)].map((match) => ({
    name: (match[1] ?? '').split(' ').at(-1) ?? '',
    from: match.index,
    end: match.index + match[0].length,
  }));
  return mentions.flatMap(({ name, end }, index) => {
    const section = sectionNames.find(({ pattern }) => pattern.test(name));
    if ((section?.title ?? sentenceCase(wordsOf(name))) !== title) return [];
    return listedParts(
      body.slice(end, mentions[index + 1]?.from).replace(/,?\s+(?:and|or|plus)\s+(?:an?|the)?\s*$/i, ''),
    );
  });
}

/** What stands on a section of which the text says nothing more than its name. */
export function emptyText(title: string): string {
  return sectionNames.find((section) => section.title === title)?.empty ?? placeholder([title]);
}
