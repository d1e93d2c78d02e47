import type { EntityView, JoinTableView, ProjectView } from '../emit/project-view.ts';
import { oneOwner } from './schema-code.ts';

/** The first migration, statement by statement, in the words in which drizzle-kit would write it. */
export function migrationStatements(project: ProjectView): string[] {
  const tables = [...project.entitiesByDependency, ...project.modules.flatMap((module) => module.tables)];
  const joinTables = [...project.joinTables, ...project.modules.flatMap((module) => module.joinTables)];
  const keys = [...tables.flatMap(entityKeys), ...joinTables.flatMap(joinKeys)];
  return [
    ...tables.map(createEntityTable),
    ...joinTables.map(createJoinTable),
    ...keys.map(addForeignKey),
    ...keys.filter((key) => key.isIndexed).map(createIndex),
  ];
}

interface ForeignKey {
  readonly table: string;
  readonly column: string;
  readonly target: string;
  readonly onDelete: string;
  readonly isIndexed: boolean;
}

function entityKeys(entity: EntityView): ForeignKey[] {
  return entity.toOne.map((relation) => ({
    table: entity.table,
    column: relation.column ?? '',
    target: relation.target.table,
    onDelete: relation.onDelete,
    // A unique constraint brings its own index.
    isIndexed: !relation.unique,
  }));
}

function joinKeys(join: JoinTableView): ForeignKey[] {
  const both = { table: join.table, onDelete: 'cascade' };
  return [
    // The primary key serves look-ups by its first column.
    { ...both, column: join.sourceColumn, target: join.source.table, isIndexed: false },
    { ...both, column: join.targetColumn, target: join.target.table, isIndexed: true },
  ];
}

function createEntityTable(entity: EntityView): string {
  const { table } = entity;
  const unique = [...entity.fields, ...entity.toOne].filter((item) => item.unique).map((item) => item.column ?? '');
  return createTable(table, [
    `"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "${table}_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1)`,
    ...entity.fields.map((field) => {
      const fallback = field.fallback === undefined ? '' : ` DEFAULT ${field.fallback}`;
      return `"${field.column}" ${field.sqlType}${fallback}${field.required ? ' NOT NULL' : ''}`;
    }),
    ...entity.toOne.map((relation) => `"${relation.column}" integer${relation.required ? ' NOT NULL' : ''}`),
    '"created_at" timestamp with time zone DEFAULT now() NOT NULL',
    '"updated_at" timestamp with time zone DEFAULT now() NOT NULL',
    ...unique.map((column) => `CONSTRAINT "${table}_${column}_unique" UNIQUE("${column}")`),
    ...(entity.oneOf.length > 0 ? [`CONSTRAINT "${oneOwner(table)}" CHECK (${oneOwnerCondition(entity)})`] : []),
  ]);
}

/** The condition that every record belongs to exactly one other, in SQL. */
export function oneOwnerCondition({ table, oneOf }: EntityView): string {
  return `num_nonnulls(${oneOf.map(({ column }) => `"${table}"."${column}"`).join(', ')}) = 1`;
}

function createJoinTable({ table, sourceColumn, targetColumn }: JoinTableView): string {
  return createTable(table, [
    `"${sourceColumn}" integer NOT NULL`,
    `"${targetColumn}" integer NOT NULL`,
    `CONSTRAINT "${table}_${sourceColumn}_${targetColumn}_pk" PRIMARY KEY("${sourceColumn}","${targetColumn}")`,
  ]);
}

function createTable(name: string, lines: readonly string[]): string {
  return `CREATE TABLE "${name}" (\n${lines.map((line) => `\t${line}`).join(',\n')}\n);`;
}

function addForeignKey({ table, column, target, onDelete }: ForeignKey): string {
  const name = `${table}_${column}_${target}_id_fk`;
  return `ALTER TABLE "${table}" ADD CONSTRAINT "${name}" FOREIGN KEY ("${column}") REFERENCES "public"."${target}"("id") ON DELETE ${onDelete} ON UPDATE no action;`;
}

function createIndex({ table, column }: ForeignKey): string {
  return `CREATE INDEX "${table}_${column}_index" ON "${table}" USING btree ("${column}");`;
}
