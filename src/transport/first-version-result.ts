import * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import { type CodeChunkData, type GenerationResult, generationResultSchema } from '../core/events.ts';
import { StagedFiles } from '../core/staged-files.ts';

const { analysis, complexity, database, frontend, deployment } = generationResultSchema.shape.phases.shape;
const { actors, entities, features, pages, theme, sentences, phrases } = analysis.shape;

/** Nothing is known of it, and the type asks for colours. */
const noTheme = {
  background: '#ffffff',
  component: '#000000',
  origin: { by: 'assumed' as const, reason: 'The server does not say.' },
};

const analysisSchema = z.looseObject({
  actors: actors.catch([]),
  entities: entities.catch([]),
  features: features.catch([]),
  pages: pages.catch([]),
  theme: theme.catch(noTheme),
  sentences: sentences.catch([]),
  phrases: phrases.catch([]),
});
const complexitySchema = z.looseObject({
  score: complexity.shape.score.catch(0),
  cfp: complexity.shape.cfp.catch(0),
  processes: complexity.shape.processes.catch([]),
});
const databaseSchema = z.looseObject({
  dialect: database.shape.dialect.catch('none'),
  tables: database.shape.tables.catch([]),
});
const frontendSchema = z.looseObject({
  components: frontend.shape.components.catch([]),
  pages: frontend.shape.pages.catch([]),
});
const deploymentSchema = z.looseObject({ targets: deployment.shape.targets.catch([]) });

/** What is missing or has another form becomes what an empty object becomes: nothing. */
function orEmpty<T extends z.ZodType>(schema: T) {
  return schema.catch(() => schema.parse({}));
}

const phasesSchema = z.looseObject({
  analysis: orEmpty(analysisSchema),
  complexity: orEmpty(complexitySchema),
  database: orEmpty(databaseSchema),
  frontend: orEmpty(frontendSchema),
  deployment: orEmpty(deploymentSchema),
});

/** The result of a server of the first version, which promises `success` and `projectId` only. */
const resultSchema = z.looseObject({
  success: z.boolean(),
  projectId: z.string().max(200).catch(''),
  phases: orEmpty(phasesSchema),
});

/**
 * Reads the result of a server of the first version: what it says is kept, and what ours says besides is empty. Its files are those that
 * came as pieces, which is usually none. Throws `protocol`.
 */
export async function readFirstVersionResult(
  value: unknown,
  chunks: readonly CodeChunkData[],
): Promise<GenerationResult> {
  const parsed = resultSchema.safeParse(value);
  if (!parsed.success) {
    throw new TakossError('protocol', 'The server ended the run with a result that cannot be read. Run it again.', {
      cause: parsed.error,
    });
  }
  const staged = new StagedFiles();
  for (const chunk of chunks) await staged.add(chunk);
  const files = staged.complete().map(({ path, content, sha256 }) => ({ path, bytes: content.length, sha256 }));
  return { ...parsed.data, files };
}
