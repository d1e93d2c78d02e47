import { escapes } from '../emit/escape.ts';
import type { EntityView, JoinTableView, RelationView } from '../emit/project-view.ts';

/** The tables in the words of Drizzle: those of entities and those that slices bring along. */

/** What the declarations use of `drizzle-orm/pg-core`, and what of `columns.ts`. */
export function schemaImports(
  tables: readonly EntityView[],
  joinTables: readonly JoinTableView[],
): { readonly builders: string[]; readonly own: string[] } {
  const builders = new Set(['pgTable']);
  const own = new Set(['id', 'timestamps']);
  for (const { fields, toOne, oneOf } of tables) {
    for (const { drizzle } of fields) {
      const name = drizzle.slice(0, drizzle.indexOf('('));
      (['dateTime', 'clockTime'].includes(name) ? own : builders).add(name);
    }
    if (oneOf.length > 0) builders.add('check');
    if (toOne.length > 0) builders.add('integer');
    if (toOne.some((relation) => !relation.unique)) builders.add('index');
    if (toOne.some((relation) => relation.isForward)) builders.add('type AnyPgColumn');
  }
  if (joinTables.length > 0) for (const name of ['integer', 'index', 'primaryKey']) builders.add(name);
  return { builders: [...builders], own: [...own] };
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
      ...fields.map((field) => `${space}${field.name}: ${field.drizzle},`),
      ...toOne.map((relation) => referenceColumn(relation, indent)),
      `${space}...timestamps(),`,
    ].join('\n');
  };
  if (indexed.length === 0) return `export const ${tableConst} = pgTable('${table}', {\n${columns(2)}\n});`;
  const keys = oneOf.map((relation) => `\${table.${relation.key}}`).join(', ');
  const checks = oneOf.length > 0 ? [`check('${oneOwner(table)}', sql\`num_nonnulls(${keys}) = 1\`)`] : [];
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
