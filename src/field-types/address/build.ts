import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { cities, countries, distinct, pick, streets } from '../sample-words.ts';
import { templates } from './compiled-templates.ts';

const maxLength = 500;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: true },
  column: textColumn,
  input: (field) => helperCall('text', 'text', field, `{ max: ${maxLength} }`),
  client: () => kindCall('addressField', 'address', [`maxLength: ${maxLength}`]),
  sample: (_, { index }) =>
    `${12 + index * 7} ${distinct(streets, index)}\n${10_100 + index * 111} ${pick(cities, index)}\n${pick(countries, index)}`,
  wrong: () => `'x'.repeat(${maxLength + 1})`,
  templates,
} satisfies FieldTypeBuild;
