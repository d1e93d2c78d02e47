import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'enum',
  json: 'string',
  meaning: 'with its values as a person reads them, such as "In progress"',
  facets: ['values'],
  typeWords: ['enum', 'select', 'dropdown', 'choice'],
  names: [],
  title: 'never',
  takesPlural: false,
  hasFewValues: true,
} satisfies FieldTypeSpec;
