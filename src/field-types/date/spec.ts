import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'date',
  json: 'string',
  meaning: '',
  facets: [],
  typeWords: ['date'],
  names: [
    {
      pattern:
        /\b(?:date|deadline|birthday|birth ?date|date of birth|dob|expiry|expiration|anniversary|day of birth)\b|\b(?:starts?|ends?|due|born|issued|paid|published|purchased|hired|joined|released|opened|closed|signed|valid|expires?|received|borrowed|returned|completed|started|finished|bought|ordered|sold|spent|taken|last \w+) (?:on|until|from|by)$|^due$|^valid (?:from|until)$/,
      order: 80,
    },
  ],
  title: 'possible',
  takesPlural: false,
  spokenOfAs: /^(?:date|time|day)$/,
} satisfies FieldTypeSpec;
