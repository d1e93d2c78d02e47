import type { Choice, ChosenEntity } from './entities.ts';
import type { Evidence, OwnedProperty } from './evidence.ts';
import { enumFields, fieldNouns } from './lexicon-fields.ts';
import { roleModifiers } from './lexicon-words.ts';
import { type RelationPlan, RelationPlanner } from './relation-planner.ts';
import { singular } from './words.ts';

/** Decides how entities belong together: first what the text says, then what is usual. */

export interface RelationResult {
  readonly relations: readonly RelationPlan[];
  /** The properties that are no relations: what fields are made of. */
  readonly fieldsOf: ReadonlyMap<ChosenEntity, readonly OwnedProperty[]>;
  /** How many of the properties that the text gives an entity are relations. */
  readonly givenLinks: ReadonlyMap<ChosenEntity, number>;
}

export function planRelations(evidence: Evidence, choice: Choice): RelationResult {
  const planner = new RelationPlanner();
  const fieldsOf = new Map<ChosenEntity, OwnedProperty[]>(choice.entities.map((entity) => [entity, []]));
  const givenLinks = new Map<ChosenEntity, number>();
  for (const owned of evidence.properties) {
    const owner = choice.resolve(owned.owner);
    if (!owner) continue;
    const link = relationTarget(owned, owner, evidence, choice);
    if (!link) {
      fieldsOf.get(owner)?.push(owned);
      continue;
    }
    if (owned.isGiven) givenLinks.set(owner, (givenLinks.get(owner) ?? 0) + 1);
    planProperty(owned, owner, link, planner);
  }
  for (const { from: holder, to: other, kind, statement, isRequired, role } of evidence.links) {
    const from = choice.resolve(holder);
    const named = choice.resolve(other);
    const to = named ?? choice.resolve(evidence.roles.get(other));
    const called = role ?? (named ? undefined : other.split(' '));
    if (!from || !to || (from === to && holder !== other && !called)) continue;
    if (from === to && kind !== 'belongs-to') continue;
    if (kind === 'many-to-many') planner.manyToMany(from, to, statement, called);
    else if (kind === 'has-many') planner.hasMany(from, to, statement);
    else if (kind === 'belongs-to') planner.belongsTo(from, to, statement, isRequired, called);
    else planner.about(from, to, statement, isRequired);
  }
  for (const entity of choice.entities) usual(entity, choice, planner);
  return { relations: planner.finish(choice.entities, evidence.oneToOne), fieldsOf, givenLinks };
}

function planProperty(
  { property, statement, isGiven }: OwnedProperty,
  owner: ChosenEntity,
  { target, role }: Target,
  planner: RelationPlanner,
): void {
  const isMany = property.many ?? property.isPlural;
  if (!isGiven) planner.touch(owner, target, statement, role);
  else if (isMany && target === owner && !role) planner.belongsTo(owner, target, statement, false);
  else if (isMany && role) planner.manyToMany(owner, target, statement, role);
  else if (isMany) planner.hasMany(owner, target, statement);
  else if (property.one && !role && !target.noun?.label && !target.noun?.person)
    planner.hasOne(owner, target, statement);
  else planner.belongsTo(owner, target, statement, false, role);
}

interface Target {
  readonly target: ChosenEntity;
  readonly role: readonly string[] | undefined;
}

/** The entity a property stands for, if it is more than a word on the record, and what it is called there. */
function relationTarget(
  { property }: OwnedProperty,
  owner: ChosenEntity,
  evidence: Evidence,
  choice: Choice,
): Target | undefined {
  if (property.type !== undefined || property.values) return undefined;
  const words = property.words.map((word, index) => (index === property.words.length - 1 ? singular(word) : word));
  const direct = choice.resolve(property.concept);
  const isRole = words.length > 1 && roleModifiers.has(words[0] ?? '');
  // "an author (a user)", "an assignee, who is an employee"
  const spoken = choice.resolve(
    property.refers ?? (direct && !isRole ? undefined : evidence.roles.get(words.join(' '))),
  );
  if (spoken && words.join(' ') !== spoken.key) return { target: spoken, role: words };
  if (!direct) {
    // "subcategories" of a category
    const whole = /^sub-?(.{3,})$/.exec(words.join(' '))?.[1];
    return whole !== undefined && whole === owner.key ? { target: owner, role: undefined } : undefined;
  }
  const last = words.at(-1) ?? '';
  // "title" of a record is never a link; "category" and "author" are, when there are such things.
  if ((fieldNouns.has(last) || enumFields.test(last)) && direct.noun === undefined) return undefined;
  if (isRole) return { target: direct, role: words };
  return direct === owner ? undefined : { target: direct, role: undefined };
}

/** What is usual: comments are about posts, tasks belong to projects, posts have tags. */
function usual(entity: ChosenEntity, choice: Choice, planner: RelationPlanner): void {
  const { noun } = entity;
  if (!noun) return;
  const find = (key: string) =>
    choice.entities.find((other) => other.key === key) ??
    choice.entities.find((other) => other.key.endsWith(` ${key}`));
  // Who says what a thing belongs to has said it all.
  for (const parent of planner.isPlaced(entity) ? [] : (noun.parents ?? [])) {
    const target = find(parent.replace('!', ''));
    if (target && target !== entity) planner.unlessRelated(entity, target, 'many-to-one', parent.endsWith('!'));
  }
  if (noun.about && !planner.hasParentAmong(entity, noun.about.map(find))) {
    const target = noun.about.map(find).find((candidate) => candidate && candidate !== entity);
    if (target) planner.unlessRelated(entity, target, 'many-to-one', true);
  }
  for (const key of noun.many ?? []) {
    const target = find(key);
    if (target && target !== entity) planner.unlessRelated(entity, target, 'many-to-many', false);
  }
}
