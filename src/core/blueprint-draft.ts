import * as z from 'zod';
import { accessDraftSchema, accessRuleSchema } from './access.ts';

/**
 * A blueprint as engines fill it: names, and the sentences that ask for each item. `finishBlueprint` repairs its names, holds it against its schema and makes
 * a {@link Blueprint} of it. It is also what `takoss.json` of earlier projects keeps as version 1.
 */

export const identifier = z.string().regex(/^[a-z][A-Za-z0-9]{0,49}$/, 'must be a camelCase identifier');
export const typeName = z.string().regex(/^[A-Z][A-Za-z0-9]{0,49}$/, 'must be a PascalCase identifier');
export const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case');
export const label = z.string().min(1).max(200);
const sentenceIndex = z.int().min(0);

export const fieldSchema = z.object({
  /** camelCase name in code and JSON. Never `id`, `createdAt` or `updatedAt`: every entity has those. */
  name: identifier,
  /** What a person reads, sentence case. */
  label,
  /** The id of a type of field: how a value is stored, checked, entered and shown. */
  type: slug,
  required: z.boolean(),
  unique: z.boolean(),
  /** The allowed values, in order, as a person reads them. Only for types that take values. */
  values: z.array(label).min(1).optional(),
  /** Inclusive bounds of a number. */
  min: z.number().optional(),
  max: z.number().optional(),
  /** What a number counts: `kg`, `minutes`. */
  unit: z.string().min(1).max(20).optional(),
  /** ISO 4217, of an amount of money: `EUR`. Absent where the text names none. */
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'must be a code such as EUR')
    .optional(),
  /** Decimal places of a number. */
  decimals: z.int().min(0).max(10).optional(),
  /** Who may see it, where that is not whoever may view the record. Relations are named. */
  access: accessRuleSchema.optional(),
});
export type Field = z.infer<typeof fieldSchema>;

/** Records by names of fields. */
export const samplesSchema = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])));

export const relationSchema = z.object({
  /** camelCase, singular: `category` of a post, `tag` of a post. Unique among the entity's fields and relations. */
  name: identifier,
  label,
  /**
   * Read from the entity that holds the relation: many posts belong to one category (`many-to-one`, a foreign key),
   * one profile belongs to one user (`one-to-one`, a unique foreign key), posts have tags and tags posts (`many-to-many`).
   */
  kind: z.enum(['many-to-one', 'one-to-one', 'many-to-many']),
  /** The name of the entity on the other side. May be the holder itself. */
  target: typeName,
  required: z.boolean(),
  /** What the target calls the holders: the `posts` of a category. camelCase; unique within the target. */
  inverse: identifier,
});
export type Relation = z.infer<typeof relationSchema>;

export const entitySchema = z.object({
  /** PascalCase singular, unique in the blueprint: `BlogPost`. */
  name: typeName,
  /** PascalCase plural, different from every name: `BlogPosts`. */
  plural: typeName,
  /** What a person reads, sentence case: `Blog post` and `Blog posts`. */
  label,
  pluralLabel: label,
  description: z.string().max(500),
  /** None where relations say all there is: an enrollment of a student in a course. */
  fields: z.array(fieldSchema),
  relations: z.array(relationSchema),
  /**
   * The field that names a record in lists and links. Absent where records have no name of their own: they are named after the records that they
   * require, or by their number.
   */
  titleField: identifier.optional(),
  /** The name of the relation to the record that it is a part of. */
  partOf: identifier.optional(),
  /** Who may do what, as far as the text says. Fields and relations are named, actors by their ids. */
  access: accessDraftSchema.optional(),
  /** Records that a person would believe, by names of fields. */
  samples: samplesSchema.optional(),
  /** Sentences that speak of it. */
  sentences: z.array(sentenceIndex),
});
export type Entity = z.infer<typeof entitySchema>;

export const actorSchema = z.object({
  /** kebab-case, unique. */
  id: slug,
  /** Sentence case, singular: `Shop owner`. */
  name: label,
  /** The name of the entity that such people are: the customer, the patient. */
  profile: typeName.optional(),
  sentences: z.array(sentenceIndex),
});
export type Actor = z.infer<typeof actorSchema>;

