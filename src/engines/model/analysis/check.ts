import type { ModuleSpec } from '../../../core/module-spec.ts';
import { isReservedRoute } from '../../../reading/names.ts';
import { maxContentPages } from '../../../reading/pages.ts';
import type { Statement } from '../../../reading/sentences.ts';
import { kebabCase, plural, wordsOf } from '../../../reading/words.ts';
import { type Draft, type EntityDraft, type FieldDraft, optionsOf } from './draft.ts';
import { entityWords } from './normalize.ts';
import { isReservedEntity, isReservedMember } from './reserved-words.ts';

/** Finds what is wrong with a normalised draft, in sentences the model can act on. */

/** An application has at most this many; more is a list of words. */
export const maxDraftEntities = 40;
const maxFields = 40;
const maxRelations = 20;
const maxActors = 30;
const maxFeatures = 200;
const maxCustom = 60;
/** A unique field with fewer values leaves no room for sample records and new ones. */
const minUnique = 20;

const identifier = /^[a-z][A-Za-z0-9]{0,49}$/;
const typeName = /^[A-Z][A-Za-z0-9]{0,49}$/;

export function checkDraft(draft: Draft, modules: readonly ModuleSpec[]): string[] {
  const custom = draft.features.filter(({ kind }) => kind === 'custom').length;
  return [
    ...tooMany('entities', draft.entities.length, maxDraftEntities),
    ...tooMany('actors', draft.actors.length, maxActors),
    ...tooMany('features', draft.features.length, maxFeatures),
    ...tooMany('custom features', custom, maxCustom),
    ...tooMany('pages', draft.pages.length, maxContentPages),
    ...draft.entities.flatMap((entity) => checkEntity(entity, draft.entities)),
    ...checkCircles(draft.entities),
    ...checkFeatures(draft),
    ...checkModules(draft, modules),
    ...checkPages(draft),
    ...checkTheme(draft),
  ];
}

function tooMany(what: string, count: number, most: number): string[] {
  return count > most ? [`There are ${count} ${what}; give at most ${most}, the most important ones.`] : [];
}

function checkEntity(entity: EntityDraft, entities: readonly EntityDraft[]): string[] {
  const { name, fields, relations, titleField } = entity;
  if (!typeName.test(name)) return ['An entity has a name without Latin letters; use English words in PascalCase.'];
  const problems: string[] = [];
  if (isReservedEntity(name))
    problems.push(`The entity name "${name}" is a reserved word; use another name, such as "${name}Item".`);
  if (fields.length === 0 && relations.length === 0)
    problems.push(`The entity "${name}" has neither fields nor relations; give at least one.`);
  problems.push(...tooMany(`fields in "${name}"`, fields.length, maxFields));
  problems.push(...tooMany(`relations in "${name}"`, relations.length, maxRelations));
  problems.push(...fields.flatMap((field) => checkField(field, name)));
  if (titleField !== '' && !fields.some((field) => field.name === titleField))
    problems.push(`The titleField "${titleField}" of "${name}" is not one of its fields; name one, or leave it empty.`);
  const taken = new Map(fields.map((field) => [field.name.toLowerCase(), 'field']));
  for (const relation of relations) {
    if (!identifier.test(relation.name)) {
      problems.push(`A relation of "${name}" has a name that is no camelCase identifier.`);
      continue;
    }
    if (isReservedMember(relation.name))
      problems.push(`The relation "${name}.${relation.name}" is called by a reserved word; use another name.`);
    if (!entities.some((other) => other.name === relation.target))
      problems.push(
        `The relation "${name}.${relation.name}" points to "${relation.target}", which is not an entity; add it or leave the relation out.`,
      );
    for (const key of [relation.name, `${relation.name}Id`, `${relation.name}Ids`].map((text) => text.toLowerCase())) {
      const what = taken.get(key);
      if (what !== undefined)
        problems.push(`"${name}" has a ${what} and a relation that are both called "${relation.name}"; keep one.`);
      taken.set(key, 'relation');
    }
  }
  return problems;
}

function checkField({ name, type, unique, values = [], min, max }: FieldDraft, entity: string): string[] {
  if (!identifier.test(name)) return [`A field of "${entity}" has a name that is no camelCase identifier.`];
  const problems: string[] = [];
  if (isReservedMember(name))
    problems.push(`The field "${entity}.${name}" is called by a reserved word; use another name.`);
  if (type === 'enum' && values.length === 0)
    problems.push(`The field "${entity}.${name}" is an enum without values; list them or use another type.`);
  const [low, high] = type === 'integer' ? [whole(min, Math.ceil), whole(max, Math.floor)] : [min, max];
  if (low !== undefined && high !== undefined && low > high)
    problems.push(`The field "${entity}.${name}" has a min of ${min} and a max of ${max}: no value lies between.`);
  else if (unique && type === 'integer' && low !== undefined && high !== undefined && high - low < minUnique)
    problems.push(
      `The field "${entity}.${name}" is unique and takes only ${high - low + 1} values; make it not unique, or leave min or max out.`,
    );
  return problems;
}

function whole(bound: number | undefined, round: (value: number) => number): number | undefined {
  return bound === undefined ? undefined : round(bound);
}

