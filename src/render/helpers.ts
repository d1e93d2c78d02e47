import type { Code } from '../core/code.ts';
import { escapes } from '../emit/escape.ts';
import type { Helpers } from '../emit/helpers.ts';
import { importLines } from '../emit/import-lines.ts';
import { compareNames } from '../emit/name-order.ts';
import { nodeRange } from '../emit/packages.ts';
import type { RelationView } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import { firstVersion, lockFor } from './lockfile.ts';
import { migrationStatements } from './migration.ts';
import { labelCode } from './record-names.ts';
import { joinTableCode, schemaImports, tableCode } from './schema-code.ts';
import { databaseSnapshot } from './snapshot.ts';
import { changedValue, otherUnique } from './test-values.ts';

function article(noun: string): string {
  return `${/^([aeio]|u(?!ni|se|ti))/i.test(noun) ? 'an' : 'a'} ${noun}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function sortImports(specifiers: readonly string[]): string[] {
  return [...specifiers].sort((a, b) => compareNames(a.replace(/^type /, ''), b.replace(/^type /, '')));
}

function sortBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  return [...items].sort((a, b) => compareNames(key(a), key(b)));
}

function literal(value: string | number | boolean | null | readonly number[]): string {
  return typeof value === 'string' ? escapes.ts(value) : Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

function elementProp(prop: string, codes: readonly Code[], parameter?: string): string {
  const start = `${prop}={${parameter === undefined ? '' : `(${parameter}) => `}`;
  const elements = codes.map(({ code }) => code);
  const [first = ''] = elements;
  if (elements.length === 1 && fits(6, `${start}${first}}`)) return `${start}${first}}`;
  const [open, close] = parameter === undefined ? ['', ''] : ['(', ')'];
  const lines = elements.length === 1 ? [`        ${first}`] : fragment(elements);
  return `${start}${open}\n${lines.join('\n')}\n      ${close}}`;
}

/** Several elements as one, at the indent of the value of a property. */
function fragment(elements: readonly string[]): string[] {
  return ['        <>', ...elements.map((element) => `          ${element}`), '        </>'];
}

function returned(component: string, props: readonly string[]): string {
  const element = `<${component} ${props.join(' ')} />`;
  const isLong = props.some((prop) => prop.includes('\n'));
  if (!isLong && fits(2, `return ${element};`)) return `  return ${element};`;
  if (!isLong && fits(4, element)) return `  return (\n    ${element}\n  );`;
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

const references = 'src/shared/fields/reference.ts';

function referenceInput({ fieldLabel, isMany, required }: RelationView): Code {
  const label = escapes.ts(fieldLabel);
  if (isMany) {
    const rest = required ? `.min(1, ${escapes.ts(`${fieldLabel} must have at least one.`)})` : '.default([])';
    return { code: `references(${label})${rest}`, imports: [{ name: 'references', from: references }] };
  }
  const imports = [{ name: 'reference', from: references }];
  if (required) return { code: `reference(${label})`, imports };
  const optional = { name: 'optional', from: 'src/shared/fields/optional.ts' };
  return { code: `optional(reference(${label}))`, imports: [...imports, optional] };
}

/** What templates use, with the types that fields have. */
export function helpersFor(fieldTypes: FieldTypes): Helpers {
  return {
    ...plainHelpers,
    changedValue: (field, value) => changedValue(field, value, fieldTypes),
    otherUnique: (entity, field) => otherUnique(entity, field, fieldTypes),
  };
}

const plainHelpers = {
  ...escapes,
  article,
  capital,
  sortImports,
  importLines,
  elementProp,
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
  migrationStatements,
  databaseSnapshot,
  firstVersion,
  nodeRange,
  lockFor,
};
