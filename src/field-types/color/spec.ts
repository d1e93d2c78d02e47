import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'color',
  json: 'string',
  meaning: '',
  facets: [],
  typeWords: ['color', 'colour'],
  names: [{ pattern: /\b(?:colou?r)(?: code| value)?$/, order: 60 }],
  title: 'never',
  takesPlural: false,
} satisfies FieldTypeSpec;