/** A record that needs another one that needs the first can never be created. */
function checkCircles(entities: readonly EntityDraft[]): string[] {
  const required = new Map(
    entities.map(({ name, relations }) => [
      name,
      relations.filter((relation) => relation.required && relation.kind !== 'many-to-many').map(({ target }) => target),
    ]),
  );
  const done = new Set<string>();
  const problems: string[] = [];
  const visit = (name: string, path: readonly string[]): void => {
    const start = path.indexOf(name);
    if (start !== -1) {
      const circle = [...path.slice(start), name].join(' → ');
      problems.push(`Required relations form a circle: ${circle}. Make one of them optional.`);
      return;
    }
    if (done.has(name)) return;
    for (const target of required.get(name) ?? []) visit(target, [...path, name]);
    done.add(name);
  };
  for (const { name } of entities) visit(name, []);
  return problems;
}

function checkFeatures({ features, entities, actors }: Draft): string[] {
  const names = new Set(entities.map(({ name }) => name));
  const people = new Set(actors.map(({ name }) => name.toLowerCase()));
  return features.flatMap(({ title, kind, entity, actor, sentences }) => {
    if (title === '') return ['A feature has no title.'];
    const problems: string[] = [];
    if (entity !== '' && !names.has(entity))
      problems.push(`The feature "${title}" works on "${entity}", which is not an entity.`);
    if (entity === '' && kind !== 'custom')
      problems.push(`The feature "${title}" is of kind ${kind} and names no entity; name one or make it custom.`);
    if (actor !== '' && !people.has(actor.toLowerCase()))
      problems.push(`The feature "${title}" is done by "${actor}", who is not among the actors.`);
    if (kind === 'custom' && sentences.length === 0)
      problems.push(`No sentence asks for the custom feature "${title}"; leave it out or list the sentences.`);
    return problems;
  });
}

function checkModules({ modules = [], entities }: Draft, specs: readonly ModuleSpec[]): string[] {
  const names = new Set(entities.map(({ name }) => name));
  return modules.flatMap((module) => {
    const { id, sentences } = module;
    const spec = specs.find((candidate) => candidate.id === id);
    if (spec === undefined) return [`There is no module "${id}"; use one of the list, or a custom feature.`];
    const options = spec.options.safeParse(optionsOf(module)).error?.issues ?? [];
    return [
      ...module.entities
        .filter((name) => !names.has(name))
        .map((name) => `The module "${id}" works on "${name}", which is not an entity; add it or leave it out.`),
      ...options.map(
        ({ path, message }) => `An option of the module "${id}" is wrong: ${path.map(String).join('.')}: ${message}.`,
      ),
      ...(sentences.length === 0
        ? [`No sentence asks for the module "${id}"; leave it out or list the sentences.`]
        : []),
    ];
  });
}

function checkPages({ pages, entities }: Draft): string[] {
  const lists = new Map(entities.map(({ name }) => [kebabCase(plural(entityWords(name))), name]));
  return pages.flatMap(({ title, text }) => {
    const route = kebabCase(wordsOf(title));
    if (route === '') return [`The page "${title}" has a title without Latin letters, so it can have no address.`];
    const problems: string[] = [];
    const entity = lists.get(route);
    if (entity !== undefined)
      problems.push(`The page "${title}" would have the address of the list of "${entity}"; leave it out.`);
    if (route === 'home') problems.push('The home page is not one of the pages; put its text into "home".');
    if (text.length === 0) problems.push(`The page "${title}" has no text.`);
    return problems;
  });
}

/** The address of a page of text, below `/`. */
export function pageRoute(title: string): string {
  const route = kebabCase(wordsOf(title));
  return isReservedRoute(route) ? `${route}-page` : route;
}

function checkTheme({ theme }: Draft): string[] {
  return (['background', 'component'] as const).flatMap((part) =>
    theme[part] === '' || /^#[0-9a-f]{6}$/.test(theme[part])
      ? []
      : [`The ${part} colour "${theme[part]}" is not written like #1a2b3c.`],
  );
}

/** Checks the numbers of sentences of an answer about the sentences from `first` to before `end`. `answered` are those that need no answer. */
export function checkSentences(
  draft: Draft,
  statements: readonly Statement[],
  { first, end }: { readonly first: number; readonly end: number },
  answered: ReadonlySet<number>,
): string[] {
  const named = namedSentences(draft);
  const wrong = [...named].filter((index) => !Number.isInteger(index) || index < first || index >= end);
  const missing: number[] = [];
  for (let index = first; index < end; index++) {
    if (!named.has(index) && !answered.has(index) && statements[index]?.kind !== 'code') missing.push(index);
  }
  return [
    ...(wrong.length > 0 ? [`There is no sentence ${list(wrong)}; only ${first} to ${end - 1} are asked about.`] : []),
    ...(missing.length > 0
      ? [
          `Nothing says what becomes of sentence ${list(missing)}; list each with what covers it, or in "unmet" with the reason.`,
        ]
      : []),
  ];
}

/** Every sentence that a draft speaks of. */
export function namedSentences(draft: Draft): Set<number> {
  return new Set([
    ...[
      ...draft.actors,
      ...draft.entities,
      ...draft.features,
      ...(draft.modules ?? []),
      ...draft.pages,
      draft.home,
      draft.theme,
    ].flatMap(({ sentences }) => sentences),
    ...draft.about,
    ...draft.unmet.map(({ sentence }) => sentence),
  ]);
}

function list(numbers: readonly number[]): string {
  const shown = numbers.slice(0, 40).join(', ');
  return numbers.length > 40 ? `${shown} and ${numbers.length - 40} more` : shown;
}
