import type { Relation } from '../core/blueprint.ts';
import type { InverseView, JoinTableView, RelationView } from '../emit/project-view.ts';
import type { EntityDraft } from './entity-draft.ts';
import type { TableNames } from './entity-views.ts';
import { camel, filterParameter, NameSpace, pascal, plural, snake } from './names.ts';

interface Held {
  readonly source: EntityDraft;
  readonly target: EntityDraft;
  readonly relation: Relation;
  readonly required: boolean;
}

/** A view whose circular parts are filled in once its partner exists. */
type Draft<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Resolves every relation in both directions and puts the entities in an order in which each comes after those it
 * requires, and if possible after those it may refer to. A relation to an entity that the blueprint does not have is left out.
 */
export function linkRelations(entities: readonly EntityDraft[]): Linked {
  return link(entities, [], {
    tables: new NameSpace(entities.map((entity) => entity.table)),
    constants: new NameSpace(entities.flatMap((entity) => [entity.tableConst, entity.camel, entity.camelPlural])),
  });
}

/**
 * The same for the tables of a slice, whose relations may lead to each other and to the project's entities. The entities learn
 * nothing of it: their screens and lists stay as they are.
 */
export function linkTables(
  tables: readonly EntityDraft[],
  entities: readonly EntityDraft[],
  names: TableNames,
): Linked {
  return link(tables, entities, names);
}

interface Linked {
  readonly joinTables: JoinTableView[];
  readonly byDependency: EntityDraft[];
}

function link(
  entities: readonly EntityDraft[],
  others: readonly EntityDraft[],
  { tables, constants }: TableNames,
): Linked {
  const byName = new Map([...others, ...entities].map((entity) => [entity.name, entity]));
  const stated = entities.flatMap((source) =>
    source.source.relations.flatMap((relation) => {
      const target = byName.get(relation.target);
      return target === undefined ? [] : [{ source, target, relation }];
    }),
  );
  const requirements = new Map<EntityDraft, Set<EntityDraft>>(entities.map((entity) => [entity, new Set()]));
  const held = stated.map((item): Held => ({ ...item, required: require(requirements, item) }));
  const inverseNames = new Map(entities.map((entity) => [entity, new NameSpace()]));
  const joinTables: JoinTableView[] = [];
  for (const item of held) {
    const relation = viewRelation(item, held);
    const inverse = viewInverse(item, relation, inverseNames);
    relation.inverse = inverse;
    if (relation.isMany) {
      relation.joinTable = viewJoinTable(item, relation, tables, constants);
      joinTables.push(relation.joinTable);
    }
    item.source.relations.push(relation);
    (relation.isMany ? item.source.toMany : item.source.toOne).push(relation);
    if (isOneOf(item)) item.source.oneOf.push(relation);
    if (!others.includes(item.target)) item.target.inverses.push(inverse);
  }
  const byDependency = order(entities, withWishes(requirements, held)).filter((entity) => !others.includes(entity));
  for (const { relation } of byDependency.flatMap((entity) => entity.inverses)) {
    (relation as Draft<RelationView>).isForward =
      byDependency.indexOf(relation.target as EntityDraft) >= byDependency.indexOf(relation.source as EntityDraft);
  }
  return { joinTables, byDependency };
}

/** Whether the relation can be required, and remembers that it is: never of itself, and never in a circle. */
function require(
  requirements: Map<EntityDraft, Set<EntityDraft>>,
  { source, target, relation }: { source: EntityDraft; target: EntityDraft; relation: Relation },
): boolean {
  if (!relation.required) return false;
  // A list of at least one needs nothing of the order: rows of a join table come last.
  if (relation.kind === 'many-to-many') return source !== target;
  if (reaches(requirements, target, source)) return false;
  requirements.get(source)?.add(target);
  return true;
}

function reaches(requirements: Map<EntityDraft, Set<EntityDraft>>, from: EntityDraft, to: EntityDraft): boolean {
  return from === to || [...(requirements.get(from) ?? [])].some((next) => reaches(requirements, next, to));
}

/** Adds the optional relations, as far as they do not make a circle: their targets had better come first too. */
function withWishes(
  requirements: ReadonlyMap<EntityDraft, ReadonlySet<EntityDraft>>,
  held: readonly Held[],
): Map<EntityDraft, Set<EntityDraft>> {
  const wishes = new Map([...requirements].map(([entity, required]) => [entity, new Set(required)]));
  for (const { source, target, relation } of held) {
    if (relation.kind !== 'many-to-many' && !reaches(wishes, target, source)) wishes.get(source)?.add(target);
  }
  return wishes;
}

function order(entities: readonly EntityDraft[], requirements: Map<EntityDraft, Set<EntityDraft>>): EntityDraft[] {
  const ordered = new Set<EntityDraft>();
  const visit = (entity: EntityDraft): void => {
    if (ordered.has(entity)) return;
    for (const required of requirements.get(entity) ?? []) visit(required);
    ordered.add(entity);
  };
  entities.forEach(visit);
  return [...ordered];
}

