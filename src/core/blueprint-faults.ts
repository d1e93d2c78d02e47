import { type AccessRule, accessActions } from './access.ts';
import type { Blueprint, Entity } from './blueprint.ts';
import { faultOf } from './draft-faults.ts';
import type { FieldTypeSet } from './field-type-set.ts';
import { type Origin, phrasesOf } from './phrases.ts';

/** What leads nowhere in a blueprint, which its schema cannot say, or undefined: ids, indexes, names. */
export function referenceFault(blueprint: Blueprint, types: FieldTypeSet): string | undefined {
  const { entities, actors, features, pages, theme, modules, sentences, phrases } = blueprint;
  const names = new Set(entities.map(({ name }) => name));
  const lost = phrases.find(({ sentence }) => sentence >= sentences.length);
  if (lost !== undefined) return `"${lost.text}" is of a sentence that is not there`;
  const items: readonly { readonly origin: Origin }[] = [
    ...actors,
    ...features,
    ...pages,
    ...modules,
    theme,
    ...entities,
    ...entities.flatMap(({ fields, relations }) => [...fields, ...relations]),
  ];
  if (items.some(({ origin }) => phrasesOf(origin).some((index) => index >= phrases.length))) {
    return 'an item comes from a phrase that is not there';
  }
  const nobody = actors.find(({ profile }) => profile !== undefined && !names.has(profile));
  if (nobody !== undefined) return `"${nobody.id}" is ${nobody.profile}, which is not there`;
  const twice = repeated(entities.map(({ id }) => id));
  if (twice !== undefined) return `the id "${twice}" is there twice`;
  const ids = new Set(entities.map(({ id }) => id));
  for (const module of modules) {
    const missing = module.entities.find((id) => !ids.has(id));
    if (missing !== undefined) return `the module "${module.id}" works on "${missing}", which is not there`;
  }
  for (const entity of entities) {
    const fault = entityFault(entity, blueprint);
    if (fault !== undefined) return `${entity.name}: ${fault}`;
  }
  return faultOf(blueprint, types);
}

function entityFault(entity: Entity, blueprint: Blueprint): string | undefined {
  const { fields, relations, partOf, access, samples } = entity;
  const twice = repeated([...fields, ...relations].map(({ id }) => id));
  if (twice !== undefined) return `the id "${twice}" is there twice`;
  if (partOf !== undefined && !relations.some(({ id }) => id === partOf))
    return `it is a part of "${partOf}", which is not there`;
  const rules = [...accessActions.map((action) => access[action]), ...fields.flatMap((field) => field.access ?? [])];
  const wrong = rules.map((rule) => ruleFault(rule, entity, blueprint)).find((fault) => fault !== undefined);
  if (wrong !== undefined) return wrong;
  const { publicWhen } = access;
  if (publicWhen !== undefined && !fields.some(({ id }) => id === publicWhen.field)) {
    return `"${publicWhen.field}" decides what is public, and is not one of its fields`;
  }
  const names = new Set(fields.map(({ name }) => name));
  const stray = samples.flatMap((sample) => Object.keys(sample)).find((name) => !names.has(name));
  return stray === undefined ? undefined : `a sample has "${stray}", which is not one of its fields`;
}

/** What leads nowhere in a rule of an entity, or undefined. */
export function ruleFault(
  rule: AccessRule,
  entity: Entity,
  { entities, actors }: Pick<Blueprint, 'entities' | 'actors'>,
): string | undefined {
  if (typeof rule === 'string') return undefined;
  if ('role' in rule) {
    return actors.some(({ id }) => id === rule.role) ? undefined : `"${rule.role}" has rights, and is nobody`;
  }
  let at: Entity | undefined = entity;
  for (const step of rule.via) {
    const relation: Entity['relations'][number] | undefined = at?.relations.find(({ id }) => id === step);
    if (relation === undefined) return `"${step}" leads to who has rights, and is not there`;
    at = entities.find(({ name }) => name === relation.target);
  }
  return undefined;
}

function repeated(values: readonly string[]): string | undefined {
  return values.find((value, index) => values.indexOf(value) !== index);
}
