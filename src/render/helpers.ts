import type { Code } from '../core/code.ts';
import { escapes } from '../emit/escape.ts';
import type { Helpers } from '../emit/helpers.ts';
import { importLines } from '../emit/import-lines.ts';
import { nodeRange } from '../emit/packages.ts';
import type { RelationView } from '../emit/project-view.ts';
import { firstVersion, lockFor } from './lockfile.ts';
import { migrationStatements } from './migration.ts';
import { labelCode } from './record-names.ts';
import { joinTableCode, schemaImports, tableCode } from './schema-code.ts';
import { databaseSnapshot } from './snapshot.ts';
import { changedValue, otherUnique, wrongValue } from './test-values.ts';

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

function element(codes: readonly Code[]): string {
  const [first, ...others] = codes.map(({ code }) => code);
  return others.length === 0 ? String(first) : `<>${[first, ...others].join('')}</>`;
}

function returned(component: string, props: readonly string[]): string {
  const element = `<${component} ${props.join(' ')} />`;
  if (fits(2, `return ${element};`)) return `  return ${element};`;
  if (fits(4, element)) return `  return (\n    ${element}\n  );`;
  return `  return (\n    <${component}\n${props.map((prop) => `      ${prop}\n`).join('')}    />\n  );`;
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
  importLines,
  element,
  returned,
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
