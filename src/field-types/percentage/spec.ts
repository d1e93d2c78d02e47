import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'percentage',
  json: 'number',
  meaning: '0 to 100, such as a discount or a progress; not a fraction of 1',
  facets: ['bounds', 'decimals'],
  typeWords: ['percentage', 'percent', '%'],
  names: [
    {
      pattern:
        /\b(?:percent|percentage|pct)$|^(?:percent|percentage) \w|\b(?:discount|commission|interest|vat|tax|occupancy|completion|success|conversion|response|attendance|growth|inflation|unemployment|retention|churn|fill|click through|bounce) rate$|^(?:progress|humidity|probability)$/,
      order: 105,
    },
  ],
  title: 'never',
  takesPlural: true,
} satisfies FieldTypeSpec;
