import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'boolean',
  json: 'boolean',
  meaning: '',
  facets: [],
  typeWords: ['boolean', 'bool', 'checkbox', 'flag', 'yesno'],
  names: [
    {
      pattern:
        /^(?:is|has|can|was|should|allows?|needs?) \w|^(?:active|inactive|published|completed?|done|finished|available|enabled|disabled|visible|hidden|featured|archived|verified|approved|paid|read|public|private|in stock|favou?rite|pinned|urgent|billable|recurring|anonymous|correct|confirmed|subscribed|availability flag)$|\b(?:flag|yes no|checkbox)$/,
      order: 10,
    },
  ],
  title: 'never',
  takesPlural: false,
  hasFewValues: true,
} satisfies FieldTypeSpec;
