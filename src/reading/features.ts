import type { Actor, Feature, FeatureKind } from '../core/blueprint-draft.ts';
import type { Choice, ChosenEntity } from './entities.ts';
import type { Evidence } from './evidence.ts';
import { IdNamer } from './names.ts';
import { isCopy } from './page-copy.ts';
import type { ReadStatement } from './reading.ts';
import { unbuiltRules } from './unbuilt.ts';
import { sentenceCase, wordsOf } from './words.ts';

/** What the application does, and what the text asks for that it does not do. */

/** What every application does with every entity, and what it is said to do where the text asks for it. */
export const everyEntity: readonly FeatureKind[] = ['list', 'view', 'create', 'update', 'delete'];
export const whenAsked: readonly FeatureKind[] = ['search', 'filter', 'sort'];

/** From the verbs of the text to what the application has. */
const kindsOfVerb: Readonly<Record<string, readonly FeatureKind[]>> = {
  manage: ['list', 'create', 'update', 'delete'],
  maintain: ['list', 'create', 'update', 'delete'],
  administer: ['list', 'create', 'update', 'delete'],
  handle: ['list', 'update'],
  organize: ['list', 'update'],
  organise: ['list', 'update'],
  track: ['list', 'create', 'update'],
  monitor: ['list', 'view'],
  browse: ['list', 'view'],
  list: ['list'],
  see: ['list', 'view'],
  view: ['list', 'view'],
  read: ['view'],
  show: ['list', 'view'],
  display: ['list', 'view'],
  explore: ['list'],
  access: ['view'],
  check: ['view'],
  review: ['view'],
  compare: ['list'],
  select: ['list'],
  choose: ['list'],
  add: ['create'],
  create: ['create'],
  post: ['create'],
  publish: ['create'],
  submit: ['create'],
  write: ['create'],
  record: ['create'],
  log: ['create'],
  enter: ['create'],
  insert: ['create'],
  register: ['create'],
  upload: ['create'],
  book: ['create'],
  order: ['create'],
  reserve: ['create'],
  request: ['create'],
  schedule: ['create'],
  buy: ['create'],
  purchase: ['create'],
  report: ['create'],
  save: ['create'],
  store: ['create'],
  propose: ['create'],
  note: ['create'],
  edit: ['update'],
  update: ['update'],
  modify: ['update'],
  change: ['update'],
  approve: ['update'],
  assign: ['update'],
  mark: ['update'],
  complete: ['update'],
  cancel: ['update'],
  archive: ['update'],
  reschedule: ['update'],
  confirm: ['update'],
  issue: ['create'],
  collect: ['create'],
  plan: ['create'],
  set: ['update'],
  delete: ['delete'],
  remove: ['delete'],
  search: ['search'],
  find: ['search'],
  look: ['search'],
  query: ['search'],
  retrieve: ['view'],
  filter: ['filter'],
  sort: ['sort'],
  comment: ['create'],
  rate: ['create'],
};

type Labels = Pick<ChosenEntity, 'label' | 'pluralLabel'>;

/** `Edit a post`: the title of a feature that works on records. */
export function featureTitle(kind: FeatureKind, entity: Labels): string {
  return titles[kind]?.(entity) ?? entity.label;
}

const titles: Readonly<Record<string, (entity: Labels) => string>> = {
  list: (entity) => `List ${small(entity.pluralLabel)}`,
  view: (entity) => `View ${article(entity)}`,
  create: (entity) => `Create ${article(entity)}`,
  update: (entity) => `Edit ${article(entity)}`,
  delete: (entity) => `Delete ${article(entity)}`,
  search: (entity) => `Search ${small(entity.pluralLabel)}`,
  filter: (entity) => `Filter ${small(entity.pluralLabel)}`,
  sort: (entity) => `Sort ${small(entity.pluralLabel)}`,
};

function small(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1);
}

function article(entity: Labels): string {
  const label = small(entity.label);
  return `${/^(?:[aeio]|un(?!i)|FAQ|SMS)/.test(label) ? 'an' : 'a'} ${label}`;
}

export function planFeatures(
  evidence: Evidence,
  choice: Choice,
  statements: readonly ReadStatement[],
  actors: readonly Actor[],
  themeSentences: readonly number[],
): Feature[] {
  const ids = new IdNamer();
  const features: Feature[] = [];
  const actorIds = new Map(actors.map((actor) => [actor.name.toLowerCase(), actor.id]));
  const asked = askedFor(evidence, choice);
  for (const entity of choice.entities) {
    for (const kind of [...everyEntity, ...whenAsked]) {
      const wish = asked.get(`${entity.name} ${kind}`);
      if (!wish && whenAsked.includes(kind)) continue;
      const actor = wish?.actor === undefined ? undefined : actorIds.get(wish.actor);
      const title = featureTitle(kind, entity);
      features.push({
        id: ids.next(wordsOf(title.replace(/^(\w+) an? /, '$1 ')), 'feature'),
        title,
        kind,
        entity: entity.name,
        ...(actor === undefined ? {} : { actor }),
        built: true,
        sentences: wish ? [...wish.sentences].sort((a, b) => a - b) : [],
      });
    }
  }
  if (themeSentences.length > 0) {
    features.push({
      id: ids.next(['use', 'the', 'colors'], 'theme'),
      title: 'Use the colours asked for',
      kind: 'theme',
      built: true,
      sentences: [...themeSentences],
    });
  }
  for (const rule of unbuiltRules) {
    const sentences = statements.flatMap((statement, index) =>
      isUnbuilt(rule.pattern, statement, choice) ? [index] : [],
    );
    if (sentences.length === 0) continue;
    features.push({
      id: ids.next(wordsOf(rule.title), rule.id),
      title: sentenceCase([rule.title]),
      kind: 'custom',
      built: false,
      sentences,
    });
  }
  return features;
}

/** Whether the statement asks for what a rule describes. Code and what was stored under that name do not. */
export function isUnbuilt(pattern: RegExp, statement: ReadStatement, { entities }: Choice): boolean {
  if (statement.kind === 'code' || statement.kind === 'row' || !pattern.test(statement.body)) return false;
  // What a site says of its people is no wish.
  return entities.length > 0 || !isCopy(statement.body);
}

interface Wish {
  readonly sentences: Set<number>;
  actor: string | undefined;
}

function askedFor(evidence: Evidence, choice: Choice): Map<string, Wish> {
  const wishes = new Map<string, Wish>();
  for (const { verb, concept, actor, statement } of evidence.actions) {
    const entity = choice.resolve(concept);
    const kinds = Object.hasOwn(kindsOfVerb, verb) ? kindsOfVerb[verb] : undefined;
    if (!entity || !kinds) continue;
    for (const kind of kinds) {
      const key = `${entity.name} ${kind}`;
      const wish = wishes.get(key) ?? { sentences: new Set<number>(), actor: undefined };
      wish.sentences.add(statement);
      wish.actor ??= actor;
      wishes.set(key, wish);
    }
  }
  return wishes;
}
