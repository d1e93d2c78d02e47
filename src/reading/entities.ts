import { hostNouns, knownNoun, nameOf } from './concepts.ts';
import type { Candidate, Evidence } from './evidence.ts';
import type { DomainNoun } from './lexicon-nouns.ts';
import { domainNouns } from './lexicon-nouns.ts';
import { applicationNouns } from './lexicon-words.ts';
import { EntityNamer, type EntityNames } from './names.ts';
import { lookup } from './words.ts';

/** Decides which of the things a text speaks of the application must store. */

/** More than this is a list of words rather than an application. */
export const maxEntities = 24;

export interface ChosenEntity extends EntityNames {
  readonly key: string;
  readonly noun: DomainNoun | undefined;
  readonly statements: readonly number[];
}

export interface Choice {
  readonly entities: readonly ChosenEntity[];
  /** From the key of a concept to the entity that stands for it. */
  readonly resolve: (key: string | undefined) => ChosenEntity | undefined;
  /** Plural labels of what was understood but left out by {@link maxEntities}, with where it was asked for. */
  readonly cut: readonly { readonly label: string; readonly statements: readonly number[] }[];
}

interface Group {
  key: string;
  members: Candidate[];
}

/** `isStatic` is a site that shows fixed text: there, only what people add or search is stored. */
export function chooseEntities(evidence: Evidence, isStatic: boolean): Choice {
  const choice = chooseSpoken(evidence, isStatic);
  if (choice.entities.length > 0 || isStatic || evidence.implied.length === 0) return choice;
  // "Build a to-do app": the text names nothing to keep, and everybody knows what such a thing keeps.
  for (const { concept, statement } of evidence.implied) evidence.note(concept, statement).stored++;
  return chooseSpoken(evidence, isStatic);
}

function chooseSpoken(evidence: Evidence, isStatic: boolean): Choice {
  const givenOf = new Map<string, number>();
  for (const { owner, isGiven } of evidence.properties) if (isGiven) givenOf.set(owner, (givenOf.get(owner) ?? 0) + 1);
  const ownersOfProperties = new Set([...givenOf.keys()]);
  const groups = merge([...evidence.candidates.values()]);
  const accepted = groups
    .map((group) => ({ group, total: sum(group.members) }))
    // The assignee that is an employee is kept as an employee.
    .filter(({ group, total }) => !evidence.roles.has(group.key) || total.defined + total.stored > 0)
    .filter(({ group, total }) =>
      isStored(
        group.key,
        total,
        isStatic,
        group.members.some(({ key }) => ownersOfProperties.has(key)),
      ),
    );
  const ranked = [...accepted].sort((a, b) => weight(b.total) - weight(a.total) || a.total.first - b.total.first);
  const kept = new Set(ranked.slice(0, maxEntities));
  const namer = new EntityNamer();
  const aliases = new Map<string, ChosenEntity>();
  const entities: ChosenEntity[] = [];
  for (const item of accepted.toSorted((a, b) => a.total.first - b.total.first)) {
    if (!kept.has(item)) continue;
    const { group, total } = item;
    const entity: ChosenEntity = {
      ...namer.next(nameOf(group.key).split(' ')),
      key: group.key,
      noun: knownNoun(group.key),
      statements: [...total.statements].sort((a, b) => a - b),
    };
    entities.push(entity);
    for (const { key } of group.members) aliases.set(key, entity);
    aliases.set(group.key, entity);
  }
  const resolve = (key: string | undefined) =>
    key === undefined ? undefined : (aliases.get(key) ?? byHead(key, entities));
  const cut = ranked
    .slice(maxEntities)
    .map(({ group, total }) => ({ label: nameOf(group.key), statements: [...total.statements] }));
  return { entities, resolve, cut };
}

/** "category" is the only entity whose head is "category", and "menu category" is that one. */
function byHead(key: string, entities: readonly ChosenEntity[]): ChosenEntity | undefined {
  const head = key.slice(key.lastIndexOf(' ') + 1);
  const matches = entities.filter((entity) => entity.key === head || (key === head && entity.key.endsWith(` ${head}`)));
  return matches.length === 1 ? matches[0] : undefined;
}

