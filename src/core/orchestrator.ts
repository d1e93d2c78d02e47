import type { Blueprint } from './blueprint.ts';
import { measureComplexity } from './complexity.ts';
import { sha256, utf8 } from './digest.ts';
import { type TakossError, throwIfCancelled, toTakossError } from './errors.ts';
import type { Complexity, GeneratedFile, GenerationResult, StreamEvent } from './events.ts';
import { type PhaseName, phases } from './phases.ts';
import type {
  Clock,
  Engine,
  FilePhase,
  Generation,
  Generator,
  RenderedFile,
  RenderedProject,
  Renderer,
} from './ports.ts';
import type { ProjectRequest } from './request.ts';

/** How much of a file travels in one event, in UTF-16 units: small enough to watch, large enough to be cheap. */
const chunkLength = 2048;

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
    const run = new Run(this.#parts.clock);
    try {
      return yield* this.#run(request, run, signal);
    } catch (thrown) {
      const error = toTakossError(thrown, signal);
      yield errorEvent(error, run.phase, this.#parts.clock.now());
      throw error;
    }
  }

  async *#run(request: ProjectRequest, run: Run, signal: AbortSignal): Generation {
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

/** The event of a failure. Its progress is 0, as in the first version. */
export function errorEvent(error: TakossError, phase: string, at: number): StreamEvent {
  const data = { code: error.code, phase, ...(error.field === undefined ? {} : { field: error.field }) };
  return { type: 'error', phase: 'error', message: `Generation failed: ${error.message}`, progress: 0, data, at };
}

/** Makes the events of one run and keeps its progress from falling. */
class Run {
  /** The phase that started last. */
  phase: PhaseName = 'initialization';
  #progress = 0;
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  start(phase: PhaseName, message: string): StreamEvent {
    this.phase = phase;
    return { type: 'phase_start', phase, message, progress: this.#reach(limits(phase).start), at: this.#clock.now() };
  }

  end(phase: PhaseName, message: string, data: Record<string, unknown>): StreamEvent {
    return {
      type: 'phase_complete',
      phase,
      message,
      progress: this.#reach(limits(phase).end),
      data,
      at: this.#clock.now(),
    };
  }

  task(task: string, index: number, total: number): StreamEvent {
    const { start, end } = limits(this.phase);
    const progress = this.#reach(start + Math.floor(((end - start) * (index - 1)) / Math.max(total, 1)));
    const { phase } = this;
    return {
      type: 'phase_progress',
      phase,
      message: task,
      progress,
      data: { task, index, total },
      at: this.#clock.now(),
    };
  }

  chunk(data: Extract<StreamEvent, { type: 'code_chunk' }>['data']): StreamEvent {
    const { phase } = this;
    return {
      type: 'code_chunk',
      phase,
      message: `Writing ${data.file}`,
      progress: this.#progress,
      data,
      at: this.#clock.now(),
    };
  }

  complete(message: string, projectId: string): StreamEvent {
    return {
      type: 'complete',
      phase: 'complete',
      message,
      progress: this.#reach(100),
      data: { projectId },
      at: this.#clock.now(),
    };
  }

  #reach(progress: number): number {
    this.#progress = Math.max(this.#progress, progress);
    return this.#progress;
  }
}

function limits(name: PhaseName): { start: number; end: number } {
  const { start, end } = phases.find((phase) => phase.name === name) ?? phases[0];
  return { start, end };
}

async function* analyze(
  engine: Engine,
  request: ProjectRequest,
  run: Run,
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
    await steps.return(undefined as never);
  }
}

async function* streamFiles(
  project: RenderedProject,
  phase: FilePhase,
  run: Run,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, GeneratedFile[], void> {
  const files = project.files.filter((file) => file.phase === phase);
  const tasks = [...new Set(files.map((file) => file.task))];
  const written: GeneratedFile[] = [];
  for (const [index, task] of tasks.entries()) {
    yield run.task(task, index + 1, tasks.length);
    for (const file of files.filter((candidate) => candidate.task === task)) {
      written.push(yield* streamFile(file, run, signal));
    }
    await breathe(signal);
  }
  return written;
}

async function* streamFile(
  { path, content }: RenderedFile,
  run: Run,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, GeneratedFile, void> {
  const encoded = utf8(content);
  const digest = await sha256(encoded);
  let offset = 0;
  do {
    throwIfCancelled(signal);
    const chunk = content.slice(offset, chunkEnd(content, offset));
    const isComplete = offset + chunk.length >= content.length;
    const whole = isComplete ? { sha256: digest, bytes: encoded.length } : {};
    yield run.chunk({ file: path, chunk, offset, isComplete, ...whole });
    offset += chunk.length;
  } while (offset < content.length);
  return { path, bytes: encoded.length, sha256: digest };
}

/** Ends a piece between two characters, so that each piece is valid text by itself. */
function chunkEnd(content: string, offset: number): number {
  const end = offset + chunkLength;
  const code = content.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end + 1 : end;
}

/** Lets the host breathe: events go out, a click on Cancel comes in. */
async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve));
  throwIfCancelled(signal);
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
