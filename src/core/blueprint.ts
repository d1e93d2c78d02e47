import * as z from 'zod';
import { accessSchema } from './access.ts';
import * as draft from './blueprint-draft.ts';
import { originSchema, phraseSchema, sentenceSchema } from './phrases.ts';

/**
 * What the user's words mean, as one value: the contract between reading requirements and rendering an application. Engines fill it, the renderer
 * believes it, `takoss.json` in the generated project keeps it.
 *
 * Entities, fields and relations have ids, which are minted from their first name and stay when they are renamed. Every item says where it comes from,
 * and every phrase what became of it.
 */

/** kebab-case. Unique among entities, and among the fields and relations of an entity. */
const id = draft.slug;

export const fieldSchema = draft.fieldSchema.extend({
  id,
  origin: originSchema,
});
export type Field = z.infer<typeof fieldSchema>;

export const relationSchema = draft.relationSchema.extend({ id, origin: originSchema });
export type Relation = z.infer<typeof relationSchema>;

export const entitySchema = draft.entitySchema.omit({ sentences: true }).extend({
  id,
  fields: z.array(fieldSchema),
  relations: z.array(relationSchema),
  /** The id of the relation to the record that it is a part of: it is edited inside that record, and deleted with it. */
  partOf: id.optional(),
  access: accessSchema,
  /** Records that a person would believe, by names of fields. The renderer makes up its own where there are none. */
  samples: draft.samplesSchema,
  origin: originSchema,
});
export type Entity = z.infer<typeof entitySchema>;

export const actorSchema = draft.actorSchema.omit({ sentences: true }).extend({ origin: originSchema });
export type Actor = z.infer<typeof actorSchema>;

export const featureSchema = draft.featureSchema.omit({ sentences: true }).extend({ origin: originSchema });
export type Feature = z.infer<typeof featureSchema>;

export const pageSchema = draft.pageSchema.extend({ origin: originSchema });
export type Page = z.infer<typeof pageSchema>;

export const themeSchema = draft.themeSchema.omit({ sentences: true }).extend({ origin: originSchema });
export type Theme = z.infer<typeof themeSchema>;

/** Something that the application does beyond keeping records. What it adds is computed, never kept here. */
export const moduleUseSchema = z.object({
  id,
  options: z.record(z.string(), z.unknown()),
  /** The ids of the entities it works on. */
  entities: z.array(id),
  origin: originSchema,
});
export type ModuleUse = z.infer<typeof moduleUseSchema>;

export const blueprintSchema = z.object({
  version: z.literal(2),
  /** The name as the user typed it. */
  name: draft.label,
  /** kebab-case name for folders, packages and databases. */
  slug: draft.slug,
  description: z.string(),
  actors: z.array(actorSchema),
  entities: z.array(entitySchema),
  features: z.array(featureSchema),
  /** The first is the home page. */
  pages: z.array(pageSchema).min(1),
  theme: themeSchema,
  modules: z.array(moduleUseSchema),
  /** Every sentence of the requirements, in order. */
  sentences: z.array(sentenceSchema),
  /** Every phrase, in the order of the sentences. Indexes elsewhere point here. */
  phrases: z.array(phraseSchema),
});
export type Blueprint = z.infer<typeof blueprintSchema>;
