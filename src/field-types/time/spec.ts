import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'time',
  json: 'string',
  meaning: 'a time of day',
  facets: [],
  typeWords: ['time'],
  names: [{ pattern: /^(?:time|opening time|closing time|time of day|opens at|closes at|time slot)$/, order: 90 }],
  title: 'never',
  takesPlural: false,
} satisfies FieldTypeSpec;
