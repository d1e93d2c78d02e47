import type { FieldFacts } from '../../emit/project-view.ts';
import { boundSettings, within } from '../bounds.ts';
import { helperCall, kindCall, numericBound, numericColumn, settingsArgument } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { numberCount, numberSample } from '../sample-numbers.ts';
import { templates } from './compiled-templates.ts';

const precision = 9;
const usualDecimals = 2;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  bounds: ({ min = 0, max = 100, decimals = usualDecimals }) => {
    const bound = numericBound(precision, decimals);
    return within({ min, max: Math.max(min, max) }, -bound, bound);
  },
  column: ({ column, decimals = usualDecimals }) => numericColumn(column, precision, decimals),
  input: (field) => helperCall('percentage', 'percentage', field, ...settingsArgument(settings(field))),
  client: (field) => kindCall('percentageField', 'percentage', settings(field)),
  sample: (field, { index }) =>
    numberSample(field, { index }, { base: 0, scale: 5, decimals: field.decimals ?? usualDecimals }),
  sampleCount: numberCount,
  wrong: () => "'half'",
  templates,
} satisfies FieldTypeBuild;

function settings(field: FieldFacts): string[] {
  const { decimals = usualDecimals } = field;
  return [
    ...boundSettings(field, { min: 0, max: 100 }),
    ...(decimals === usualDecimals ? [] : [`decimals: ${decimals}`]),
  ];
}
