import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { pick } from '../sample-words.ts';
import { templates } from './compiled-templates.ts';

const colours = [
  '#2563eb',
  '#16a34a',
  '#dc2626',
  '#9333ea',
  '#ea580c',
  '#0d9488',
  '#ca8a04',
  '#db2777',
  '#475569',
  '#4f46e5',
];

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false },
  column: textColumn,
  input: (field) => helperCall('color', 'color', field),
  client: () => kindCall('colorField', 'color'),
  sample: ({ unique }, { index }) =>
    unique && index >= colours.length
      ? `#${(index * 7919).toString(16).padStart(6, '0').slice(-6)}`
      : pick(colours, index),
  wrong: () => "'nonsense'",
  templates,
} satisfies FieldTypeBuild;
