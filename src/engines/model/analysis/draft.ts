import * as z from 'zod';
import type { FieldTypeSpec } from '../../../field-types/contract.ts';

/**
 * What the model fills in: the blueprint without what can be derived from the rest, so that it has little to write and little to get wrong.
 * Its JSON schema keeps to what structured outputs of all providers know: no unions, no recursion, no bounds, and few optional properties. Entities
 * and features come first, because the answer is shown while it is written.
 */

const sentences = z
  .array(z.number())
  .describe('The numbers of the sentences that ask for it')
  .meta({ id: 'Sentences' });

const fieldDraftFor = (specs: readonly FieldTypeSpec[]) => {
  const having = (facet: FieldTypeSpec['facets'][number]): string =>
    specs
      .filter(({ facets }) => facets.includes(facet))
      .map(({ id }) => id)
      .join(', ');
  return z.object({
    name: z.string().describe('camelCase'),
    type: z.enum(specs.map(({ id }) => id)),
    required: z.boolean(),
    unique: z.boolean().describe('Whether no two records may have the same value'),
    values: z
      .array(z.string())
      .optional()
      .describe(`The allowed values; only for ${having('values')}`),
    min: z.number().optional().describe('Lowest value; only for a number'),
    max: z.number().optional().describe('Highest value; only for a number'),
    unit: z
      .string()
      .optional()
      .describe(`What it counts, such as kg; only for ${having('unit')}`),
    currency: z
      .string()
      .optional()
      .describe(`A code such as EUR, where the text names one; only for ${having('currency')}`),
    decimals: z
      .number()
      .optional()
      .describe(`Decimal places, where the text says how many; only for ${having('decimals')}`),
  });
};

const relationDraft = z.object({
  name: z.string().describe('camelCase, singular'),
  kind: z.enum(['many-to-one', 'one-to-one', 'many-to-many']),
  target: z.string().describe('The name of the other entity'),
  required: z.boolean(),
});

const entityDraftFor = (specs: readonly FieldTypeSpec[]) =>
  z.object({
    name: z.string().describe('PascalCase, singular'),
    description: z.string().describe('One short sentence'),
    fields: z.array(fieldDraftFor(specs)),
    relations: z.array(relationDraft),
    titleField: z.string().describe('The field that names a record in lists; empty where none does'),
    sentences,
  });

export const draftKinds = ['list', 'view', 'create', 'update', 'delete', 'search', 'filter', 'sort', 'custom'] as const;

const featureDraft = z.object({
  title: z.string().describe('Starts with a verb: "Search products"'),
  kind: z.enum(draftKinds),
  entity: z.string().describe('The entity it works on, or is mostly about; empty where there is none'),
  actor: z.string().describe('The name of the actor who does it; empty where the text names none'),
  description: z.string().describe('For a custom feature what it must do, in at most 150 words; else empty'),
  sentences,
});

const moduleDraft = z.object({
  id: z.string().describe('The id of a module of the list'),
  entities: z.array(z.string()).describe('The names of the entities it works on'),
  options: z.array(z.object({ name: z.string(), value: z.string() })).describe('Those that differ from what is usual'),
  sentences,
});

const paragraphs = z.array(z.string()).describe('Paragraphs of plain text').meta({ id: 'Paragraphs' });

/** The schema of an answer, with these types of fields. */
export const draftSchemaFor = (specs: readonly FieldTypeSpec[]) =>
  z.object({
    actors: z.array(z.object({ name: z.string().describe('Singular: "Shop owner"'), sentences })),
    entities: z.array(entityDraftFor(specs)),
    features: z.array(featureDraft),
    modules: z.array(moduleDraft).optional().describe('Modules that are used; left out where none is'),
    home: z.object({ text: paragraphs, sentences }).describe('What the home page says to visitors'),
    pages: z.array(z.object({ title: z.string(), text: paragraphs, sentences })).describe('Pages of text'),
    theme: z.object({
      background: z.string().describe('A colour such as #ffffff, or empty'),
      component: z.string().describe('The colour of buttons and headers such as #1a2b3c, or empty'),
      sentences,
    }),
    about: z.array(z.number()).describe('The numbers of sentences that say what the project is'),
    unmet: z.array(
      z.object({ sentence: z.number(), reason: z.string().describe('Why it is not met, a sentence for the user') }),
    ),
  });

export type DraftSchema = ReturnType<typeof draftSchemaFor>;
export type Draft = z.infer<DraftSchema>;
export type EntityDraft = Draft['entities'][number];
export type FieldDraft = EntityDraft['fields'][number];
export type RelationDraft = EntityDraft['relations'][number];
export type FeatureDraft = Draft['features'][number];

export type ModuleDraft = NonNullable<Draft['modules']>[number];

/** The options of a module, as its schema takes them. */
export function optionsOf({ options }: ModuleDraft): Record<string, string> {
  return Object.fromEntries(options.map(({ name, value }) => [name, value]));
}

export const emptyDraft: Draft = {
  actors: [],
  entities: [],
  features: [],
  home: { text: [], sentences: [] },
  pages: [],
  theme: { background: '', component: '', sentences: [] },
  about: [],
  unmet: [],
};
