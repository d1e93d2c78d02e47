import { escapes } from '../../emit/escape.ts';
import { helperCall, kindCall } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false, moment: 'both' },
  column: ({ column }) => ({
    code: {
      code: `dateTime(${escapes.ts(column)})`,
      // Every table has two of them: when a record was created and changed.
      imports: [{ name: 'dateTime', from: 'src/server/db/columns.ts' }],
    },
    sqlType: 'timestamp with time zone',
  }),
  input: (field) => helperCall('dateTime', 'datetime', field),
  client: () => kindCall('datetimeField', 'datetime'),
  sample: (_, { moment }) => moment(),
  wrong: () => "'nonsense'",
  templates,
} satisfies FieldTypeBuild;
