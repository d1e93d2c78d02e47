import { conceptOf } from './concepts.ts';
import { nameConcept } from './definitions.ts';
import type { Evidence } from './evidence.ts';
import { applicationNouns, personNouns } from './lexicon-words.ts';
import type { Phrase } from './phrases.ts';
import type { ReadStatement } from './reading.ts';

/** What one thing is to another: the assignee of a task is an employee, the parent of a category a category. */

const article = `(?:an?|the|one|its|their|his|her|every|each|another)`;
const being = `(?:is|must be|should be|has to be|can be|are)`;
const other = `(?:also |always |itself )?(?:an?|another|one of (?:the|our))`;
const named = `([a-z]+(?: [a-z]+)?)`;

/** "an assignee, who is an employee" */
const relative = new RegExp(String.raw`\b${article} ${named},? (?:who|which|that) ${being} ${other} ${named}`, 'gi');
/** "The author of a post is a user." */
const statement = new RegExp(
  `^(?:the|an?) ${named}(?: of (?:an?|the|each|every) [a-z ]{1,30})? ${being} ${other} ${named}$`,
  'i',
);

/** Notes which words stand for which things, and that a relation is said to be one-to-one. */
export function noteRoles(evidence: Evidence, { body, kind }: ReadStatement, index: number): void {
  if (kind === 'heading' || body.length > 500) return;
  const pairs = [...body.matchAll(relative)].map((match) => [match[1], match[2]] as const);
  const alone = statement.exec(body.replace(/[.!]$/, ''));
  if (alone) pairs.push([alone[1], alone[2]]);
  for (const [name = '', what = ''] of pairs) {
    const role = nameConcept(name);
    const target = nameConcept(what) ?? nameConcept(what.split(' ')[0] ?? '');
    if (!role || !target || role.key === target.key) continue;
    if ([role, target].some(({ words }) => isTrade(words.at(-1) ?? ''))) continue;
    evidence.note(target, index).related++;
    evidence.roles.set(role.key, target.key);
  }
  if (/\bone[- ]to[- ]one\b|\b1[:-]1\b/i.test(body)) evidence.oneToOne.add(index);
}

/** "The application is a blog" gives no role; a manager is an application in a name only. */
function isTrade(word: string): boolean {
  return applicationNouns.has(word) && !personNouns.has(word);
}

/** "an author (a user)": the key of what it is. */
export function referredTo(phrase: Phrase): string | undefined {
  const [only, ...more] = phrase.aside;
  const what = more.length > 0 ? undefined : /^(?:an?|another|one of the) ([a-z]+(?: [a-z]+)?)$/i.exec(only ?? '')?.[1];
  return what === undefined ? undefined : nameConcept(what)?.key;
}

/** "another category", said of a category: the same kind of thing in the place of a parent. */
export function isAnother(phrase: Phrase, key: string): boolean {
  return phrase.determiner === 'another' && conceptOf(phrase)?.key === key;
}
