import type { BlueprintDraft, Entity, ModuleUse } from './blueprint-draft.ts';
import type { FieldTypeSet } from './field-type-set.ts';

/** What a draft and a blueprint have in common. */
interface Named {
  readonly entities: readonly NamedEntity[];
  readonly features: readonly Pick<BlueprintDraft['features'][number], 'id' | 'entity'>[];
  readonly pages: readonly Pick<BlueprintDraft['pages'][number], 'id' | 'entity' | 'path'>[];
  readonly actors: readonly Pick<BlueprintDraft['actors'][number], 'id'>[];
  readonly modules?: readonly Pick<ModuleUse, 'id'>[] | undefined;
}

type NamedEntity = Pick<Entity, 'name' | 'plural' | 'fields' | 'relations' | 'titleField'>;

/** What is wrong with a draft that its schema cannot say, or undefined. */
export function draftFault(draft: BlueprintDraft, types: FieldTypeSet): string | undefined {
  const names = new Set(draft.entities.map(({ name }) => name));
  for (const { id, entities } of draft.modules ?? []) {
    const missing = entities.find((name) => !names.has(name));
    if (missing !== undefined) return `the module "${id}" works on ${missing}, which is not there`;
  }
  return faultOf(draft, types);
}

/** What is wrong with a draft or a blueprint that its schema cannot say, or undefined. */
export function faultOf(
  { entities, features, pages, actors, modules = [] }: Named,
  types: FieldTypeSet,
): string | undefined {
  const names = new Set(entities.map(({ name }) => name));
  const missing = [...features, ...pages].find(({ entity }) => entity !== undefined && !names.has(entity));
  if (missing !== undefined) return `"${missing.id}" is about ${missing.entity}, which is not there`;
  const twice =
    repeated(entities.flatMap(({ name, plural }) => [name, plural])) ??
    repeated(features.map(({ id }) => id)) ??
    repeated(actors.map(({ id }) => id)) ??
    repeated(modules.map(({ id }) => id)) ??
    repeated(pages.map(({ path }) => path));
  if (twice !== undefined) return `"${twice}" is there twice`;
  for (const entity of entities) {
    const fault = fieldFault(entity, types) ?? entityFault(entity, entities, names);
    if (fault !== undefined) return `${entity.name}: ${fault}`;
  }
  return undefined;
}

function fieldFault({ fields }: NamedEntity, types: FieldTypeSet): string | undefined {
  const unknown = fields.find(({ type }) => !types.has(type));
  if (unknown !== undefined) {
    return `"${unknown.name}" is a "${unknown.type}", which is no type of field: give it one of ${types.ids.join(', ')}`;
  }
  const empty = fields.find((field) => types.takesValues(field.type) !== (field.values !== undefined));
  return empty === undefined ? undefined : `"${empty.name}" has values that do not go with its type`;
}

function entityFault(
  { name, fields, relations, titleField }: NamedEntity,
  entities: readonly NamedEntity[],
  names: ReadonlySet<string>,
): string | undefined {
  const lost = relations.find(({ target }) => !names.has(target));
  if (lost !== undefined) return `"${lost.name}" leads to ${lost.target}, which is not there`;
  if (titleField !== undefined && !fields.some((field) => field.name === titleField)) {
    return `its title "${titleField}" is not one of its fields`;
  }
  const inverses = entities.flatMap((other) =>
    other.relations.filter(({ target }) => target === name).map(({ inverse }) => inverse),
  );
  const twice = repeated([
    ...fields.map((field) => field.name),
    ...relations.map((relation) => relation.name),
    ...inverses,
  ]);
  return twice === undefined ? undefined : `"${twice}" is there twice`;
}

/** Columns and files on some machines know no difference between upper and lower case. */
function repeated(values: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return values.find((value) => {
    const key = value.toLowerCase();
    return seen.has(key) || !seen.add(key);
  });
}
