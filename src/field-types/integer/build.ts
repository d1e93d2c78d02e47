import { escapes } from '../../emit/escape.ts';
import { boundSettings, integerBound, within } from '../bounds.ts';
import { columnCode, helperCall, kindCall, settingsArgument } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { countedUp, largestAmount, numberCount, numberSample, sizeByName } from '../sample-numbers.ts';
import { isPerson } from '../sample-people.ts';
import { templates } from './compiled-templates.ts';

const own = { min: -integerBound, max: integerBound };

/** Whole numbers that count records up rather than measure something. */
const isPlace = /(position|number|rank|sequence|order)$/i;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  bounds: ({ min, max }) =>
    within({ min: min && Math.ceil(min), max: max && Math.floor(max) }, -integerBound, integerBound),
  column: ({ column }) => ({ code: columnCode('integer', column), sqlType: 'integer' }),
  input: (field) => helperCall('integer', 'integer', field, ...settingsArgument(boundSettings(field, own))),
  client: (field) =>
    kindCall('integerField', 'integer', [
      ...boundSettings(field, own),
      ...(field.unit === undefined ? [] : [`unit: ${escapes.ts(field.unit)}`]),
    ]),
  sample: (field, { index, entity }) => {
    if (isPlace.test(field.name)) return countedUp(field, index);
    return numberSample(field, { index }, { ...sizeOf(field.name, isPerson.test(entity.name)), decimals: 0 });
  },
  sampleCount: numberCount,
  wrong: () => '1.5',
  templates,
} satisfies FieldTypeBuild;

function sizeOf(name: string, isOfPerson: boolean): { base: number; scale: number } {
  if (/year/i.test(name)) return { base: 2012, scale: 1 };
  if (isOfPerson && /^age$/i.test(name)) return { base: 24, scale: 2 };
  // A total is not below its parts.
  return sizeByName({ name }) ?? { base: /^total/i.test(name) ? largestAmount : 0, scale: 1 };
}