/**
 * What a feature does with its entity. The first eight are rendered for every entity that has the feature's name in it;
 * `content` is a page of text; `custom` is everything else: a module builds it, a model writes it, or it is not built.
 */
export const featureKinds = [
  'list',
  'view',
  'create',
  'update',
  'delete',
  'search',
  'filter',
  'sort',
  'content',
  'theme',
  'custom',
] as const;
export type FeatureKind = (typeof featureKinds)[number];

export const featureSchema = z.object({
  /** kebab-case, unique. */
  id: slug,
  /** Sentence case, starts with a verb: `Search posts`. */
  title: label,
  kind: z.enum(featureKinds),
  /** What it must do, where a model has put it into words. */
  description: z.string().max(2000).optional(),
  /** The entity it works on, if it does. */
  entity: typeName.optional(),
  /** The actor who does it, if the text says so. */
  actor: slug.optional(),
  /** Whether the generated application has it. A feature that is not built says so wherever it is shown. */
  built: z.boolean(),
  /** The sentences that ask for it: its acceptance criteria. Empty for what every application gets. */
  sentences: z.array(sentenceIndex),
});
export type Feature = z.infer<typeof featureSchema>;

export const pageSchema = z.object({
  /** kebab-case, unique. */
  id: slug,
  title: label,
  /** The route, `/` for the home page. `:id` stands for a record. */
  path: z.string().regex(/^\/[a-z0-9\-/:]*$/i),
  kind: z.enum(['home', 'list', 'detail', 'create', 'edit', 'content']),
  entity: typeName.optional(),
  /** Paragraphs of a `content` page and the introduction of the home page. */
  text: z.array(z.string().min(1)).optional(),
});
export type Page = z.infer<typeof pageSchema>;

const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #1a2b3c');
export const themeSchema = z.object({
  /** The page behind everything. */
  background: colour,
  /** Buttons, cards' accents, headers. */
  component: colour,
  /** The name the user gave the colour, where they gave one. */
  backgroundName: z.string().optional(),
  componentName: z.string().optional(),
  sentences: z.array(sentenceIndex),
});
export type Theme = z.infer<typeof themeSchema>;

/** Something that the application does beyond keeping records, as it was understood. */
export const moduleUseSchema = z.object({
  /** The module's id in the catalogue. At most one use of each. */
  id: slug,
  options: z.record(z.string(), z.unknown()),
  /** The names of the entities that it works on. */
  entities: z.array(typeName),
  sentences: z.array(sentenceIndex),
});
export type ModuleUse = z.infer<typeof moduleUseSchema>;

/**
 * What an item of the blueprint is called in coverage: `entity:Post`, `field:Post.title`, `module:comments`… The rules of access are
 * `access:Post`, what they say of one action `access:Post/delete`, and that of a field `access:Post.email`.
 */
export const reference = z.string().regex(/^(entity|field|relation|feature|module|actor|page|theme|project|access):/);

const sentenceSchema = z.object({
  /** The sentence, bullet or heading, as written. */
  text: z.string(),
  /** UTF-16 offsets in the requirements. */
  start: z.int().min(0),
  end: z.int().min(0),
  /** The items of the blueprint that cover it. Empty: nothing does. */
  coveredBy: z.array(reference),
  /** Why nothing, or not all of it, is covered, for the user to read. */
  note: z.string().optional(),
});
export type CoveredSentence = z.infer<typeof sentenceSchema>;

export const blueprintDraftSchema = z.object({
  version: z.literal(1),
  /** The name as the user typed it. */
  name: label,
  /** kebab-case name for folders, packages and databases. */
  slug,
  description: z.string(),
  actors: z.array(actorSchema),
  entities: z.array(entitySchema),
  features: z.array(featureSchema),
  /** The first is the home page. */
  pages: z.array(pageSchema).min(1),
  theme: themeSchema,
  /** Absent in files of version 1 of `takoss.json`, which knew none. */
  modules: z.array(moduleUseSchema).optional(),
  /** Every sentence of the requirements, in order. Indexes elsewhere point here. */
  coverage: z.array(sentenceSchema),
});
export type BlueprintDraft = z.infer<typeof blueprintDraftSchema>;
