import type { EntityView, FieldView, JoinTableView, ProjectView, RelationView } from '../emit/project-view.ts';
import { oneOwnerCondition } from './migration.ts';
import { oneOwner } from './schema-code.ts';

/**
 * The tables as drizzle-kit writes them down beside a migration (`migrations/meta/0000_snapshot.json`, format 7), so
 * that `drizzle-kit generate` continues from the rendered migration as if it had made it. Names of constraints and
 * indexes are those Drizzle gives by itself.
 */
export function databaseSnapshot(project: ProjectView): object {
  const { entities, joinTables, modules } = project;
  const tables = [
    ...[...entities, ...modules.flatMap((module) => module.tables)].map(entityTable),
    ...[...joinTables, ...modules.flatMap((module) => module.joinTables)].map(joinTable),
  ];
  return {
    // Any UUID will do: it is what the next snapshot calls its predecessor.
    id: '6d1c3b52-7c1e-4b53-9f0a-4f3f0c2d9a10',
    prevId: '00000000-0000-0000-0000-000000000000',
    version: '7',
    dialect: 'postgresql',
    tables: Object.fromEntries(tables.map((table) => [`public.${table.name}`, table])),
    enums: {},
    schemas: {},
    sequences: {},
    roles: {},
    policies: {},
    views: {},
    _meta: { columns: {}, schemas: {}, tables: {} },
  };
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly primaryKey: boolean;
  readonly notNull: boolean;
  readonly default?: string | boolean;
  readonly identity?: object;
}

interface Reference {
  readonly column: string;
  readonly target: EntityView;
  readonly onDelete: RelationView['onDelete'];
}

function table(
  name: string,
  columns: readonly Column[],
  references: readonly Reference[],
  constraints: {
    unique: readonly string[];
    indexed: readonly string[];
    primaryKey: readonly string[];
    checks?: readonly { readonly name: string; readonly value: string }[];
  },
) {
  const { unique, indexed, primaryKey, checks = [] } = constraints;
  return {
    name,
    schema: '',
    columns: byName(columns),
    indexes: byName(indexed.map((column) => index(name, column))),
    foreignKeys: byName(references.map((reference) => foreignKey(name, reference))),
    compositePrimaryKeys: byName(
      primaryKey.length > 0 ? [{ name: `${name}_${primaryKey.join('_')}_pk`, columns: primaryKey }] : [],
    ),
    uniqueConstraints: byName(
      unique.map((column) => ({ name: `${name}_${column}_unique`, nullsNotDistinct: false, columns: [column] })),
    ),
    policies: {},
    checkConstraints: byName(checks),
    isRLSEnabled: false,
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): Record<string, T> {
  return Object.fromEntries(items.map((item) => [item.name, item]));
}

function entityTable(entity: EntityView) {
  const references = entity.toOne.map(keyOf);
  return table(
    entity.table,
    [
      identity(entity.table),
      ...entity.fields.map(fieldColumn),
      ...entity.toOne.map((relation) => column(keyOf(relation).column, 'integer', relation.required)),
      { ...column('created_at', 'timestamp with time zone', true), default: 'now()' },
      { ...column('updated_at', 'timestamp with time zone', true), default: 'now()' },
    ],
    references,
    {
      unique: [
        ...entity.fields.filter((field) => field.unique).map((field) => field.column),
        ...entity.toOne.filter((relation) => relation.unique).map((relation) => keyOf(relation).column),
      ],
      indexed: entity.toOne.filter((relation) => !relation.unique).map((relation) => keyOf(relation).column),
      primaryKey: [],
      checks: entity.oneOf.length > 0 ? [{ name: oneOwner(entity.table), value: oneOwnerCondition(entity) }] : [],
    },
  );
}

function keyOf(relation: RelationView): Reference {
  return { column: relation.column ?? '', target: relation.target, onDelete: relation.onDelete };
}

function joinTable(join: JoinTableView) {
  const { sourceColumn, targetColumn } = join;
  return table(
    join.table,
    [column(sourceColumn, 'integer', true), column(targetColumn, 'integer', true)],
    [
      { column: sourceColumn, target: join.source, onDelete: 'cascade' },
      { column: targetColumn, target: join.target, onDelete: 'cascade' },
    ],
    { unique: [], indexed: [targetColumn], primaryKey: [sourceColumn, targetColumn] },
  );
}

function column(name: string, type: string, notNull: boolean): Column {
  return { name, type, primaryKey: false, notNull };
}

function fieldColumn(field: FieldView) {
  const base = column(field.column, field.sqlType, field.required);
  return field.fallback === undefined ? base : { ...base, default: field.fallback };
}

function identity(tableName: string) {
  return {
    name: 'id',
    type: 'integer',
    primaryKey: true,
    notNull: true,
    identity: {
      type: 'always',
      name: `${tableName}_id_seq`,
      schema: 'public',
      increment: '1',
      startWith: '1',
      minValue: '1',
      maxValue: '2147483647',
      cache: '1',
      cycle: false,
    },
  };
}

function index(tableName: string, columnName: string) {
  return {
    name: `${tableName}_${columnName}_index`,
    columns: [{ expression: columnName, isExpression: false, asc: true, nulls: 'last' }],
    isUnique: false,
    concurrently: false,
    method: 'btree',
    with: {},
  };
}

function foreignKey(tableName: string, { column: from, target, onDelete }: Reference) {
  return {
    name: `${tableName}_${from}_${target.table}_id_fk`,
    tableFrom: tableName,
    tableTo: target.table,
    columnsFrom: [from],
    columnsTo: ['id'],
    onDelete,
    onUpdate: 'no action',
  };
}
