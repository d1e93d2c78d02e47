import type { Code, Import } from '../core/code.ts';
import { escapes } from '../emit/escape.ts';
import type { FieldFacts, FieldKindCall } from '../emit/project-view.ts';
import type { FieldColumn } from './contract.ts';

/** What the code of several types has in common. */

/** A column of `text`. */
export function textColumn({ column }: FieldFacts): FieldColumn {
  return { code: columnCode('text', column), sqlType: 'text' };
}

/** A column whose builder is of Drizzle, with the settings behind its name. */
export function columnCode(builder: string, column: string, ...settings: readonly string[]): Code {
  return {
    code: `${builder}(${[escapes.ts(column), ...settings].join(', ')})`,
    imports: [{ name: builder, from: 'drizzle-orm/pg-core' }],
  };
}

/** A column of numbers with a fixed number of decimals. */
export function numericColumn(column: string, precision: number, scale: number): FieldColumn {
  return {
    code: columnCode('numeric', column, `{ precision: ${precision}, scale: ${scale}, mode: 'number' }`),
    sqlType: `numeric(${precision}, ${scale})`,
  };
}

/** The largest number of a column of {@link numericColumn}. */
export function numericBound(precision: number, scale: number): number {
  return Number(`${'9'.repeat(precision - scale)}.${'9'.repeat(scale)}`);
}

/** The call of a helper of `src/shared/fields/` with the label of a field: `text('Title', { max: 200 })`. */
export function helperCall(
  name: string,
  file: string,
  { label }: Pick<FieldFacts, 'label'>,
  ...settings: readonly string[]
): Code {
  return {
    code: `${name}(${[escapes.ts(label), ...settings].join(', ')})`,
    imports: [{ name, from: `src/shared/fields/${file}.ts` }],
  };
}

/** Settings as the one argument that holds them, or none. */
export function settingsArgument(settings: readonly string[]): string[] {
  return settings.length === 0 ? [] : [`{ ${settings.join(', ')} }`];
}

/** The call that makes a kind of `src/client/fields/`. */
export function kindCall(
  name: string,
  file: string,
  settings: readonly string[] = [],
  imports: readonly Import[] = [],
): FieldKindCall {
  return { maker: { name, from: `src/client/fields/${file}.tsx` }, settings, imports };
}
