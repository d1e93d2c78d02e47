import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';
import { nameSample } from './name-sample.ts';

const maxLength = 200;

export const build = {
  traits: { filter: 'text', sorts: true, isSearched: true, prose: 'line' },
  column: textColumn,
  input: (field) => helperCall('text', 'text', field, `{ max: ${maxLength} }`),
  client: () => kindCall('stringField', 'string', [`maxLength: ${maxLength}`]),
  sample: (field, place) => nameSample(field, place, maxLength),
  wrong: () => `'x'.repeat(${maxLength + 1})`,
  templates,
} satisfies FieldTypeBuild;
