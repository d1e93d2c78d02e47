import { columnCode, helperCall, kindCall } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false, moment: 'date' },
  column: ({ column }) => ({ code: columnCode('date', column, "{ mode: 'string' }"), sqlType: 'date' }),
  input: (field) => helperCall('date', 'date', field),
  client: () => kindCall('dateField', 'date'),
  sample: (_, { moment }) => moment(),
  wrong: () => "'2026-02-30'",
  templates,
} satisfies FieldTypeBuild;
