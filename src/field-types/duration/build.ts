import { boundSettings, integerBound, within } from '../bounds.ts';
import { columnCode, helperCall, kindCall, settingsArgument } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { numberCount, numberSample } from '../sample-numbers.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  bounds: ({ min, max }) => within({ min: min && Math.ceil(min), max: max && Math.floor(max) }, 0, integerBound),
  column: ({ column }) => ({ code: columnCode('integer', column), sqlType: 'integer' }),
  input: (field) =>
    helperCall('duration', 'duration', field, ...settingsArgument(boundSettings(field, { min: 0, max: integerBound }))),
  client: () => kindCall('durationField', 'duration'),
  sample: (field, { index }) => numberSample(field, { index }, { base: 0, scale: 15, decimals: 0 }),
  sampleCount: numberCount,
  wrong: () => "'a while'",
  templates,
} satisfies FieldTypeBuild;