function viewRelation({ source, target, relation, required }: Held, all: readonly Held[]): Draft<RelationView> {
  const isMany = relation.kind === 'many-to-many';
  const names = jsonNames(source, target, relation, isMany);
  return {
    blueprintName: relation.name,
    kind: relation.kind,
    isMany,
    isSelf: source === target,
    isForward: source === target,
    label: relation.label,
    fieldLabel: isMany ? pluralLabel(relation, target) : relation.label,
    required,
    unique: relation.kind === 'one-to-one',
    source,
    target,
    ...names,
    column: isMany ? undefined : source.columns.claim(`${snake(relation.name)}_id`, '_ref'),
    joinTable: undefined,
    onDelete: onDelete({ source, target, relation, required }, all),
    // Filled in by linkRelations before anyone sees it.
    inverse: { name: '', label: '', isMany: true, source, relation: undefined as never },
  };
}

function jsonNames(source: EntityDraft, target: EntityDraft, relation: Relation, isMany: boolean) {
  if (!isMany) {
    const expanded = source.names.claim(relation.name, 'Ref');
    const key = source.names.claim(`${expanded}Id`, 'Ref');
    return { key, expanded, filterParam: filterParameter(key) };
  }
  const isTarget = relation.name === camel(target.name) || relation.name === camel(target.source.plural);
  const singular = isTarget ? camel(target.name) : relation.name;
  const expanded = source.names.claim(isTarget ? camel(target.source.plural) : pluralOf(relation.name, target), 'Ref');
  const key = source.names.claim(`${singular}Ids`, 'Ref');
  return { key, expanded, filterParam: source.names.claim(`${singular}Id`, 'Ref') };
}

/** `relatedPost` → `relatedPosts`, with the target's own plural where the name ends like the target's. */
function pluralOf(name: string, target: EntityDraft): string {
  const ending = pascal(target.name);
  return name.endsWith(ending) ? name.slice(0, -ending.length) + target.source.plural : plural(name);
}

function pluralLabel(relation: Relation, target: EntityDraft): string {
  const label = relation.label;
  const singular = target.label.toLowerCase();
  const many = target.pluralLabel;
  if (label.toLowerCase().endsWith(many.toLowerCase())) return label;
  if (label.toLowerCase() === singular) return many;
  if (label.toLowerCase().endsWith(` ${singular}`)) return label.slice(0, -singular.length) + many.toLowerCase();
  return plural(label);
}

/** Whether the records belong to what the relation leads to, or to what another of the same table does. */
function isOneOf({ source, relation }: Pick<Held, 'source' | 'relation'>): boolean {
  return source.source.belongsToOneOf?.includes(relation.id) ?? false;
}

function onDelete({ source, target, relation, required }: Held, all: readonly Held[]): RelationView['onDelete'] {
  if (relation.kind === 'many-to-many' || isOneOf({ source, relation })) return 'cascade';
  if (!required) return 'set null';
  const firstRequired = all.find(
    (item) => item.source === source && item.required && item.relation.kind !== 'many-to-many',
  );
  const isReferredTo = all.some(
    (item) => item.target === source && item.source !== source && item.relation.kind !== 'many-to-many',
  );
  return firstRequired?.relation === relation && firstRequired.target === target && !isReferredTo
    ? 'cascade'
    : 'restrict';
}

function viewInverse(item: Held, relation: RelationView, names: Map<EntityDraft, NameSpace>): InverseView {
  const isMany = item.relation.kind !== 'one-to-one';
  const name = names.get(item.target)?.claim(item.relation.inverse) ?? item.relation.inverse;
  const own = item.relation.inverse.toLowerCase();
  const isPlain = [camel(item.source.name), camel(item.source.source.plural)].some(
    (form) => form.toLowerCase() === own,
  );
  const noun = isMany ? item.source.pluralLabel : item.source.label;
  return { name, label: isPlain ? noun : humanize(item.relation.inverse), isMany, source: item.source, relation };
}

/** `writtenPosts` → `Written posts`. */
function humanize(name: string): string {
  return pascal(snake(name).replaceAll('_', ' '));
}

function viewJoinTable(
  { source, target, relation }: Held,
  view: RelationView,
  tables: NameSpace,
  constants: NameSpace,
): JoinTableView {
  const sourceName = camel(source.name);
  const targetName = relation.name;
  const name = `${camel(source.name)}${pascal(view.expanded)}`;
  const keys = new NameSpace();
  const columns = new NameSpace();
  return {
    table: tables.claim(snake(name).slice(0, 40)),
    tableConst: constants.claim(name, 'Links'),
    source,
    target,
    relation: view,
    sourceColumn: columns.claim(`${snake(sourceName)}_id`),
    sourceKey: keys.claim(`${sourceName}Id`),
    targetColumn: columns.claim(`${snake(targetName)}_id`, '_ref'),
    targetKey: keys.claim(`${targetName}Id`, 'Ref'),
  };
}
