import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: false, isPicture: true },
  column: textColumn,
  input: (field) => helperCall('image', 'image', field),
  client: () => kindCall('imageField', 'image', ['maxLength: 2000']),
  sample: ({ unique }, { index }) => `/images/sample-${(index % 4) + 1}.svg${unique ? `?${index + 1}` : ''}`,
  wrong: () => "'javascript:alert(1)'",
  templates,
} satisfies FieldTypeBuild;
