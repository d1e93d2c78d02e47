import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'rating',
  json: 'number',
  meaning: 'stars from 1 to 5, or to its max',
  facets: ['bounds'],
  typeWords: ['rating', 'stars'],
  names: [{ pattern: /^(?:star )?rating$|^stars$|\brating\b(?!.*(?:text|comment))/, order: 100 }],
  admits: (min, max) => min === 1 && max <= 10,
  title: 'never',
  takesPlural: false,
  hasFewValues: true,
} satisfies FieldTypeSpec;
