import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { pick } from '../sample-words.ts';
import { templates } from './compiled-templates.ts';

const maxLength = 50_000;

const samples = [
  '## Overview\n\nThis text is **formatted**: it has a heading, emphasis and a list.\n\n- Edit it in the form\n- See a preview while you write',
  'Read the [guide to Markdown](https://commonmark.org/help/) to see what can be written here.\n\n1. Write\n2. Look at the preview\n3. Save',
  '### In short\n\nA few words are *enough* to begin with.\n\n> What is quoted stands apart.',
];

export const build = {
  traits: { filter: 'none', sorts: false, isSearched: true },
  column: textColumn,
  input: (field) => helperCall('text', 'text', field, `{ max: ${maxLength} }`),
  client: () => kindCall('richTextField', 'rich-text', [`maxLength: ${maxLength}`]),
  sample: ({ unique }, { index }) => `${pick(samples, index)}${unique ? `\n\nNumber ${index + 1}.` : ''}`,
  wrong: () => `'x'.repeat(${maxLength + 1})`,
  templates,
  packages: ['react-markdown'],
} satisfies FieldTypeBuild;
