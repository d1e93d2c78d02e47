import type { BlueprintDraft, Entity } from '../../core/blueprint-draft.ts';
import type { Recognised } from '../../core/module-spec.ts';
import { firstNamed, lastNamed, startOf } from './named-entities.ts';
import type { CommentOptions } from './options.ts';

/** How a text names a thing that is commented on, and how it says that it is. */
const thread = '(?:comments?|discussions?)(?:[ -](?:sections?|threads?|area|box|feed))?';
const place = '(?:on|under|underneath|below|beneath|about|beside|for|of|at the (?:end|bottom|foot) of)';
/** Words that stand between a verb and comments. */
const few =
  "(?:(?:an?|the|all|any|each|every|other|their|his|her|own|new|more|many|some|short|public|reader|user|visitor|\\w+['’]s?)\\s+){0,3}";

/** What stands after these is commented on. */
const before: readonly RegExp[] = [
  /\bcomment(?:s|ing)?\s+(?:on|under|below|beneath|about)\s+(.+)/,
  new RegExp(`\\b(?:leav|writ|post|add|mak|submit|attach)\\w*\\s+${few}${thread}\\s+(?:to|${place})\\s+(.+)`),
  new RegExp(
    `\\b(?:comments|(?:comments?|discussion)[ -](?:section|thread|area|box)s?|discussions?)\\s+${place}\\s+(.+)`,
  ),
];

const having =
  '(?:have|has|get|gets|receive|receives|collect|collects|show|shows|allow|allows|support|supports|display|displays|with|accept|accepts|include|includes|contain|contains)';
const block = '(?:comments\\b(?! field)|(?:comments?|discussion)[ -](?:section|thread|area|box)|discussions?\\b)';

/** What stands before these is commented on. */
const after: readonly RegExp[] = [
  new RegExp(
    `^(.+?)\\s+(?:(?:can|could|should|must|may|will|also|each|all)\\s+)*${having}\\s+(?:[\\w'’,-]+\\s+){0,12}?${block}`,
  ),
  /^(.+?)\s+(?:can|could|should|must|may|will)\s+(?:also\s+)?be\s+(?:commented|discussed)\b/,
  /^(.+?)\s+(?:are|is)\s+open (?:for|to) (?:comments|discussion)\b/,
];

/** "Members discuss recipes": what stands right behind it, and nothing else. */
const discussed = /\bdiscuss(?:es|ing)?\s+(?!and\b|or\b)(.+)/;

/** It is asked for, of something that is not named here. */
const plain = new RegExp(
  `\\bcommenting\\b|\\b(?:can|may|could|should|must|to|and|or)\\s+(?:also\\s+)?comment\\b|\\bpost(?:ing)?\\s+${few}comments\\b|\\b(?:leav|writ|add|allow|delet|remov|enabl|read)\\w*\\s+${few}comments?\\b|\\bcomments?[ -]section\\b`,
);

