import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'string',
  json: 'string',
  meaning: 'one line',
  facets: [],
  typeWords: ['string', 'varchar', 'char'],
  names: [],
  title: 'best',
  takesPlural: false,
} satisfies FieldTypeSpec;
