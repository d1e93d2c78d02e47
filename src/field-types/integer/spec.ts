import type { FieldTypeSpec } from '../contract.ts';

export const spec = {
  id: 'integer',
  json: 'number',
  meaning: 'a whole number',
  facets: ['bounds', 'unit'],
  typeWords: ['integer', 'int', 'bigint', 'whole'],
  names: [
    {
      pattern:
        /\b(?:quantity|qty|count|age|stock|year|years|capacity|points|seats|pages|bedrooms|bathrooms|rooms|number of \w[\w ]*|calories|minutes|seconds|days|weeks|months|servings|steps|sets|reps|repetitions|attempts|votes|likes|views|views count|copies|duration minutes|level number|position number|rank|ranking|sort order|size in \w+|floor|units|party size|population|wins|losses|goals scored|inventory level|stock level)$/,
      order: 130,
    },
  ],
  title: 'possible',
  takesPlural: true,
  usualMin: (name) => (/quantity|count|stock|age|capacity|seats/.test(name) ? 0 : undefined),
} satisfies FieldTypeSpec;
