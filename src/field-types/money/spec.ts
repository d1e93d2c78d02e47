import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'money',
  json: 'number',
  meaning: '',
  facets: ['bounds', 'currency'],
  typeWords: ['money', 'currency', 'price'],
  names: [
    {
      pattern:
        /\b(?:price|cost|fee|rate|rent|charge) (?:per|a) \w+$|\b(?:price|amount|cost|fee|fees|salary|budget|total|subtotal|balance|revenue|wage|rent|payment|deposit|income|expense|value in \w+|tax|charge|bid|pay|fare|tuition|funds|net worth|market value|monetary value)$/,
      order: 120,
    },
  ],
  title: 'never',
  takesPlural: true,
  usualMin: () => 0,
} satisfies FieldTypeSpec;
