import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { TakossError } from '../../../../src/core/errors.ts';
import { finishBlueprint } from '../../../../src/core/finish-blueprint.ts';
import type { ModelPrompt } from '../../../../src/core/model-port.ts';
import { maxRequirementsLength, type ProjectRequest } from '../../../../src/core/request.ts';
import { AnalysisFormat } from '../../../../src/engines/model/analysis/analysis-format.ts';
import { type Draft, emptyDraft } from '../../../../src/engines/model/analysis/draft.ts';
import { planParts } from '../../../../src/engines/model/analysis/parts.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../../src/modules/catalog.ts';
import { splitStatements } from '../../../../src/reading/sentences.ts';
import { ProjectRenderer } from '../../../../src/render/renderer.ts';
import { FakeModel, MemoryWorkStore, type Reply } from '../../../support/fake-model.ts';
import { assertSound } from '../../reading/invariants.ts';
import { found, read, tasks, texts } from './read.ts';

const topics = ['Ship', 'Harbour', 'Crane', 'Container', 'Crew member', 'Voyage', 'Berth', 'Invoice', 'Tug', 'Pilot'];

/** Requirements with this many sentences in chapters of 30. */
function longRequest(sentences: number): ProjectRequest {
  const lines = Array.from({ length: sentences }, (_, index) => {
    const topic = topics[Math.floor(index / 30) % topics.length];
    return index % 30 === 0
      ? `\n# ${topic} chapter\n`
      : `- Staff can note remark ${index} of a ${topic?.toLowerCase()}.`;
  });
  return { projectName: 'Harbour', description: '', requirements: lines.join('\n') };
}

/** What a good model answers to any part: the things its sentences speak of, related to the first that is known. */
function replyTo({ task }: ModelPrompt): Reply {
  const asked = [...task.matchAll(/^\[(\d+)\] (?:- .* of a ([a-z ]+)\.|#)/gm)].map(([, index, topic]) => ({
    index: Number(index),
    topic,
  }));
  const bullets = asked.filter(({ topic }) => topic !== undefined);
  const names = [...new Set(bullets.flatMap(({ topic }) => topic ?? []))];
  const isKnown = task.includes('- Ship: ');
  const value: Draft = {
    ...emptyDraft,
    actors: [{ name: 'Staff', sentences: bullets.map(({ index }) => index) }],
    entities: names.map((name) => ({
      name,
      description: '',
      fields: [{ name: `remark of ${name}`, type: 'text', required: true, unique: false }],
      relations:
        isKnown && name !== 'ship' ? [{ name: 'ship', kind: 'many-to-one', target: 'Ship', required: false }] : [],
      titleField: `remark of ${name}`,
      sentences: bullets.flatMap(({ index, topic }) => (topic === name ? [index] : [])),
    })),
  };
  return { value };
}

