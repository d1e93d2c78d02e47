import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'text', sorts: true, isSearched: true },
  column: textColumn,
  input: (field) => helperCall('phone', 'phone', field),
  client: () => kindCall('phoneField', 'phone', ['maxLength: 40']),
  sample: (_, { index }) => `+1 555 01${String(index).padStart(2, '0')}`,
  wrong: () => "'nonsense'",
  templates,
} satisfies FieldTypeBuild;
