import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'duration',
  json: 'number',
  meaning: 'a length of time, kept in whole minutes',
  facets: ['bounds'],
  typeWords: ['duration', 'timespan'],
  names: [
    {
      pattern:
        /\b(?:duration|running time|run time|runtime|cooking time|cook time|prep time|preparation time|travel time|waiting time|time spent|time taken|length of time|playing time|reading time|time limit)$|^(?:takes|lasts)$/,
      order: 106,
    },
  ],
  title: 'never',
  takesPlural: true,
} satisfies FieldTypeSpec;
