import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { personName } from '../sample-words.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'text', sorts: true, isSearched: true },
  column: textColumn,
  input: (field) => helperCall('email', 'email', field),
  client: () => kindCall('emailField', 'email', ['maxLength: 254']),
  sample: (_, { index }) =>
    `${personName(index)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '.')}@example.com`,
  wrong: () => "'nonsense'",
  templates,
} satisfies FieldTypeBuild;
