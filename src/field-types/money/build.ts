import { escapes } from '../../emit/escape.ts';
import type { FieldFacts } from '../../emit/project-view.ts';
import { boundSettings, within } from '../bounds.ts';
import { helperCall, kindCall, numericBound, numericColumn, settingsArgument } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { numberCount, numberSample, sizeByName } from '../sample-numbers.ts';
import { templates } from './compiled-templates.ts';
import { minorUnits } from './minor-units.ts';

const precision = 14;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  bounds: ({ min = 0, max, currency }) => {
    const bound = numericBound(precision, minorUnits(currency));
    return within({ min, max }, -bound, bound);
  },
  column: ({ column, currency }) => numericColumn(column, precision, minorUnits(currency)),
  input: (field) => helperCall('money', 'money', field, ...settingsArgument(settings(field))),
  client: (field) =>
    kindCall('moneyField', 'money', [
      ...(field.currency === undefined ? [] : [`currency: ${escapes.ts(field.currency)}`]),
      ...settings(field),
    ]),
  sample: (field, { index }) => {
    const decimals = minorUnits(field.currency);
    const usual = decimals === 0 ? { base: 0, scale: 250 } : { base: -0.5, scale: 8 };
    return numberSample(field, { index }, { ...(sizeByName(field) ?? usual), decimals });
  },
  sampleCount: numberCount,
  // One decimal place more than the currency has.
  wrong: ({ currency }) => `1.${'0'.repeat(minorUnits(currency))}5`,
  templates,
} satisfies FieldTypeBuild;

function settings(field: FieldFacts): string[] {
  const decimals = minorUnits(field.currency);
  return [
    ...boundSettings(field, { min: 0, max: numericBound(precision, decimals) }),
    ...(decimals === 2 ? [] : [`decimals: ${decimals}`]),
  ];
}
