import { type Escapes, escapes } from './escape.ts';
import { migrationStatements } from './migration.ts';
import { databaseSnapshot } from './snapshot.ts';
import { changedValue, otherUnique, wrongValue } from './test-values.ts';
import type { EntityView, FieldView, ProjectView, RelationView, SeedRecord } from './view-model.ts';

/** What templates of code use besides the escapes. */
export interface Helpers extends Escapes {
  /** `a post`, `an order`. */
  article(noun: string): string;
  /** With the first letter as a capital. */
  capital(text: string): string;
  /** Specifiers of an import as the formatter of the generated application sorts them: without case, and without `type`. */
  sortImports(specifiers: readonly string[]): string[];
  /** A sorted copy. */
  sortBy<T>(items: readonly T[], key: (item: T) => string): T[];
  /** A literal of TypeScript for a value of JSON. */
  literal(value: string | number | boolean | null | readonly number[]): string;
  /** Whether the text fits 120 columns at an indent. */
  fits(indent: number, text: string): boolean;
  /** `start + calls + end` on one line if that fits 120 columns at `indent` spaces, else a line per call. */
  chain(indent: number, start: string, calls: readonly string[], end: string): string;
  /** Whether the schema's table of the target is declared after the relation, or is the same. */
  isForward(relation: RelationView): boolean;
  /** The expression of a relation's key in the input schema. */
  referenceInput(relation: RelationView): string;
  /** The property of a table that holds a foreign key, at an indent. */
  referenceColumn(relation: RelationView, indent: number): string;
  /** The same for a join table. */
  joinColumn(key: string, column: string, table: string): string;
  /** A literal that the field refuses, for tests. */
  wrongValue(field: FieldView): string;
  /** Another value that the field takes, for tests. */
  changedValue(field: FieldView, value: SeedRecord[string]): SeedRecord[string];
  /** Changes of the other unique fields, so that only this one is in the way: `, code: 'other'` or nothing. */
  otherUnique(entity: EntityView, field: FieldView): string;
  /** The statements of the first migration. */
  migrationStatements(project: ProjectView): string[];
  /** What drizzle-kit keeps beside it. */
  databaseSnapshot(project: ProjectView): object;
}

function article(noun: string): string {
  return `${/^([aeio]|u(?!ni|se|ti))/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function compare(a: string, b: string): number {
  const byLetter = a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0;
  return byLetter !== 0 ? byLetter : a < b ? -1 : a > b ? 1 : 0;
}

function sortImports(specifiers: readonly string[]): string[] {
  return [...specifiers].sort((a, b) => compare(a.replace(/^type /, ''), b.replace(/^type /, '')));
}

function sortBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => compare(key(a), key(b)));
}

function literal(value: string | number | boolean | null | readonly number[]): string {
  return typeof value === 'string' ? escapes.ts(value) : Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

function fits(indent: number, text: string): boolean {
  return indent + text.length <= 120;
}

function chain(indent: number, start: string, calls: readonly string[], end: string): string {
  const oneLine = start + calls.join('') + end;
  return fits(indent, oneLine)
    ? oneLine
    : `${start}${calls.map((call) => `\n${' '.repeat(indent + 2)}${call}`).join('')}${end}`;
}

function isForward(relation: RelationView): boolean {
  return relation.isForward;
}

function referenceInput(relation: RelationView): string {
  const label = escapes.ts(relation.fieldLabel);
  if (relation.isMany) {
    return relation.required
      ? `references(${label}).min(1, ${escapes.ts(`${relation.fieldLabel} must have at least one.`)})`
      : `references(${label}).default([])`;
  }
  return relation.required ? `reference(${label})` : `optional(reference(${label}))`;
}

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

export const helpers: Helpers = {
  ...escapes,
  article,
  capital,
  sortImports,
  sortBy,
  literal,
  fits,
  chain,
  isForward,
  referenceInput,
  referenceColumn,
  joinColumn,
  wrongValue,
  changedValue,
  otherUnique,
  migrationStatements,
  databaseSnapshot,
};
