import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'email',
  json: 'string',
  meaning: '',
  facets: [],
  typeWords: ['email'],
  names: [{ pattern: /\b(?:e ?mail)(?: address)?$/, order: 20 }],
  title: 'good',
  takesPlural: false,
} satisfies FieldTypeSpec;
