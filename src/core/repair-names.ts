import { type AccessNaming, renamedAccess, renamedRule } from './access-names.ts';
import type { BlueprintDraft, Entity } from './blueprint-draft.ts';

/** The longest name that the schema takes, with room for a number behind it. */
const maxLength = 46;
const camelName = /^[a-z][A-Za-z0-9]{0,49}$/;
const typeName = /^[A-Z][A-Za-z0-9]{0,49}$/;
const kebabName = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** New names by old ones, of one kind of item. */
type Renames = ReadonlyMap<string, string>;

/**
 * Gives names that can stand in code to entities, fields, relations, features, actors and pages that have none, wherever they are named. `no. of rooms`
 * becomes `noOfRooms`. Names that are right are kept, and the same blueprint is returned where all are.
 */
export function repairNames(blueprint: BlueprintDraft): BlueprintDraft {
  const { entities, features, actors, pages } = blueprint;
  const names = renames(
    entities.map(({ name }) => name),
    typeName,
    pascalCase,
    'Item',
  );
  const plurals = renames(
    entities.map(({ plural }) => plural),
    typeName,
    pascalCase,
    'Items',
    [...entities.map(({ name }) => names.get(name) ?? name)],
  );
  const members = new Map(entities.map((entity) => [entity.name, memberRenames(entity)] as const));
  const ids = {
    feature: renames(
      features.map(({ id }) => id),
      kebabName,
      kebabCase,
      'feature',
    ),
    actor: renames(
      actors.map(({ id }) => id),
      kebabName,
      kebabCase,
      'actor',
    ),
    page: renames(
      pages.map(({ id }) => id),
      kebabName,
      kebabCase,
      'page',
    ),
  };
  const all = [names, plurals, ...members.values(), ...Object.values(ids)];
  if (all.every((map) => map.size === 0)) return blueprint;

  const nameOf = (name: string): string => names.get(name) ?? name;
  const aboutEntity = <T extends { entity?: string | undefined }>(item: T): T =>
    item.entity === undefined ? item : { ...item, entity: nameOf(item.entity) };
  const memberOf = (text: string): string => {
    // The first of its dots that ends the name of an entity: members may have dots, which is why they are renamed.
    const entity = entities.find((candidate) => text.startsWith(`${candidate.name}.`));
    if (entity === undefined) return text;
    return `${nameOf(entity.name)}.${naming.member(entity.name, text.slice(entity.name.length + 1))}`;
  };
  /** `Post`, `Post/delete` or `Post.email`. */
  const accessed = (text: string): string => {
    if (names.has(text)) return nameOf(text);
    const entity = entities.find((candidate) => text.startsWith(`${candidate.name}/`));
    return entity === undefined ? memberOf(text) : nameOf(entity.name) + text.slice(entity.name.length);
  };
  const naming: AccessNaming = {
    member: (entity, name) => members.get(entity)?.get(name) ?? name,
    role: (actor) => ids.actor.get(actor) ?? actor,
  };
  const reference = (text: string): string => {
    const [, kind = '', name = ''] = /^(\w+):(.*)$/s.exec(text) ?? [];
    if (kind === 'entity') return `entity:${nameOf(name)}`;
    if (kind === 'access') return `access:${accessed(name)}`;
    if (kind === 'feature' || kind === 'actor' || kind === 'page') return `${kind}:${ids[kind].get(name) ?? name}`;
    return kind === 'field' || kind === 'relation' ? `${kind}:${memberOf(name)}` : text;
  };
  return {
    ...blueprint,
    entities: entities.map((entity) => {
      const own = (name: string): string => naming.member(entity.name, name);
      return {
        ...entity,
        name: nameOf(entity.name),
        plural: plurals.get(entity.plural) ?? entity.plural,
        fields: entity.fields.map((field) => ({
          ...field,
          name: own(field.name),
          ...(field.access === undefined ? {} : { access: renamedRule(field.access, entity, entities, naming) }),
        })),
        relations: entity.relations.map((relation) => ({
          ...relation,
          name: own(relation.name),
          target: nameOf(relation.target),
          inverse: camelName.test(relation.inverse) ? relation.inverse : camelCase(relation.inverse) || 'items',
        })),
        ...(entity.titleField === undefined ? {} : { titleField: own(entity.titleField) }),
        ...(entity.partOf === undefined ? {} : { partOf: own(entity.partOf) }),
        ...(entity.access === undefined ? {} : { access: renamedAccess(entity.access, entity, entities, naming) }),
        ...(entity.samples === undefined ? {} : { samples: entity.samples.map((sample) => renamedKeys(sample, own)) }),
      };
    }),
    features: features.map((item) => {
      const { actor } = item;
      const named = actor === undefined ? item : { ...item, actor: naming.role(actor) };
      return aboutEntity({ ...named, id: ids.feature.get(item.id) ?? item.id });
    }),
    actors: actors.map((item) => ({
      ...item,
      id: naming.role(item.id),
      ...(item.profile === undefined ? {} : { profile: nameOf(item.profile) }),
    })),
    pages: pages.map((item) => aboutEntity({ ...item, id: ids.page.get(item.id) ?? item.id })),
    ...(blueprint.modules === undefined
      ? {}
      : { modules: blueprint.modules.map((use) => ({ ...use, entities: use.entities.map(nameOf) })) }),
    coverage: blueprint.coverage.map((sentence) => ({ ...sentence, coveredBy: sentence.coveredBy.map(reference) })),
  };
}

function renamedKeys<T>(record: Readonly<Record<string, T>>, rename: (name: string) => string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [rename(name), value]));
}

function memberRenames({ fields, relations }: Entity): Renames {
  const names = [...fields, ...relations].map(({ name }) => name);
  return renames(names, camelName, camelCase, 'value', ['id', 'createdAt', 'updatedAt']);
}

/** New names for those that are not of a form, different from all others. */
function renames(
  names: readonly string[],
  form: RegExp,
  make: (text: string) => string,
  fallback: string,
  alsoTaken: readonly string[] = [],
): Renames {
  const taken = new Set([...alsoTaken, ...names.filter((name) => form.test(name))].map((name) => name.toLowerCase()));
  const map = new Map<string, string>();
  for (const name of names.filter((candidate) => !form.test(candidate))) {
    const made = make(name).slice(0, maxLength);
    const base = form.test(made) ? made : fallback;
    let free = base;
    for (let number = 2; taken.has(free.toLowerCase()); number += 1) free = `${base}${number}`;
    taken.add(free.toLowerCase());
    map.set(name, free);
  }
  return map;
}

/** The words of a name, without accents. */
function wordsOf(text: string): string[] {
  return text
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/['’]/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
}

function pascalCase(text: string): string {
  return wordsOf(text)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .replace(/^\d+/, '');
}

function camelCase(text: string): string {
  const name = pascalCase(text);
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function kebabCase(text: string): string {
  return wordsOf(text).join('-').toLowerCase();
}
