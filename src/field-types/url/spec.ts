import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'url',
  json: 'string',
  meaning: '',
  facets: [],
  typeWords: ['url', 'link', 'uri', 'file'],
  names: [
    {
      pattern:
        /\b(?:url|uri|link|website|web ?site|homepage|web page|repository|github|linkedin|twitter|facebook|instagram|attachment|file|document|resume|cv|pdf)$/,
      order: 50,
    },
  ],
  title: 'possible',
  takesPlural: true,
} satisfies FieldTypeSpec;
