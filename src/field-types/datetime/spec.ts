import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'datetime',
  json: 'string',
  meaning: '',
  facets: [],
  typeWords: ['datetime', 'timestamp'],
  names: [
    {
      pattern:
        /\b(?:date ?time|timestamp|date and time|time and date)\b|^(?:starts?|ends?|begins?|departs?|arrives?|scheduled|sent|placed|submitted|published|booked|checked (?:in|out)|logged|occurred|played|remind|closes|opens) (?:at|time)$|^(?:start|end|check in|check out|clock in|clock out|arrival|departure|appointment|meeting|pickup|pick up|event) time$/,
      order: 70,
    },
  ],
  title: 'never',
  takesPlural: false,
  spokenOfAs: /^(?:date|time|day)$/,
} satisfies FieldTypeSpec;
