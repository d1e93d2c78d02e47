import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { generationResultSchema, streamEventSchema } from '../../src/core/events.ts';
import { costOf } from '../../src/core/model-usage.ts';
import { phrasesOf } from '../../src/core/phrases.ts';
import { initialRunState, reduceRun } from '../../src/core/run-state.ts';
import { ClaudeModel } from '../../src/engines/claude/claude-model.ts';
import { ModelProject, modelProjects, slugOf } from '../support/model-service/model-project.ts';
import { MemoryWorkStore, type ModelRun, runModel } from '../support/model-service/model-run.ts';
import { ModelService } from '../support/model-service/model-service.ts';

const { price } = new ClaudeModel({ apiKey: 'a' });

for (const name of modelProjects) {
  describe(`${name} with a language model`, () => {
    let service: ModelService;
    let project: ModelProject;
    let run: ModelRun;
    const store = new MemoryWorkStore();

    before(async function () {
      this.timeout(180_000);
      project = await ModelProject.read(name);
      service = await ModelService.start({ reply: (asked) => project.reply(asked) });
      run = await runModel(service, project.request, { store });
      assert.equal(run.error, undefined);
    });
    after(() => service.stop());

    it('speaks only what its schemas allow, and never lets progress fall', () => {
      let progress = 0;
      for (const event of run.events) {
        assert.deepEqual(streamEventSchema.parse(event), event);
        assert.ok((event.progress ?? 100) >= progress, event.message);
        progress = event.progress ?? progress;
      }
      assert.deepEqual(generationResultSchema.parse(run.result), run.result);
    });

    it('asks for the analysis once and for each slice once', () => {
      const asked = service.messages.map(({ asked }) => (asked?.wantsValue ? 'analysis' : asked && slugOf(asked)));
      assert.deepEqual(asked.sort(), ['analysis', ...project.slices.keys()].sort());
      assert.ok(service.messages.every(({ status, isFinished }) => status === 200 && isFinished));
    });

    it('writes every slice as the model wrote it', () => {
      const snapshot = run.disk.snapshot();
      for (const files of project.slices.values()) {
        for (const { path, content } of files) {
          if (/^(tables|slots)\.json$/.test(path)) assert.equal(snapshot[path], undefined, 'declares and is no file');
          else assert.equal(snapshot[path], content);
        }
      }
    });

    it('puts what slices declare into the slots of the application', () => {
      const readme = run.disk.snapshot()['README.md'] ?? '';
      for (const files of project.slices.values()) {
        const declared = files.find(({ path }) => path === 'slots.json')?.content ?? '[]';
        for (const [, text = ''] of declared.matchAll(/"text": "([^"]+)"/g)) assert.ok(readme.includes(text), text);
      }
    });

    it('streams every file of the disk, whole', () => {
      const complete = new Map(
        run.events.flatMap((event) =>
          event.type === 'code_chunk' && event.data.isComplete ? [[event.data.file, event.data.sha256]] : [],
        ),
      );
      const onDisk = [...run.disk.entries].flatMap(([path, content]): [string, string][] =>
        typeof content === 'string' ? [] : [[path, createHash('sha256').update(content).digest('hex')]],
      );
      assert.deepEqual([...complete].sort(), onDisk.sort());
      assert.deepEqual(run.result?.files.map(({ path, sha256 }) => [path, sha256]).sort(), onDisk.sort());
    });

    it('streams slices piece by piece before they are accepted', () => {
      for (const [slug, files] of project.slices) {
        const screen = files.find(({ path }) => path.endsWith('/screen.tsx'));
        const pieces = run.events.filter(
          (event) => event.type === 'code_chunk' && event.data.file === screen?.path && !event.data.isComplete,
        );
        assert.ok(pieces.length > 20, `${slug} in ${pieces.length} pieces`);
      }
    });

    it('marks what was built as covered, and says why the rest is not', () => {
      const { sentences = [], phrases = [], features = [] } = run.result?.phases.analysis ?? {};
      for (const feature of features.filter(({ kind }) => kind === 'custom')) {
        assert.ok(feature.built, feature.title);
        const asking = phrasesOf(feature.origin);
        assert.ok(asking.length > 0, feature.title);
        for (const index of asking) {
          const state = phrases[index]?.state;
          assert.ok(state?.kind === 'built' && state.by.includes(`feature:${feature.id}`), feature.title);
        }
      }
      assert.deepEqual([...new Set(phrases.map(({ sentence }) => sentence))], [...sentences.keys()]);
    });

    it('counts and charges what the service did', () => {
      const { charged } = service;
      const usage = {
        inputTokens: charged.input_tokens,
        cachedTokens: charged.cache_read_input_tokens,
        cacheWriteTokens: charged.cache_creation_input_tokens,
        outputTokens: charged.output_tokens,
      };
      const { costUsd = 0, model, ...counted } = run.result?.usage ?? {};
      assert.deepEqual(counted, usage);
      assert.equal(model, 'claude-sonnet-5-5');
      assert.ok(price);
      assert.ok(Math.abs(costUsd - costOf(usage, price)) < 1e-9);
      assert.deepEqual(run.events.reduce(reduceRun, initialRunState).usage, run.result?.usage);
    });

    it('says before the slices what they are expected to cost', () => {
      const isEstimate = (event: (typeof run.events)[number]) =>
        event.type === 'phase_progress' && event.data?.estimate !== undefined;
      const estimate = run.events.findIndex(isEstimate);
      const writing = run.events.findIndex(
        (event) => event.type === 'phase_progress' && event.data?.slice !== undefined,
      );
      assert.ok(estimate !== -1 && estimate < writing);
    });

    it('gives all slices the same prefix, byte for byte, which only the first writes into the cache', () => {
      const slices = service.messages.filter(({ asked }) => asked?.wantsValue === false);
      const systems = new Set(slices.map(({ raw }) => JSON.stringify(JSON.parse(raw).system)));
      const tools = new Set(slices.map(({ raw }) => JSON.stringify(JSON.parse(raw).tools)));
      assert.equal(systems.size, 1);
      assert.equal(tools.size, 1);
      const [first, ...others] = slices.map(({ usage }) => usage);
      assert.ok((first?.cache_creation_input_tokens ?? 0) > 1000);
      for (const usage of others) {
        assert.equal(usage?.cache_creation_input_tokens, 0);
        assert.equal(usage?.cache_read_input_tokens, first?.cache_creation_input_tokens);
      }
    });

    it('keeps the key out of events, files and what is kept', () => {
      const said = JSON.stringify([run.events, run.result, run.disk.snapshot(), [...store.kept]]);
      assert.ok(!said.includes(service.key));
    });

    it('makes the same project again without asking for anything', async function () {
      this.timeout(180_000);
      service.reset();
      const again = await runModel(service, project.request, { store });
      assert.equal(again.error, undefined);
      assert.equal(service.messages.length, 0);
      assert.deepEqual(again.disk.snapshot(), run.disk.snapshot());
      assert.ok(again.result?.slices?.every(({ status, isKept }) => status === 'accepted' && isKept));
    });
  });
}
