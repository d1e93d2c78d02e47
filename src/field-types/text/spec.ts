import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'text',
  json: 'string',
  meaning: 'several lines',
  facets: [],
  typeWords: ['text', 'longtext', 'multiline'],
  names: [
    {
      pattern:
        /\b(?:description|content|contents|body|notes?|bio|biography|message|text|summary|instructions?|details|comments?|remarks?|abstract|introduction|about|overview|explanation|feedback|ingredients|reason|answer|requirements|qualifications|responsibilities|background|history|steps to reproduce|directions|terms|caption|symptoms|diagnosis|treatment|medical history|excerpt|cover letter|experience|education|story|definition|agenda|minutes of meeting)$/,
      order: 140,
    },
  ],
  title: 'good',
  takesPlural: false,
} satisfies FieldTypeSpec;
