import { getTableColumns } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { Problem } from '../http/problem.ts';

/** What was done to a record when the database refused. */
export type Write = 'save' | 'delete';

/** The fields that a constraint of the database is about, by its name. */
export type ConstraintFields = ReadonlyMap<string, readonly string[]>;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const foreignKeyViolation = '23503';
const restrictViolation = '23001';
const uniqueViolation = '23505';

/** PostgreSQL cuts longer names. */
const longestName = 63;

/**
 * The unique constraints and foreign keys of a table, as the schema names them. Links to other records are in tables of
 * their own, each of which belongs to one field.
 */
export function constraintFields(
  table: PgTable,
  links: readonly (readonly [table: PgTable, field: string])[] = [],
): ConstraintFields {
  const { columns, uniqueConstraints, foreignKeys } = getTableConfig(table);
  const fields = new Map(Object.entries(getTableColumns(table)).map(([field, { name }]) => [name, field]));
  const fieldsOf = (constrained: readonly { readonly name: string }[]): string[] =>
    constrained.flatMap(({ name }) => fields.get(name) ?? []);
  const own = [
    ...columns.filter(({ isUnique }) => isUnique).map((column) => ({ name: column.uniqueName, on: [column] })),
    ...uniqueConstraints.map((constraint) => ({ name: constraint.getName(), on: constraint.columns })),
    ...foreignKeys.map((key) => ({ name: key.getName(), on: key.reference().columns })),
  ];
  const linked = links.flatMap(([linkTable, field]) =>
    getTableConfig(linkTable).foreignKeys.map((key) => ({ name: key.getName(), named: [field] })),
  );
  const all = [...own.map(({ name, on }) => ({ name, named: fieldsOf(on) })), ...linked];
  return new Map(all.map(({ name, named }) => [nameInDatabase(name), named]));
}

function nameInDatabase(name = ''): string {
  return name.slice(0, longestName);
}

/**
 * The conflict behind an error of the database, told by field, or undefined if it is something else. It goes by codes and
 * names only: the words of PostgreSQL are in the language of its server.
 */
export function toConflict(error: unknown, write: Write, fields: ConstraintFields): Problem | undefined {
  const found = databaseError(error);
  if (found === undefined) return undefined;
  const errors = (message: string) => fields.get(found.constraint)?.map((field) => ({ field, message }));
  if (found.code === uniqueViolation) {
    return new Problem(409, 'Another record has this value.', errors('This is already taken.'));
  }
  // Ids never change, so that only deleting a record can leave others without it.
  if (found.code === restrictViolation || write === 'delete') {
    return new Problem(409, 'Other records need this one. Delete or change them first.');
  }
  return new Problem(409, 'A record that this one refers to does not exist.', errors('There is no such record.'));
}

function databaseError(error: unknown): { readonly code: string; readonly constraint: string } | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!('code' in cause) || typeof cause.code !== 'string') continue;
    if (![foreignKeyViolation, restrictViolation, uniqueViolation].includes(cause.code)) continue;
    const constraint = 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : '';
    return { code: cause.code, constraint };
  }
  return undefined;
}
