import assert from 'node:assert/strict';
import {
  type GenerationResult,
  generationResultSchema,
  type StreamEvent,
  streamEventSchema,
} from '../../src/core/events.ts';
import { createLocalGenerator } from '../../src/local-generator.ts';
import { SimpleTakossOrchestrator } from '../../src/simple-takoss-orchestrator.ts';
import { collect } from '../support/generations.ts';

const blog = {
  projectName: 'Blog Platform',
  description: 'A place to write',
  requirements: [
    'Authors write posts with a title, a body and a publication date.',
    'Readers leave comments on posts.',
    'Each post belongs to a category and has many tags.',
    'Send a weekly newsletter by e-mail.',
  ].join('\n'),
};

/** What every generator owes its clients, whatever engine or transport is behind it. */
describe('generator contract', () => {
  let events: StreamEvent[] = [];
  let result: GenerationResult | undefined;

  before(async function () {
    this.timeout(180_000);
    const run = await collect(createLocalGenerator().generate(blog, { signal: new AbortController().signal }));
    assert.equal(run.error, undefined);
    ({ events, result } = run);
  });

  it('says the phases with the types, percentages and wording of the first version', () => {
    const milestones = events
      .filter((event) => event.type !== 'phase_progress' && event.type !== 'code_chunk')
      .map((event) => `${event.type} ${event.phase} ${event.progress} ${event.message}`);
    const entities = result?.phases.analysis.entities.length;
    const features = result?.phases.analysis.features.length;
    assert.deepEqual(milestones, [
      'phase_start initialization 0 Starting generation for Blog Platform',
      'phase_complete initialization 10 Ready to read the requirements',
      'phase_start analysis 10 Analyzing requirements and extracting features',
      `phase_complete analysis 20 Found ${entities} entities and ${features} features`,
      'phase_start complexity 30 Estimating project complexity',
      `phase_complete complexity 40 Complexity score: ${result?.phases.complexity.score}`,
      'phase_start database 50 Designing database schema',
      `phase_complete database 60 Database schema designed for ${entities} entities`,
      'phase_start frontend 70 Generating UI components',
      `phase_complete frontend 80 Generated ${result?.phases.frontend.components.length} components`,
      'phase_start deployment 90 Preparing deployment configuration',
      'phase_complete deployment 95 Deployment configuration ready',
      'complete complete 100 Successfully generated Blog Platform',
    ]);
  });

  it('never lets progress fall', () => {
    let progress = 0;
    for (const event of events) {
      assert.ok((event.progress ?? 0) >= progress, `${event.message} at ${event.progress} after ${progress}`);
      progress = event.progress ?? progress;
    }
  });

  it('says sub-tasks that count up to their total within the phase', () => {
    for (const phase of ['analysis', 'database', 'frontend', 'deployment']) {
      const tasks = events.flatMap((event) =>
        event.type === 'phase_progress' && event.phase === phase && event.data ? [event.data] : [],
      );
      assert.ok(tasks.length > 0, phase);
      assert.deepEqual(
        tasks.map((task) => task.index),
        tasks.map((_, index) => index + 1),
      );
      assert.ok(
        tasks.every((task) => task.total === tasks.length),
        phase,
      );
    }
  });

  it('streams every file of the result, whole', () => {
    const complete = events.flatMap((event) =>
      event.type === 'code_chunk' && event.data.isComplete ? [event.data] : [],
    );
    assert.deepEqual(
      complete.map(({ file, sha256, bytes }) => ({ path: file, bytes, sha256 })),
      result?.files,
    );
  });

  it('speaks only what its schemas allow', () => {
    for (const event of events) assert.deepEqual(streamEventSchema.parse(event), event);
    assert.deepEqual(generationResultSchema.parse(result), result);
  });

  it('accounts for every sentence of the requirements', () => {
    const { sentences = [], phrases = [] } = result?.phases.analysis ?? {};
    for (const parts of [sentences, phrases]) {
      assert.deepEqual(
        parts.map(({ start, end }) => blog.requirements.slice(start, end)),
        parts.map(({ text }) => text),
      );
    }
    assert.deepEqual([...new Set(phrases.map(({ sentence }) => sentence))], [...sentences.keys()]);
    const missing = phrases.filter(({ state, text }) => state.kind === 'not-built' && text.includes('newsletter'));
    assert.ok(missing.length > 0, 'what is not built is said');
  });

  it('generates the same files from the same request, byte for byte', async function () {
    this.timeout(180_000);
    const again = await collect(createLocalGenerator().generate(blog, { signal: new AbortController().signal }));
    assert.deepEqual(again.result?.files, result?.files);
  });

  it('serves the JavaScript class of the first version', async function () {
    this.timeout(180_000);
    const orchestrator = new SimpleTakossOrchestrator();
    const seen: StreamEvent[] = [];
    orchestrator.on('progress', (event) => seen.push(event));
    const made = await orchestrator.generateApplication(blog);
    assert.deepEqual(made.files, result?.files);
    const shape = (event: StreamEvent) => ({
      ...event,
      at: 0,
      data: event.type === 'code_chunk' ? event.data : undefined,
    });
    assert.deepEqual(seen.map(shape), events.map(shape));
    await assert.rejects(orchestrator.generateApplication(blog), /has run already/);
  });
});