describe('long requirements', () => {
  it('are read in parts that know what was found before', async () => {
    const request = longRequest(600);
    const port = new FakeModel(replyTo);
    const { blueprint, steps } = await read(request, port);
    assertSound(blueprint, request.requirements);
    assert.ok(port.prompts.length >= 4 && port.prompts.length <= 6, `${port.prompts.length} requests`);
    assert.equal(new Set(port.prompts.map(({ prefix }) => prefix)).size, 1);
    assert.deepEqual(blueprint.entities.map(({ label }) => label).sort(), [...topics].sort());
    assert.deepEqual(found(steps, 'entity').sort(), [...topics].sort());
    assert.ok(!port.prompts[0]?.task.includes('Found in the sentences before'));
    assert.match(port.prompts[1]?.task ?? '', /^- Ship: remarkOfShip$/m);
    assert.equal(blueprint.entities.find(({ name }) => name === 'Crane')?.fields.length, 1);
    assert.equal(blueprint.entities.find(({ name }) => name === 'Pilot')?.relations[0]?.target, 'Ship');
    assert.equal(blueprint.actors.length, 1);
    assert.ok(blueprint.coverage.every(({ coveredBy }) => coveredBy.length > 0));
    const parts = tasks(steps);
    assert.match(parts[0] ?? '', /^Reading sentences 1 to \d+ of 600 with fake-1$/);
    assert.equal(parts.length, port.prompts.length + 1);
  });

  it('are asked about once, each sentence, however long and whatever the window', () => {
    for (const limits of [
      { inputTokens: 8000, outputTokens: 4000 },
      { inputTokens: 30_000, outputTokens: 16_000 },
      { inputTokens: 872_000, outputTokens: 128_000 },
    ]) {
      const port = new FakeModel([], { limits });
      for (const request of [longRequest(7), longRequest(151), longRequest(5000)]) {
        const statements = splitStatements(request.requirements);
        const parts = planParts(request, statements, { port, format: new AnalysisFormat(fieldTypes, []) }) ?? [];
        let at = 0;
        for (const { first, end } of parts) {
          assert.equal(first, at);
          assert.ok(end > first && end - first <= 150);
          at = end;
        }
        assert.equal(at, statements.length);
      }
    }
  });

  it('of 150 pages fit every request into a small window', async () => {
    const sentence =
      'Staff can note the weather, the tide and everything else that was seen from the bridge of a ship.\n';
    const requirements = sentence.repeat(Math.floor(maxRequirementsLength / sentence.length));
    const port = new FakeModel(
      ({ task }) => {
        const sentences = [...task.matchAll(/^\[(\d+)\]/gm)].map(([, index]) => Number(index));
        const [ship] = [
          {
            name: 'Ship',
            description: '',
            fields: [{ name: 'name', type: 'string' as const, required: true, unique: false }],
          },
        ];
        return {
          value: { ...emptyDraft, entities: [{ ...ship, relations: [], titleField: 'name', sentences }] },
          partials: [],
        };
      },
      { limits: { inputTokens: 12_000, outputTokens: 4000 } },
    );
    const { blueprint } = await read({ projectName: 'Bridge', description: '', requirements }, port);
    assert.equal(blueprint.entities.length, 1);
    assert.equal(blueprint.coverage.length, Math.floor(maxRequirementsLength / sentence.length));
    for (const { prefix, task } of port.prompts)
      assert.ok(port.estimateTokens(prefix) + port.estimateTokens(task) <= 12_000);
  }).timeout(180_000);

  it('keep the parts that were read when a later one fails', async () => {
    const request = longRequest(400);
    const store = new MemoryWorkStore();
    const gone = new TakossError('model-credit', 'No credit is left.');
    const failing = new FakeModel((prompt, index) => (index === 2 ? { error: gone } : replyTo(prompt)));
    await assert.rejects(read(request, failing, { store }), gone);
    assert.equal(failing.prompts.length, 3);
    const retried = new FakeModel(replyTo);
    const { blueprint, steps } = await read(request, retried, { store });
    const whole = new FakeModel(replyTo);
    assert.deepEqual(blueprint, (await read(request, whole)).blueprint);
    assert.equal(retried.prompts.length, whole.prompts.length - 2);
    assert.equal(retried.prompts[0]?.task, failing.prompts[2]?.task);
    assert.equal(texts(steps, 'status').filter((text) => text.includes('in an earlier run')).length, 2);
  });

  it('lose one part in many, and say so', async () => {
    const request = longRequest(600);
    const bad: Reply = { bad: 'schema', problems: ['entities: Required.'] };
    const port = new FakeModel((prompt) => (/sentences 1\d\d to/.test(prompt.task) ? bad : replyTo(prompt)));
    const { blueprint, steps } = await read(request, port);
    assertSound(blueprint, request.requirements);
    const notice = texts(steps, 'notice');
    assert.equal(notice.length, 1);
    assert.match(notice[0] ?? '', /^Nothing was built for sentences \d+ to \d+: .*entities: Required\./);
    const lost = blueprint.coverage.filter(({ coveredBy }) => coveredBy.length === 0);
    assert.ok(lost.length > 100 && lost.length <= 150);
    assert.ok(lost.every(({ note }) => note?.startsWith('The model gave no answer for it')));
  });

  it('are read by rules when most of it is lost', async () => {
    const bad: Reply = { bad: 'schema', problems: ['entities: Required.'] };
    const port = new FakeModel((prompt) => (/sentences 0 to/.test(prompt.task) ? replyTo(prompt) : bad));
    const { steps } = await read(longRequest(600), port);
    assert.match(texts(steps, 'notice').at(-1) ?? '', /^The requirements were read by rules/);
  });

  it('are halved when an answer does not fit what the model may write', async () => {
    const request = longRequest(40);
    const limits = { inputTokens: 30_000, outputTokens: 5000 };
    const port = new FakeModel(
      (prompt) => ([...prompt.task.matchAll(/^\[\d+\]/gm)].length > 25 ? { bad: 'length' } : replyTo(prompt)),
      { limits },
    );
    const { blueprint, steps } = await read(request, port);
    assertSound(blueprint, request.requirements);
    assert.equal(port.prompts.length, 3);
    assert.deepEqual(texts(steps, 'notice'), []);
    const endless = new FakeModel(() => ({ bad: 'length' }), { limits });
    const gaveUp = await read(request, endless);
    assert.ok(endless.prompts.length <= 3);
    assert.match(texts(gaveUp.steps, 'notice')[0] ?? '', /its answer is longer than it may write/);
  });

  it('are read by rules where the model takes too little at once', async () => {
    const port = new FakeModel([], { limits: { inputTokens: 2000, outputTokens: 1000 } });
    const { steps } = await read(longRequest(40), port);
    assert.equal(port.prompts.length, 0);
    assert.match(texts(steps, 'notice')[0] ?? '', /it takes too little text at once\.$/);
  });

  it('render', async () => {
    const request = longRequest(300);
    const { blueprint } = await read(request, new FakeModel(replyTo));
    assert.ok(
      new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(
        finishBlueprint(blueprint, fieldTypes),
        request,
      ).files.length > 100,
    );
  });
});
