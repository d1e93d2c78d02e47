import type { FieldFacts } from '../../emit/project-view.ts';
import { columnCode, helperCall, kindCall, settingsArgument } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { numberCount, numberSample } from '../sample-numbers.ts';
import { templates } from './compiled-templates.ts';

const usualStars = 5;
/** More could not be told apart in a row. */
const mostStars = 10;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  bounds: ({ max = usualStars }) => ({ min: 1, max: Math.min(Math.max(Math.floor(max), 2), mostStars) }),
  column: ({ column }) => ({ code: columnCode('integer', column), sqlType: 'integer' }),
  input: (field) => helperCall('rating', 'rating', field, ...settingsArgument(stars(field))),
  client: (field) => kindCall('ratingField', 'rating', stars(field)),
  sample: (field, { index }) => numberSample(field, { index }, { base: 0, scale: 1, decimals: 0 }),
  sampleCount: numberCount,
  wrong: ({ max = usualStars }) => String(max + 1),
  templates,
} satisfies FieldTypeBuild;

function stars({ max }: FieldFacts): string[] {
  return max === usualStars ? [] : [`max: ${max}`];
}
