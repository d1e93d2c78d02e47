import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'rich-text',
  json: 'string',
  meaning: 'long formatted text, written in Markdown: only where formatting is asked for',
  facets: [],
  typeWords: ['markdown', 'richtext', 'formattedtext', 'wysiwyg'],
  names: [
    {
      pattern: /^(?:rich|formatted|markdown) (?:text|content|body|description|notes?)$/,
      order: 135,
    },
  ],
  title: 'never',
  takesPlural: false,
} satisfies FieldTypeSpec;
