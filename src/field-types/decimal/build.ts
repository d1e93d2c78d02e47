import { escapes } from '../../emit/escape.ts';
import type { FieldFacts } from '../../emit/project-view.ts';
import { boundSettings, within } from '../bounds.ts';
import { columnCode, helperCall, kindCall, numericBound, numericColumn, settingsArgument } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { largestAmount, numberCount, numberSample, sizeByName } from '../sample-numbers.ts';
import { templates } from './compiled-templates.ts';

/** What a number of JavaScript holds exactly. */
const precision = 15;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  bounds: ({ min, max, decimals }) => {
    if (decimals === undefined) return { min, max };
    const bound = numericBound(precision, decimals);
    return within({ min, max }, -bound, bound);
  },
  column: ({ column, decimals }) =>
    decimals === undefined
      ? { code: columnCode('doublePrecision', column), sqlType: 'double precision' }
      : numericColumn(column, precision, decimals),
  input: (field) =>
    helperCall('decimal', 'decimal', field, ...settingsArgument([...limits(field), ...decimalsOf(field)])),
  client: (field) =>
    kindCall('decimalField', 'decimal', [
      ...limits({ ...field, ...told(field) }),
      ...decimalsOf(field),
      ...(field.unit === undefined ? [] : [`unit: ${escapes.ts(field.unit)}`]),
    ]),
  sample: (field, { index }) => {
    const size = sizeByName(field) ?? { base: /^total/i.test(field.name) ? largestAmount : 0, scale: 0.5 };
    return numberSample(field, { index }, { ...size, decimals: field.decimals ?? 2 });
  },
  sampleCount: numberCount,
  wrong: () => "'much'",
  templates,
} satisfies FieldTypeBuild;

function limits(field: Pick<FieldFacts, 'min' | 'max'>): string[] {
  return boundSettings(field, { min: undefined, max: undefined });
}

/** The bounds that say something to a person: not those of the column. */
function told({ min, max, decimals }: FieldFacts): Pick<FieldFacts, 'min' | 'max'> {
  const bound = numericBound(precision, decimals ?? 0);
  return {
    min: min === undefined || min <= -Math.floor(bound) ? undefined : min,
    max: max === undefined || max >= Math.floor(bound) ? undefined : max,
  };
}

function decimalsOf({ decimals }: FieldFacts): string[] {
  return decimals === undefined ? [] : [`decimals: ${decimals}`];
}
