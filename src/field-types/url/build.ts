import { helperCall, kindCall, textColumn } from '../code-parts.ts';
import type { FieldTypeBuild } from '../contract.ts';
import { slug } from '../sample-words.ts';
import { templates } from './compiled-templates.ts';

export const build = {
  traits: { filter: 'none', sorts: true, isSearched: true },
  column: textColumn,
  input: (field) => helperCall('url', 'url', field),
  client: () => kindCall('urlField', 'url', ['maxLength: 2000']),
  sample: (_, { entity, index }) => `https://example.com/${slug(entity.labelLower)}/${index + 1}`,
  wrong: () => "'javascript:alert(1)'",
  templates,
} satisfies FieldTypeBuild;
