import { columnCode, helperCall, kindCall } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

/** Flags that most records have. */
const isUsual = /^has|active|available|enabled|stock|publish|public|verified|visible/i;

export const build = {
  traits: { filter: 'flag', sorts: true, isSearched: false, fallback: false },
  column: ({ column }) => ({ code: columnCode('boolean', column), sqlType: 'boolean' }),
  input: (field) => helperCall('flag', 'boolean', field),
  client: () => kindCall('booleanField', 'boolean'),
  sample: ({ name }, { index }) => ((index + name.length) % 3 === 0) !== isUsual.test(name),
  wrong: () => "'perhaps'",
  templates,
} satisfies FieldTypeBuild;
