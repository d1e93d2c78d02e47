import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'phone',
  json: 'string',
  meaning: '',
  facets: [],
  typeWords: ['phone', 'tel'],
  names: [{ pattern: /\b(?:phone|telephone|mobile|fax|whatsapp|cell)(?: number| no)?$/, order: 30 }],
  title: 'possible',
  takesPlural: false,
} satisfies FieldTypeSpec;