const refused =
  /\b(?:no|without|not|never|cannot|can['’]t|don['’]t|doesn['’]t|disable[ds]?|disallow\w*|forbid\w*|turned off|closed|nobody|no one|instead of|rather than)\b[^.;]*\b(?:comment|discuss)|\b(?:comment|discuss)\w*\b[^.;,]*\b(?:not|no longer|never|disabled|forbidden|turned off|closed|unwanted|unnecessary)\b/;
const later =
  /\b(?:later|eventually|some ?day|in (?:the )?future|maybe|perhaps|might|possibly|future versions?|next (?:version|phase)|phase (?:2|two)|version (?:2|two)|nice to have|out of scope|would be nice)\b/;
/** More than the module does with a comment: where the text wants that, a comment is a record of its own. */
const beyond = new RegExp(
  `\\b(?:rat|lik|up-?vot|down-?vot|vot|approv|edit|flag|report|moderat|search|filter|sort)(?:e|es|ing|s)?\\s+(?:on\\s+|for\\s+)?${few}comments?\\b|\\b(?:repl(?:y|ies)|respond|answers?)\\s+(?:to|on)\\s+${few}comments?\\b|\\bcomments?\\s+(?:can|must|should|may|are|is|need)\\s+(?:to\\s+)?(?:be\\s+)?(?:edited|liked|approved|rated|voted|flagged|reported|moderated|answered|nested)\\b`,
);
const newest =
  /\b(?:newest|latest|most recent)\b[^.;]*\bcomments?\b|\bcomments?\b[^.;]*\b(?:newest|latest|most recent)\s+(?:\w+\s+)?first\b/;

/** Finds who wants comments below what. A comment that is a field of something, or that text says not to have, asks for nothing. */
export function recogniseComments(draft: BlueprintDraft): readonly Recognised<CommentOptions>[] {
  const texts = draft.coverage.map(({ text }) => plainText(text));
  if (texts.some((text) => beyond.test(text) && !refused.test(text) && !later.test(text))) return [];
  // "A post has a title and comments": a field, where the reader took it for one.
  const subjects = draft.entities.filter(
    (entity) => !isComment(entity) && !entity.fields.some(({ name }) => name === 'comments'),
  );
  const parts = texts.flatMap((text, sentence): Found[] => {
    if (!/comment|discuss/.test(text) || later.test(text) || refused.test(text)) return [];
    const names = text.split(/[;.:!?]\s|,?\s+but\s+/).flatMap((clause) => namedIn(clause, subjects));
    if (names.length > 0) return [{ sentence, names: [...new Set(names)] }];
    return plain.test(text) ? [{ sentence, names: [] }] : [];
  });
  if (parts.length === 0) return [];
  return recognised(parts, draft, texts);
}

interface Found {
  readonly sentence: number;
  /** The entities that it names, or what it names instead. Empty where it names nothing. */
  readonly names: readonly string[];
}

function recognised(
  parts: readonly Found[],
  draft: BlueprintDraft,
  texts: readonly string[],
): readonly Recognised<CommentOptions>[] {
  const replaces = draft.entities.filter(isComment).map(({ name }) => name);
  const first = texts.some((text) => newest.test(text)) ? 'newest' : 'oldest';
  const known = new Set(draft.entities.map(({ name }) => name));
  const named = [...new Set(parts.flatMap(({ names }) => names.filter((name) => known.has(name))))];
  // "Visitors can leave comments": on what is commented on elsewhere, or on what the reader took it for.
  const { linked, only } = commentedBy(draft);
  const usual = [named, linked, only, ['Something']].find((names) => names.length > 0) ?? [];
  const isKnown = (names: readonly string[]): boolean => names.some((name) => known.has(name));
  const about = parts.map(({ sentence, names }) => ({
    options: { first } as const,
    // "Commenting on poetry": the reader may know it under another name.
    entities: names.length === 0 ? usual : isKnown(names) || linked.length === 0 ? names : linked,
    sentences: [sentence],
    replaces,
  }));
  const titles = texts.flatMap((text, index) =>
    /^(?:comments?(?: section)?|discussions?)$/.test(text) || isOrder(text) ? [index] : [],
  );
  const [head, ...others] = about;
  if (head === undefined) return [];
  return [{ ...head, sentences: [...new Set([...head.sentences, ...titles])] }, ...others];
}

/** "The newest comments come first." */
function isOrder(text: string): boolean {
  return newest.test(text) && !later.test(text) && !refused.test(text);
}

function isComment({ name }: Pick<Entity, 'name'>): boolean {
  return name === 'Comment' || name.endsWith('Comment');
}

/** What the records belong to that the reader made of comments, and the only thing that there is, people aside. */
function commentedBy({ entities, actors }: BlueprintDraft): Readonly<Record<'linked' | 'only', readonly string[]>> {
  const people = new Set(actors.flatMap(({ name, profile }) => [name.toLowerCase(), profile?.toLowerCase() ?? '']));
  const things = entities.filter(
    (entity) =>
      !isComment(entity) &&
      ![entity.label, entity.name].some((text) => people.has(text.toLowerCase())) &&
      !/^(?:User|Person|Member|Author|Reader|Visitor)$/.test(entity.name),
  );
  const targets = new Set(entities.filter(isComment).flatMap(({ relations }) => relations.map(({ target }) => target)));
  const names = things.map(({ name }) => name);
  return { linked: names.filter((name) => targets.has(name)), only: names.length === 1 ? names : [] };
}

function namedIn(clause: string, subjects: readonly Entity[]): string[] {
  const text = clause.trim().replace(/[.!?,;:]+$/, '');
  for (const pattern of before) {
    const [, rest] = pattern.exec(text) ?? [];
    if (rest === undefined) continue;
    const pronoun = /^(?:them|it|these|those|each of them|one another)\b/.test(rest);
    if (pronoun) return lastNamed(text.slice(0, text.length - rest.length), subjects);
    return firstNamed(rest, subjects);
  }
  const [, talk] = discussed.exec(text) ?? [];
  if (talk !== undefined) return startOf(talk, subjects);
  for (const pattern of after) {
    const [, rest] = pattern.exec(text) ?? [];
    if (rest !== undefined && isPlural(text)) return lastNamed(rest, subjects);
  }
  return [];
}

/** "Posts have comments"; "an order has a comment" is a field. */
function isPlural(text: string): boolean {
  return /\bcomments\b|\bdiscussions?\b|\bcomments?[ -](?:section|thread|area|box)|\bcommented\b|\bdiscussed\b/.test(
    text,
  );
}

/** Lower case, on one line, without the marks of headings and lists. */
function plainText(text: string): string {
  return text
    .toLowerCase()
    .replace(/^[\s#>*\-•\d.)]+/, '')
    .replace(/[*_`]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.:]$/, '');
}
