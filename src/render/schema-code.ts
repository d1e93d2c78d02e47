import type { Import } from '../core/code.ts';
import { escapes } from '../emit/escape.ts';
import type { EntityView, JoinTableView, RelationView } from '../emit/project-view.ts';

/** The tables in the words of Drizzle: those of entities and those that slices bring along. */

const pgCore = 'drizzle-orm/pg-core';
const columnsModule = 'src/server/db/columns.ts';

/** What the declarations of tables and of tables with links use. */
export function schemaImports(tables: readonly EntityView[], joinTables: readonly JoinTableView[]): Import[] {
  const toOne = tables.flatMap((table) => table.toOne);
  const builders = [
    'pgTable',
    ...(toOne.length > 0 ? ['integer'] : []),
    ...(toOne.some((relation) => !relation.unique) ? ['index'] : []),
    ...(tables.some(({ oneOf }) => oneOf.length > 0) ? ['check'] : []),
    ...(joinTables.length > 0 ? ['integer', 'index', 'primaryKey'] : []),
  ];
  return [
    ...(tables.some(({ oneOf }) => oneOf.length > 0) ? [{ name: 'sql', from: 'drizzle-orm' }] : []),
    ...builders.map((name) => ({ name, from: pgCore })),
    ...(toOne.some((relation) => relation.isForward) ? [{ name: 'AnyPgColumn', from: pgCore, isType: true }] : []),
    ...['id', 'timestamps'].map((name) => ({ name, from: columnsModule })),
    ...tables.flatMap(({ fields }) => fields.flatMap(({ drizzle }) => drizzle.imports)),
  ];
}

/** The name of the constraint that every record belongs to exactly one other. */
export function oneOwner(table: string): string {
  return `${table}_one_owner`;
}

/** The declaration of a table. */
export function tableCode({ table, tableConst, fields, toOne, oneOf }: EntityView): string {
  const indexed = toOne.filter((relation) => !relation.unique);
  const columns = (indent: number): string => {
    const space = ' '.repeat(indent);
    return [
      `${space}id: id(),`,
      ...fields.map((field) => `${space}${field.name}: ${field.drizzle.code},`),
      ...toOne.map((relation) => referenceColumn(relation, indent)),
      `${space}...timestamps(),`,
    ].join('\n');
  };
  if (indexed.length === 0) return `export const ${tableConst} = pgTable('${table}', {\n${columns(2)}\n});`;
  const keys = oneOf.map((relation) => `\${table.${relation.key}}`).join(', ');
  const checks =
    oneOf.length > 0
      ? [escapes.wrap(4, 'check(', [`'${oneOwner(table)}'`, `sql\`num_nonnulls(${keys}) = 1\``], ')')]
      : [];
  const indexes = [...indexed.map((relation) => `index().on(table.${relation.key})`), ...checks];
  return [
    `export const ${tableConst} = pgTable(`,
    `  '${table}',`,
    '  {',
    columns(4),
    '  },',
    `  ${escapes.wrap(2, '(table) => [', indexes, '],')}`,
    ');',
  ].join('\n');
}

/** The declaration of a table of links. */
export function joinTableCode(join: JoinTableView): string {
  const { table, tableConst, source, target, sourceKey, sourceColumn, targetKey, targetColumn } = join;
  const constraints = [
    `primaryKey({ columns: [table.${sourceKey}, table.${targetKey}] })`,
    `index().on(table.${targetKey})`,
  ];
  return [
    `export const ${tableConst} = pgTable(`,
    `  '${table}',`,
    '  {',
    joinColumn(sourceKey, sourceColumn, source.tableConst),
    joinColumn(targetKey, targetColumn, target.tableConst),
    '  },',
    `  ${escapes.wrap(2, '(table) => [', constraints, '],')}`,
    ');',
  ].join('\n');
}

/** The property of a table that holds a foreign key, at an indent. */
function referenceColumn(relation: RelationView, indent: number): string {
  const target = relation.isForward
    ? `(): AnyPgColumn => ${relation.target.tableConst}.id`
    : `() => ${relation.target.tableConst}.id`;
  return columnChain(indent, `${relation.key}: integer('${relation.column}')`, [
    ...(relation.required ? ['.notNull()'] : []),
    ...(relation.unique ? ['.unique()'] : []),
    `.references(${target}, { onDelete: '${relation.onDelete}' })`,
  ]);
}

function joinColumn(key: string, column: string, table: string): string {
  return columnChain(4, `${key}: integer('${column}')`, [
    '.notNull()',
    `.references(() => ${table}.id, { onDelete: 'cascade' })`,
  ]);
}

/** A property whose value is a chain of calls. The formatter breaks chains of three calls and more if arguments are complex. */
function columnChain(indent: number, start: string, calls: readonly string[]): string {
  const space = ' '.repeat(indent);
  if (calls.length < 2) return `${space}${start}${calls.join('')},`;
  return `${space}${start}\n${calls.map((call) => `${space}  ${call}`).join('\n')},`;
}
