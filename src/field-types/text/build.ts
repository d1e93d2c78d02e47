import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { pick } from '../sample-words.ts';
import { templates } from './compiled-templates.ts';

const sentences = [
  'It was added so that there is something to look at from the first minute.',
  'Change it, search for it, or delete it when you have your own.',
  'Lists, filters and sorting all work on it as they will on real records.',
  'It is written into the database once, when the database is empty.',
  'Run the seed script again after a reset to get the same one back.',
];

const maxLength = 20_000;

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: true, prose: 'paragraphs' },
  column: textColumn,
  input: (field) => helperCall('text', 'text', field, `{ max: ${maxLength} }`),
  client: () => kindCall('textField', 'text', [`maxLength: ${maxLength}`]),
  sample: ({ unique }, { entity, index }) =>
    `This is a sample ${entity.labelLower}. ${pick(sentences, index)}${unique ? ` (${index + 1})` : ''}`,
  wrong: () => `'x'.repeat(${maxLength + 1})`,
  templates,
} satisfies FieldTypeBuild;
