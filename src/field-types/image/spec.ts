import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'image',
  json: 'string',
  meaning: 'address of a picture',
  facets: [],
  typeWords: ['image', 'photo', 'picture'],
  names: [
    {
      pattern:
        /\b(?:image|photo|picture|avatar|logo|thumbnail|cover|icon|photograph|headshot|banner|poster|screenshot)(?: url| link| address)?$/,
      order: 40,
    },
  ],
  title: 'never',
  takesPlural: true,
} satisfies FieldTypeSpec;
