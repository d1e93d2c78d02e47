import { type Escapes, escapes } from './escape.ts';
import { firstVersion, lockFor } from './lockfile.ts';
import { migrationStatements } from './migration.ts';
import { nodeRange } from './packages.ts';
import { labelCode } from './record-names.ts';
import { joinTableCode, schemaImports, tableCode } from './schema-code.ts';
import { databaseSnapshot } from './snapshot.ts';
import { changedValue, otherUnique, wrongValue } from './test-values.ts';
import type { EntityView, FieldView, JoinTableView, ProjectView, RelationView, SeedRecord } from './view-model.ts';

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
  /** The expression of a relation's key in the input schema. */
  referenceInput(relation: RelationView): string;
  /** The expression of Drizzle for what a record is called, by the columns of its table or of an alias of it. */
  labelCode(entity: EntityView, columns: string): string;
  /** What the declarations of tables import: from Drizzle, and from `columns.ts`. */
  schemaImports: typeof schemaImports;
  /** The declaration of a table, and of a table of links. */
  tableCode(table: EntityView): string;
  joinTableCode(join: JoinTableView): string;
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
  /** The version of the application, and the versions of Node it runs on. */
  firstVersion: typeof firstVersion;
  nodeRange: typeof nodeRange;
  /** The content of package-lock.json. */
  lockFor: typeof lockFor;
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

function referenceInput(relation: RelationView): string {
  const label = escapes.ts(relation.fieldLabel);
  if (relation.isMany) {
    return relation.required
      ? `references(${label}).min(1, ${escapes.ts(`${relation.fieldLabel} must have at least one.`)})`
      : `references(${label}).default([])`;
  }
  return relation.required ? `reference(${label})` : `optional(reference(${label}))`;
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
  referenceInput,
  labelCode,
  schemaImports,
  tableCode,
  joinTableCode,
  wrongValue,
  changedValue,
  otherUnique,
  migrationStatements,
  databaseSnapshot,
  firstVersion,
  nodeRange,
  lockFor,
};
