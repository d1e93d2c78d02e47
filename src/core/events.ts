import * as z from 'zod';
import { blueprintSchema } from './blueprint.ts';
import { errorCodes } from './errors.ts';
import { modelUsageSchema, usageEstimateSchema } from './model-usage.ts';
import { runWarningSchema } from './run-warning.ts';
import { sliceOutcomeSchema } from './slice-outcome.ts';

/**
 * What a run says while it happens. Types, fields, percentages and wording are those of the first version of Takoss,
 * whose clients and servers keep working; what is new travels in `data` or in optional fields.
 */

/** A step inside a phase: `task` is its title, `index` counts from 1 to `total`. */
const taskDataSchema = z.object({ task: z.string(), index: z.int(), total: z.int() });
export type TaskData = z.infer<typeof taskDataSchema>;

const foundItemSchema = z.object({ item: z.enum(['entity', 'feature']), name: z.string() });
export type FoundItem = z.infer<typeof foundItemSchema>;

/** What a `phase_progress` is about: a step, or what a model found, used, is expected to use, or made of a slice. */
const progressDataSchema = taskDataSchema
  .partial()
  .extend({
    found: foundItemSchema.optional(),
    /** What the run has used so far. */
    usage: modelUsageSchema.optional(),
    estimate: usageEstimateSchema.optional(),
    /** Something the user has to know, which stays in view. */
    notice: z.string().optional(),
    slice: sliceOutcomeSchema.optional(),
  })
  .loose();
export type ProgressData = z.infer<typeof progressDataSchema>;

/**
 * A piece of a file. `offset` is where the piece starts, in UTF-16 units of the whole text. The last piece has
 * `isComplete`, and then `sha256` (hex, of the UTF-8 bytes) and `bytes`: only now may the file be written.
 */
const codeChunkDataSchema = z.object({
  file: z.string(),
  chunk: z.string(),
  offset: z.int().min(0).optional(),
  isComplete: z.boolean(),
  sha256: z.string().optional(),
  bytes: z.int().min(0).optional(),
  /** The file is given up: what came of it is not written. Comes with an empty piece and without `isComplete`. */
  isDiscarded: z.boolean().optional(),
});
export type CodeChunkData = z.infer<typeof codeChunkDataSchema>;

/** What failed and where. */
const errorDataSchema = z.object({
  code: z.enum(errorCodes),
  /** The phase it happened in. */
  phase: z.string().optional(),
  /** The request field at fault. */
  field: z.string().optional(),
});
export type ErrorData = z.infer<typeof errorDataSchema>;

const common = {
  phase: z.string(),
  message: z.string(),
  progress: z.number().min(0).max(100).optional(),
  /** Milliseconds since 1970 at which it happened. */
  at: z.number().optional(),
  runId: z.string().optional(),
  /** Counts the events of a run from 1. */
  seq: z.int().optional(),
  attempt: z.int().optional(),
};

export const streamEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('phase_start'), ...common, data: z.looseObject({}).optional() }),
  z.object({
    type: z.literal('phase_progress'),
    ...common,
    data: progressDataSchema.optional().catch(undefined),
  }),
  z.object({ type: z.literal('phase_complete'), ...common, data: z.looseObject({}).optional() }),
  z.object({ type: z.literal('code_chunk'), ...common, data: codeChunkDataSchema }),
  z.object({ type: z.literal('error'), ...common, data: errorDataSchema.optional().catch(undefined) }),
  z.object({
    type: z.literal('complete'),
    ...common,
    data: z
      .looseObject({ projectId: z.string().optional(), warning: runWarningSchema.optional().catch(undefined) })
      .optional(),
  }),
]);
export type StreamEvent = z.infer<typeof streamEventSchema>;

/** One functional process of the application and its data movements, as COSMIC (ISO/IEC 19761) counts them. */
const functionalProcessSchema = z.object({
  /** `Create post`. */
  name: z.string(),
  entity: z.string().optional(),
  entry: z.int().min(0),
  exit: z.int().min(0),
  read: z.int().min(0),
  write: z.int().min(0),
  /** The sum of the four. */
  cfp: z.int().min(0),
});
export type FunctionalProcess = z.infer<typeof functionalProcessSchema>;

const complexitySchema = z.object({
  /** 0 to 100. */
  score: z.int().min(0).max(100),
  /** COSMIC function points of the whole application. */
  cfp: z.int().min(0),
  processes: z.array(functionalProcessSchema),
});
export type Complexity = z.infer<typeof complexitySchema>;

const generatedFileSchema = z.object({
  /** POSIX path below the project's folder. */
  path: z.string(),
  bytes: z.int().min(0),
  sha256: z.string(),
});
export type GeneratedFile = z.infer<typeof generatedFileSchema>;

const { actors, entities, features, pages, theme, sentences, phrases } = blueprintSchema.shape;

/** What a finished run made. */
export const generationResultSchema = z.object({
  success: z.boolean(),
  projectId: z.string(),
  phases: z.object({
    analysis: z.object({ actors, entities, features, pages, theme, sentences, phrases }),
    complexity: complexitySchema,
    database: z.object({ dialect: z.enum(['postgresql', 'none']), tables: z.array(z.string()) }),
    frontend: z.object({ components: z.array(z.string()), pages: z.array(z.string()) }),
    deployment: z.object({ targets: z.array(z.string()) }),
  }),
  files: z.array(generatedFileSchema),
  /** The engine of the run, `offline` or a provider of language models; a notice says where the offline engine had to step in. */
  engine: z
    .string()
    .regex(/^[a-z][a-z\d-]{0,39}$/)
    .optional(),
  /** What a model used; absent without one. */
  usage: modelUsageSchema.optional(),
  /** What became of the features a model was asked to write. */
  slices: z.array(sliceOutcomeSchema).optional(),
  /** What the user has to know. */
  notices: z.array(z.string()).optional(),
  /** Why the application is not what was asked for, although the run ended well. */
  warning: runWarningSchema.optional(),
});
export type GenerationResult = z.infer<typeof generationResultSchema>;
