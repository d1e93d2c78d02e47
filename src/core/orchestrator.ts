import { untoldAccess } from './access-notes.ts';
import { breathe } from './breathe.ts';
import { measureComplexity } from './complexity.ts';
import { splitCoverage } from './coverage-parts.ts';
import { sha256, utf8 } from './digest.ts';
import { EngineRecord, engineEvents } from './engine-events.ts';
import { throwIfCancelled, toTakossError } from './errors.ts';
import type { Complexity, GeneratedFile, GenerationResult, StreamEvent } from './events.ts';
import { streamFile, streamFiles } from './file-stream.ts';
import { finishBlueprint } from './finish-blueprint.ts';
import type { ModelUsage } from './model-usage.ts';
import type { Clock, Engine, Generation, Generator, Renderer, SliceWork } from './ports.ts';
import type { FilePhase, RenderedProject } from './rendered-project.ts';
import type { GenerationRequest } from './request.ts';
import { errorEvent, RunEvents } from './run-events.ts';
import { withSlices } from './slice-coverage.ts';
import type { SliceReport } from './slices.ts';
import { warningOf } from './understanding.ts';

export interface OrchestratorParts {
  /** Called once for every run. */
  readonly createEngine: () => Engine;
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

  async *generate(request: GenerationRequest, { signal }: { signal: AbortSignal }): Generation {
    const run = new RunEvents(this.#parts.clock);
    try {
      return yield* this.#run(request, run, signal);
    } catch (thrown) {
      const error = toTakossError(thrown, signal);
      yield errorEvent(error, run.phase, this.#parts.clock.now());
      throw error;
    }
  }

  async *#run({ previous, ...request }: GenerationRequest, run: RunEvents, signal: AbortSignal): Generation {
    const { createEngine, renderer, createProjectId } = this.#parts;
    const engine = createEngine();
    const record = new EngineRecord();
    const name = request.projectName;
    throwIfCancelled(signal);

    yield run.start('initialization', `Starting generation for ${name}`);
    const projectId = createProjectId();
    yield run.end('initialization', 'Ready to read the requirements', { projectId });

    yield run.start('analysis', 'Analyzing requirements and extracting features');
    const draft = yield* engineEvents(engine.analyze(request, { signal }), run, record, signal);
    const drafted = finishBlueprint(draft, renderer.fieldTypes, previous ?? undefined);
    const { entities } = drafted;
    const { covered, inPart } = splitCoverage(drafted);
    for (const text of untoldAccess(entities, drafted.phrases)) {
      record.add({ kind: 'notice', text });
      yield run.note(text, { notice: text });
    }
    yield run.end(
      'analysis',
      `Found ${count(entities.length, 'entity', 'entities')} and ${count(drafted.features.length, 'feature')}`,
      {
        actors: drafted.actors.length,
        entities: entities.length,
        features: drafted.features.length,
        pages: drafted.pages.length,
        sentences: drafted.sentences.length,
        covered: covered.length + inPart.length,
        ...usageOf(record),
      },
    );
    await breathe(signal);

    yield run.start('complexity', 'Estimating project complexity');
    const complexity: Complexity = measureComplexity(drafted);
    yield run.end('complexity', `Complexity score: ${complexity.score}`, {
      score: complexity.score,
      cfp: complexity.cfp,
    });
    await breathe(signal);

    yield run.start('database', 'Designing database schema');
    const base = renderer.render(drafted, request);
    const files = new Map<string, GeneratedFile>();
    yield* this.#stream(base, 'database', files, run, signal);
    yield run.end('database', `Database schema designed for ${count(entities.length, 'entity', 'entities')}`, {
      tables: base.database.tables,
    });

    yield run.start('frontend', 'Generating UI components');
    const plans = engine.writeSlices === undefined ? [] : renderer.planSlices(drafted);
    yield* this.#stream(base, 'frontend', files, run, signal, plans.length);
    let blueprint = drafted;
    let project = base;
    let report: SliceReport | undefined;
    if (engine.writeSlices !== undefined && plans.length > 0) {
      const render: SliceWork['render'] = (slices) =>
        renderer.render(withSlices(drafted, { accepted: slices, outcomes: [] }), request, slices);
      const work = { blueprint: drafted, plans, base: render([]), render };
      report = yield* engineEvents(engine.writeSlices(work, { signal }), run, record, signal);
      blueprint = withSlices(drafted, report);
      project = renderer.render(blueprint, request, report.accepted.length > 0 ? report.accepted : undefined);
      yield* streamChanges(base, project, report, files, run, signal);
    }
    yield run.end('frontend', `Generated ${count(project.frontend.components.length, 'component')}`, {
      components: project.frontend.components.length,
      pages: project.frontend.pages.length,
      ...usageOf(record),
    });

    yield run.start('deployment', 'Preparing deployment configuration');
    yield* this.#stream(project, 'deployment', files, run, signal);
    yield run.end('deployment', 'Deployment configuration ready', { targets: project.deployment.targets });
    throwIfCancelled(signal);

    const warning = warningOf(blueprint, engine.name);
    yield run.complete(`Successfully generated ${name}`, projectId, warning);
    const { actors, features, pages, theme, sentences, phrases } = blueprint;
    return {
      success: true,
      projectId,
      phases: {
        analysis: { actors, entities, features, pages, theme, sentences, phrases },
        complexity,
        database: project.database,
        frontend: project.frontend,
        deployment: project.deployment,
      },
      files: [...files.values()],
      engine: engine.name,
      ...usageOf(record),
      ...(report === undefined ? {} : { slices: [...report.outcomes] }),
      ...(warning === undefined ? {} : { warning }),
      ...(record.notices.length === 0 ? {} : { notices: record.notices }),
    } satisfies GenerationResult;
  }

  async *#stream(
    project: RenderedProject,
    phase: FilePhase,
    files: Map<string, GeneratedFile>,
    run: RunEvents,
    signal: AbortSignal,
    moreTasks = 0,
  ): AsyncGenerator<StreamEvent, void, void> {
    for (const file of yield* streamFiles(project, phase, run, signal, moreTasks)) files.set(file.path, file);
  }
}

/** Says what slices change: their own files, whose text has been said already, end; others that differ now are said again. */
async function* streamChanges(
  base: RenderedProject,
  project: RenderedProject,
  { accepted }: SliceReport,
  files: Map<string, GeneratedFile>,
  run: RunEvents,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void, void> {
  for (const { path, content } of accepted.flatMap((slice) => slice.files)) {
    const encoded = utf8(content);
    const file = { path, bytes: encoded.length, sha256: await sha256(encoded) };
    throwIfCancelled(signal);
    const { bytes, sha256: digest } = file;
    yield run.chunk({ file: path, chunk: '', offset: content.length, isComplete: true, sha256: digest, bytes });
    files.set(path, file);
  }
  const paths = new Set(project.files.map((file) => file.path));
  for (const path of [...files.keys()].filter((said) => !paths.has(said))) {
    // A project that stored nothing and gets a table has other files.
    yield run.chunk({ file: path, chunk: '', isComplete: false, isDiscarded: true });
    files.delete(path);
  }
  const before = new Map(base.files.map((file) => [file.path, file.content]));
  const changed = project.files.filter(
    (file) => !files.has(file.path) || (before.has(file.path) && before.get(file.path) !== file.content),
  );
  for (const file of changed) {
    if (file.phase === 'deployment') continue;
    files.set(file.path, yield* streamFile(file, run, signal));
  }
}

function usageOf({ usage }: EngineRecord): { usage?: ModelUsage } {
  return usage === undefined ? {} : { usage };
}

function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
