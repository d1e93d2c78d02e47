import type { Blueprint } from './blueprint.ts';
import { breathe } from './breathe.ts';
import { close } from './close.ts';
import { measureComplexity } from './complexity.ts';
import { throwIfCancelled, toTakossError } from './errors.ts';
import type { Complexity, GeneratedFile, GenerationResult, StreamEvent } from './events.ts';
import { streamFiles } from './file-stream.ts';
import type { Clock, Engine, Generation, Generator, Renderer } from './ports.ts';
import type { ProjectRequest } from './request.ts';
import { errorEvent, RunEvents } from './run-events.ts';

export interface OrchestratorParts {
  readonly engine: Engine;
  readonly renderer: Renderer;
  readonly clock: Clock;
  /** Makes the id of a run's project, `proj-…`. */
  readonly createProjectId: () => string;
}

/** Runs a generation on this machine: reads the request with an engine, measures, renders, and says everything it does. */
export class Orchestrator implements Generator {
  readonly #parts: OrchestratorParts;

  constructor(parts: OrchestratorParts) {
    this.#parts = parts;
  }

  async *generate(request: ProjectRequest, { signal }: { signal: AbortSignal }): Generation {
    const run = new RunEvents(this.#parts.clock);
    try {
      return yield* this.#run(request, run, signal);
    } catch (thrown) {
      const error = toTakossError(thrown, signal);
      yield errorEvent(error, run.phase, this.#parts.clock.now());
      throw error;
    }
  }

  async *#run(request: ProjectRequest, run: RunEvents, signal: AbortSignal): Generation {
    const { engine, renderer, createProjectId } = this.#parts;
    const name = request.projectName;
    throwIfCancelled(signal);

    yield run.start('initialization', `Starting generation for ${name}`);
    const projectId = createProjectId();
    yield run.end('initialization', 'Ready to read the requirements', { projectId });

    yield run.start('analysis', 'Analyzing requirements and extracting features');
    const blueprint = yield* analyze(engine, request, run, signal);
    const { actors, entities, features, pages, theme, coverage } = blueprint;
    yield run.end(
      'analysis',
      `Found ${count(entities.length, 'entity', 'entities')} and ${count(features.length, 'feature')}`,
      {
        actors: actors.length,
        entities: entities.length,
        features: features.length,
        pages: pages.length,
        sentences: coverage.length,
        covered: coverage.filter((sentence) => sentence.coveredBy.length > 0).length,
      },
    );
    await breathe(signal);

    yield run.start('complexity', 'Estimating project complexity');
    const complexity: Complexity = measureComplexity(blueprint);
    yield run.end('complexity', `Complexity score: ${complexity.score}`, {
      score: complexity.score,
      cfp: complexity.cfp,
    });
    await breathe(signal);

    yield run.start('database', 'Designing database schema');
    const project = renderer.render(blueprint, request);
    const files: GeneratedFile[] = [];
    files.push(...(yield* streamFiles(project, 'database', run, signal)));
    yield run.end('database', `Database schema designed for ${count(entities.length, 'entity', 'entities')}`, {
      tables: project.database.tables,
    });

    yield run.start('frontend', 'Generating UI components');
    files.push(...(yield* streamFiles(project, 'frontend', run, signal)));
    yield run.end('frontend', `Generated ${count(project.frontend.components.length, 'component')}`, {
      components: project.frontend.components.length,
      pages: project.frontend.pages.length,
    });

    yield run.start('deployment', 'Preparing deployment configuration');
    files.push(...(yield* streamFiles(project, 'deployment', run, signal)));
    yield run.end('deployment', 'Deployment configuration ready', { targets: project.deployment.targets });
    throwIfCancelled(signal);

    yield run.complete(`Successfully generated ${name}`, projectId);
    return {
      success: true,
      projectId,
      phases: {
        analysis: { actors, entities, features, pages, theme, coverage },
        complexity,
        database: project.database,
        frontend: project.frontend,
        deployment: project.deployment,
      },
      files,
    } satisfies GenerationResult;
  }
}

async function* analyze(
  engine: Engine,
  request: ProjectRequest,
  run: RunEvents,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, Blueprint, void> {
  const steps = engine.analyze(request, { signal });
  try {
    for (;;) {
      const step = await steps.next();
      throwIfCancelled(signal);
      if (step.done) return step.value;
      yield run.task(step.value.task, step.value.index, step.value.total);
    }
  } finally {
    await close(steps);
  }
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
