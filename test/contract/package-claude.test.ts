import assert from 'node:assert/strict';
import { type GenerationResult, streamEventSchema } from '../../src/core/events.ts';
import { type OrchestratorOptions, SimpleTakossOrchestrator } from '../../src/simple-takoss-orchestrator.ts';
import { type ModelProject, modelProject } from '../support/model-replies.ts';
import type { Asked } from '../support/model-service/asked.ts';
import { refusedKey } from '../support/model-service/faults.ts';
import { ModelService } from '../support/model-service/model-service.ts';

/** The package's export with a key, against a stand-in for the service of Claude. */
describe('SimpleTakossOrchestrator with a key', function () {
  this.timeout(180_000);
  let service: ModelService;
  let project: ModelProject;

  before(async () => {
    project = await modelProject('portfolio');
  });
  afterEach(() => service.stop());

  async function generate(options: OrchestratorOptions = {}, whenRefused?: (asked: Asked) => boolean) {
    service = await ModelService.start({ reply: project.reply });
    if (whenRefused !== undefined) service.faults.add(refusedKey, { when: whenRefused, times: 9 });
    const orchestrator = new SimpleTakossOrchestrator(service.key, { baseUrl: service.url, ...options });
    const progress: number[] = [];
    orchestrator.on('progress', (event) => progress.push(streamEventSchema.parse(event).progress ?? 0));
    const { requirements } = project;
    const result = await orchestrator.generateApplication({ projectName: 'Portfolio', requirements });
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
    return result;
  }

  const statuses = ({ slices }: GenerationResult) => slices?.map(({ status }) => status);
  const notices = ({ notices: list = [] }: GenerationResult) => list.join('\n');

  it('has Claude read the requirements and write what rules cannot', async () => {
    const result = await generate({ budgetUsd: 1 });
    assert.equal(result.engine, 'claude');
    assert.deepEqual(statuses(result), ['accepted']);
    assert.equal(result.usage?.budgetUsd, 1);
    assert.match(notices(result), /not type-checked, linted or tested/);
    assert.ok(result.files.some(({ path }) => path.endsWith('/work-out-the-price-of-a-shoot/screen.tsx')));
  });

  it('goes on by rules where the key is refused, and says so', async () => {
    const result = await generate({}, () => true);
    assert.match(notices(result), /read by rules, because the model failed\. .*key/);
    assert.ok(result.files.some(({ path }) => path === 'package.json'));
    assert.deepEqual(
      [...new Set(statuses(result) ?? [])].filter((status) => status !== 'left-out'),
      [],
    );
    assert.ok(service.messages.length <= 1, 'a refused key is not tried again');
  });

  it('goes on without the features where the key is refused in the middle', async () => {
    const result = await generate({}, ({ wantsValue }) => !wantsValue);
    assert.match(notices(result), /No features were written, because the model failed\./);
    assert.deepEqual(statuses(result), ['left-out']);
    assert.match(result.slices?.[0]?.reason ?? '', /The model failed\./);
    assert.ok(!result.files.some(({ path }) => path.includes('work-out-the-price')));
  });

  it('asks nobody with the engine offline', async () => {
    const result = await generate({ engine: 'offline' });
    assert.equal(result.engine, 'offline');
    assert.equal(service.messages.length, 0);
  });

  it('keeps no budget for a model without a price', async () => {
    await assert.rejects(generate({ model: 'claude-of-the-future', budgetUsd: 1 }), { code: 'invalid-request' });
    assert.equal(service.messages.length, 0);
  });

  it('asks another model where the one of the run declines, and says so', async () => {
    const declines = { kind: 'stop', afterEvents: 3, reason: 'refusal' } as const;
    service = await ModelService.start({ reply: project.reply });
    service.faults.add(declines, { when: ({ model }) => model === 'claude-sonnet-5-5', times: 9 });
    const options = { baseUrl: service.url, budgetUsd: 1, fallbackModels: ['claude-opus-5-5'] };
    const orchestrator = new SimpleTakossOrchestrator(service.key, options);
    const { requirements } = project;
    const result = await orchestrator.generateApplication({ projectName: 'Portfolio', requirements });
    assert.deepEqual(statuses(result), ['accepted']);
    assert.match(notices(result), /claude-sonnet-5-5 declined to answer.*: claude-opus-5-5 was asked instead\./);
    assert.equal(service.messages.length, 4, 'each of two requests once of both');
  });

  it('takes a token of a gateway for a key, and says how much to think', async () => {
    service = await ModelService.start({ reply: project.reply });
    const { key: authToken, url: baseUrl } = service;
    const orchestrator = new SimpleTakossOrchestrator('', { engine: 'claude', authToken, baseUrl, effort: 'low' });
    const { requirements } = project;
    const result = await orchestrator.generateApplication({ projectName: 'Portfolio', requirements });
    assert.equal(result.engine, 'claude');
    assert.ok(service.messages.every(({ raw }) => raw.includes('"effort":"low"')));
  });

  it('needs a key where Claude is named', async () => {
    service = await ModelService.start({ reply: project.reply });
    assert.throws(() => new SimpleTakossOrchestrator(' ', { engine: 'claude' }), { code: 'model-key' });
  });
});
