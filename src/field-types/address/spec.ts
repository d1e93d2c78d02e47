import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'address',
  json: 'string',
  meaning: 'one postal address with its lines',
  facets: [],
  typeWords: ['address', 'postaladdress'],
  names: [
    {
      pattern:
        /^(?:(?:full|home|postal|mailing|street|delivery|shipping|billing|business|office|work|venue|pickup|property|physical|residential|company|current|contact) )*address$/,
      order: 95,
    },
  ],
  title: 'good',
  takesPlural: false,
} satisfies FieldTypeSpec;
