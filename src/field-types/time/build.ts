import { escapes } from '../../emit/escape.ts';
import { helperCall, kindCall } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false, moment: 'time' },
  column: ({ column }) => ({
    code: {
      code: `clockTime(${escapes.ts(column)})`,
      imports: [{ name: 'clockTime', from: 'src/server/db/fields/clock-time.ts' }],
    },
    sqlType: 'time',
  }),
  input: (field) => helperCall('time', 'time', field),
  client: () => kindCall('timeField', 'time'),
  sample: (_, { moment }) => moment(),
  wrong: () => "'25:00'",
  templates,
} satisfies FieldTypeBuild;
