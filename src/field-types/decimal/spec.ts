import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'decimal',
  json: 'number',
  meaning: '',
  facets: ['bounds', 'unit', 'decimals'],
  typeWords: ['number', 'numeric', 'decimal', 'float', 'double', 'real'],
  names: [
    {
      pattern:
        /\b(?:percent|percentage|discount|rate|latitude|longitude|weight|height|width|length|depth|distance|temperature|area|volume|speed|hours|gpa|average|score|dosage amount|tax rate|interest|carbs|protein|fat|mileage|square (?:feet|meters?|metres?))$/,
      order: 110,
    },
  ],
  title: 'never',
  takesPlural: true,
} satisfies FieldTypeSpec;