/** "blog post" and "post" are one thing; "job application" and "leave application" are two. */
function merge(candidates: readonly Candidate[]): Group[] {
  const keys = new Set(candidates.map(({ key }) => key));
  const byHeadWord = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const same = lookup(domainNouns, candidate.key)?.like;
    const name =
      (same !== undefined && keys.has(same) ? same : lookup(domainNouns, candidate.key)?.as) ?? candidate.key;
    const like = Object.hasOwn(domainNouns, name) ? name : candidate.key;
    const head = like.slice(like.lastIndexOf(' ') + 1);
    const list = byHeadWord.get(head) ?? [];
    list.push(candidate);
    byHeadWord.set(head, list);
  }
  const groups: Group[] = [];
  for (const [head, members] of byHeadWord) {
    const canonical = (key: string) => {
      const as = lookup(domainNouns, key)?.as;
      return as !== undefined && Object.hasOwn(domainNouns, as) ? as : key;
    };
    const isMeaningful = (key: string) => {
      const modifier = key.slice(0, Math.max(0, key.lastIndexOf(' ')));
      if (modifier === '') return false;
      return (
        Object.hasOwn(domainNouns, key) ||
        (knownNoun(modifier) !== undefined && !applicationNouns.has(modifier)) ||
        knownNoun(key) === undefined
      );
    };
    const compounds = new Map<string, Candidate[]>();
    const bare: Candidate[] = [];
    for (const member of members) {
      const key = canonical(member.key);
      if (key !== head && isMeaningful(key) && lookup(domainNouns, key)?.like !== head)
        compounds.set(key, [...(compounds.get(key) ?? []), member]);
      else bare.push(member);
    }
    const strong = [...compounds].filter(([, list]) => weight(sum(list)) >= 2);
    const weak = [...compounds].filter(([, list]) => weight(sum(list)) < 2).flatMap(([, list]) => list);
    if (strong.length === 0)
      groups.push({
        key: bare.length > 0 || knownNoun(head) ? shortest([...bare, ...weak], head) : (weak[0]?.key ?? head),
        members: [...bare, ...weak],
      });
    else if (strong.length === 1) {
      const [key, list] = strong[0] ?? [head, []];
      const named =
        bare.length > 0 && Object.hasOwn(domainNouns, head) && !Object.hasOwn(domainNouns, key) ? head : key;
      groups.push({ key: named, members: [...list, ...bare, ...weak] });
    } else {
      for (const [key, list] of strong) groups.push({ key, members: list });
      if (bare.length + weak.length > 0) groups.push({ key: head, members: [...bare, ...weak] });
    }
  }
  return groups.filter((group) => group.members.length > 0);
}

/** A head the lexicon knows speaks for itself; otherwise the words of the first member do. */
function shortest(members: readonly Candidate[], head: string): string {
  if (knownNoun(head) !== undefined || members.some(({ key }) => key === head)) return head;
  return members[0]?.key ?? head;
}

function sum(members: readonly Candidate[]): Candidate {
  const [first, ...rest] = members;
  if (!first) throw new RangeError('a group has members');
  const total = { ...first, statements: new Set(first.statements) };
  for (const member of rest) {
    for (const key of [
      'mentions',
      'stored',
      'searched',
      'viewed',
      'offered',
      'defined',
      'related',
      'kept',
      'plural',
    ] as const)
      total[key] += member[key];
    for (const statement of member.statements) total.statements.add(statement);
    if (member.first < total.first) Object.assign(total, { first: member.first });
  }
  return total;
}

function weight(candidate: Candidate): number {
  return (
    candidate.defined * 4 +
    candidate.stored * 3 +
    candidate.searched * 2 +
    candidate.viewed +
    candidate.offered +
    candidate.related * 2 +
    candidate.kept * 1.5 +
    candidate.mentions * 0.1 +
    (knownNoun(candidate.key) ? 1 : 0)
  );
}

function isStored(key: string, total: Candidate, isStatic: boolean, hasProperties: boolean): boolean {
  const noun = knownNoun(key);
  const { stored, searched, viewed, offered, defined, related, kept, plural } = total;
  if (defined >= 2) return true;
  if (noun?.person) {
    // Somebody who only acts is an actor. What is kept about them makes an entity.
    return (
      defined > 0 ||
      stored > 0 ||
      kept > 0 ||
      (related > 0 && key !== 'user' && !isStatic) ||
      (searched > 0 && key !== 'user')
    );
  }
  if (noun?.label !== undefined)
    return (
      defined > 0 ||
      (stored > 0 && plural > 0) ||
      (related > 0 && plural + stored > 0) ||
      (offered > 0 && plural > 0 && !isStatic) ||
      related > 1
    );
  if (hostNouns.has(key) && plural === 0 && stored === 0 && defined === 0) return false;
  if (noun?.weak) return defined > 0 || (stored > 0 && plural > 0) || stored > 1;
  if (isStatic) return stored > 0 ? noun !== undefined || plural > 0 : defined > 0 && hasProperties;
  if (noun)
    return (
      stored > 0 || defined > 0 || searched > 0 || viewed > 0 || kept > 0 || related > 0 || (offered > 0 && plural > 0)
    );
  if (defined > 0)
    return hasProperties && (stored > 0 || plural > 0 || searched > 0 || viewed > 0 || related > 0 || kept > 0);
  // Readiness, management, learning: said to be managed, and still nothing to keep in a list.
  if (/(?:ness|ism|ship|ics|ance|ence|ing)$/.test(key)) return false;
  if (stored > 0) return plural > 0 || stored > 2;
  if (searched > 0) return plural > 0 && total.mentions > 1;
  return plural > 0 && ((viewed > 0 && total.mentions > 1) || (kept > 0 && viewed + related + offered > 0));
}
