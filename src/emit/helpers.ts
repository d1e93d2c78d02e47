import type { Code, Import } from '../core/code.ts';
import type { Escapes } from './escape.ts';
import type { PackageManifest } from './packages.ts';
import type { EntityView, FieldView, JoinTableView, ProjectView, RelationView, SeedRecord } from './project-view.ts';

/** What templates of code use besides the escapes. */
export interface Helpers extends Escapes {
  /** `a post`, `an order`. */
  article(noun: string): string;
  /** With the first letter as a capital. */
  capital(text: string): string;
  /** Specifiers of an import as the formatter of the generated application sorts them: without case, and without `type`. */
  sortImports(specifiers: readonly string[]): string[];
  /** The import statements of a file at a path, merged and sorted. */
  importLines(path: string, imports: readonly Import[]): string;
  /** A property of an element whose value is what stands in a slot, or, with `parameter`, a function that makes it: all codes in a fragment, where there are several. */
  elementProp(prop: string, codes: readonly Code[], parameter?: string): string;
  /** `  return <Component props />;` as the formatter would break it. */
  returned(component: string, props: readonly string[]): string;
  /** A sorted copy. */
  sortBy<T>(items: readonly T[], key: (item: T) => string): T[];
  /** A literal of TypeScript for a value of JSON. */
  literal(value: string | number | boolean | null | readonly number[]): string;
  /** Whether the text fits 120 columns at an indent. */
  fits(indent: number, text: string): boolean;
  /** `start + calls + end` on one line if that fits 120 columns at `indent` spaces, else a line per call. */
  chain(indent: number, start: string, calls: readonly string[], end: string): string;
  /** The expression of a relation's key in the input schema. */
  referenceInput(relation: RelationView): Code;
  /** The expression of Drizzle for what a record is called, by the columns of its table or of an alias of it. */
  labelCode(entity: EntityView, columns: string): string;
  /** What the declarations of tables use. */
  schemaImports(tables: readonly EntityView[], joinTables: readonly JoinTableView[]): Import[];
  /** The declaration of a table, and of a table of links. */
  tableCode(table: EntityView): string;
  joinTableCode(join: JoinTableView): string;
  /** Another value that the field takes, for tests. */
  changedValue(field: FieldView, value: SeedRecord[string]): SeedRecord[string];
  /** Changes of the other unique fields, so that only this one is in the way: `, code: 'other'` or nothing. */
  otherUnique(entity: EntityView, field: FieldView): string;
  /** The statements of the first migration. */
  migrationStatements(project: ProjectView): string[];
  /** What drizzle-kit keeps beside it. */
  databaseSnapshot(project: ProjectView): object;
  /** The version of the application, and the versions of Node it runs on. */
  firstVersion: string;
  nodeRange: string;
  /** The content of package-lock.json. */
  lockFor(name: string, manifest: PackageManifest): object;
}
