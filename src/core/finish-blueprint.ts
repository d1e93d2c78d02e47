import { type Blueprint, blueprintSchema, type Entity } from './blueprint.ts';
import { TakossError } from './errors.ts';
import { repairNames } from './repair-names.ts';

/**
 * Holds a finished blueprint against what it promises, whoever filled it: its schema, names that are used once, references that lead somewhere. Names
 * that cannot stand in code are repaired wherever they are used; a claim of coverage by something that is not there is taken back. Throws `internal`
 * where the rest is not right: nothing is rendered from it then.
 */
export function finishBlueprint(draft: Blueprint): Blueprint {
  const parsed = blueprintSchema.safeParse(repairNames(draft));
  const fault = parsed.success ? faultOf(parsed.data) : describe(parsed.error.issues[0]);
  if (!parsed.success || fault !== undefined) {
    const message = `The requirements were read into a design that is not valid (${fault}), so nothing was generated. This is a fault in Takoss: please report it with the log.`;
    throw new TakossError('internal', message);
  }
  return withTrueCoverage(parsed.data);
}

/** What is wrong with a blueprint that its schema cannot say, or undefined. */
function faultOf({ entities, features, pages, actors }: Blueprint): string | undefined {
  const names = new Set(entities.map(({ name }) => name));
  const missing = [...features, ...pages].find(({ entity }) => entity !== undefined && !names.has(entity));
  if (missing !== undefined) return `"${missing.id}" is about ${missing.entity}, which is not there`;
  const twice =
    repeated(entities.flatMap(({ name, plural }) => [name, plural])) ??
    repeated(features.map(({ id }) => id)) ??
    repeated(actors.map(({ id }) => id)) ??
    repeated(pages.map(({ path }) => path));
  if (twice !== undefined) return `"${twice}" is there twice`;
  for (const entity of entities) {
    const fault = entityFault(entity, entities, names);
    if (fault !== undefined) return `${entity.name}: ${fault}`;
  }
  return undefined;
}

function entityFault(
  { name, fields, relations, titleField }: Entity,
  entities: readonly Entity[],
  names: ReadonlySet<string>,
): string | undefined {
  const lost = relations.find(({ target }) => !names.has(target));
  if (lost !== undefined) return `"${lost.name}" leads to ${lost.target}, which is not there`;
  if (titleField !== undefined && !fields.some((field) => field.name === titleField)) {
    return `its title "${titleField}" is not one of its fields`;
  }
  const empty = fields.find((field) => (field.type === 'enum') !== (field.values !== undefined));
  if (empty !== undefined) return `"${empty.name}" has values that do not go with its type`;
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

/** Coverage by what is there. A sentence that loses all of it says so. */
function withTrueCoverage(blueprint: Blueprint): Blueprint {
  const { entities, features, actors, pages } = blueprint;
  const known = new Set([
    'theme:colors',
    'project:name',
    ...features.map(({ id }) => `feature:${id}`),
    ...actors.map(({ id }) => `actor:${id}`),
    ...pages.map(({ id }) => `page:${id}`),
    ...entities.flatMap(({ name, fields, relations }) => [
      `entity:${name}`,
      ...fields.map((field) => `field:${name}.${field.name}`),
      ...relations.map((relation) => `relation:${name}.${relation.name}`),
    ]),
  ]);
  if (blueprint.coverage.every(({ coveredBy }) => coveredBy.every((item) => known.has(item)))) return blueprint;
  const coverage = blueprint.coverage.map((sentence) => {
    const coveredBy = sentence.coveredBy.filter((item) => known.has(item));
    const note = coveredBy.length === 0 && sentence.note === undefined ? { note: 'It is not built.' } : {};
    return { ...sentence, coveredBy, ...note };
  });
  return { ...blueprint, coverage };
}

function describe(issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined): string {
  return issue === undefined ? 'its schema' : `${issue.path.map(String).join('.')}: ${issue.message}`;
}
