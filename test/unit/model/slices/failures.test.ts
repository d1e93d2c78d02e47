import assert from 'node:assert/strict';
import { TakossError } from '../../../../src/core/errors.ts';
import { ModelRefusal } from '../../../../src/core/model-port.ts';
import { type FilesReply, MemoryWorkStore } from '../../../support/fake-model.ts';
import {
  acceptedFiles,
  brokenFiles,
  files,
  good,
  goodFiles,
  modelFor,
  outcomeOf,
  planOf,
  run,
  sessionOf,
  slugOf,
  streamed,
  workOf,
} from './slice-run.ts';

describe('answers that are cut off', () => {
  const [screen, test] = goodFiles('alpha');
  assert.ok(screen !== undefined && test !== undefined);
  const halfTest = { path: test.path, content: test.content.slice(0, 40), isCut: true };

  it('keeps whole files and asks for the rest', async () => {
    const model = modelFor({ alpha: [{ files: [screen, halfTest], stop: 'length' }, files(test)] });
    const { steps, report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(report?.accepted.length, 1);
    assert.ok(model.prompts[1]?.task.includes(`broke off within \`${test.path}\``));
    assert.ok(model.prompts[1]?.task.includes(screen.content));
    assert.deepEqual(streamed(steps), acceptedFiles(report));
  });

  it('gives up when the same file is cut off twice', async () => {
    const cut: FilesReply = { files: [screen, halfTest], stop: 'length' };
    const model = modelFor({ alpha: [cut, cut, cut] });
    const { steps, report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(model.prompts.length, 2);
    assert.match(outcomeOf(report, 'alpha')?.reason ?? '', /cut off again and again/);
    assert.deepEqual([...streamed(steps)], []);
  });

  it('gives up when the same file is cut off twice, whatever else arrived', async () => {
    const helper = { path: `${planOf('alpha').clientFolder}words.ts`, content: "export const words = 'Hello';\n" };
    const model = modelFor({
      alpha: [
        { files: [screen, halfTest], stop: 'length' },
        { files: [helper, halfTest], stop: 'length' },
      ],
    });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.match(outcomeOf(report, 'alpha')?.reason ?? '', /cut off again and again/);
  });

  it('goes on after the connection broke, with a pause', async () => {
    const thenError = new TakossError('network', 'The connection broke.');
    const waits: number[] = [];
    const model = modelFor({ alpha: [{ files: [screen, halfTest], thenError }, files(test)] });
    const { steps, report } = await run(workOf('alpha'), sessionOf(model, { waits }));
    assert.equal(report?.accepted.length, 1);
    assert.ok(waits.includes(2000));
    const said = steps.flatMap((step) => (step.kind === 'status' ? [step.text] : []));
    assert.deepEqual(said, ['The answer broke off: asking again in 2 seconds']);
    assert.deepEqual(streamed(steps), acceptedFiles(report));
  });

  it('fails after it broke three times', async () => {
    const error = new TakossError('network', 'The connection broke.');
    const broken: FilesReply = { files: [halfTest], thenError: error };
    const waits: number[] = [];
    const model = modelFor({ alpha: [broken, broken, broken] });
    const { error: thrown } = await run(workOf('alpha'), sessionOf(model, { waits }));
    assert.equal(thrown, error);
    assert.deepEqual(
      waits.filter((ms) => ms >= 1000),
      [2000, 8000],
    );
  });

  for (const code of ['model-credit', 'model-overloaded', 'network'] as const)
    it(`finishes and keeps the slices under way after ${code}, begins no others, and goes on from there`, async () => {
      const error = new TakossError(code, 'It does not work.');
      const store = new MemoryWorkStore();
      let release = (): void => {};
      const until = new Promise<void>((resolve) => {
        release = resolve;
      });
      const fail = (): void => {
        setTimeout(release, 5);
        throw error;
      };
      const replies = {
        alpha: { ...files(...goodFiles('alpha')), until: Promise.resolve() },
        beta: { error, before: fail },
        gamma: { ...files(...goodFiles('gamma')), until },
      };
      const work = workOf('alpha', 'beta', 'gamma', 'delta');
      const model = modelFor(replies, { limits: { parallel: 2 } });
      const first = await run(work, sessionOf(model, { store }));
      assert.equal(first.error, error);
      assert.equal(store.kept.size, 2);
      assert.ok(model.prompts.every(({ task }) => slugOf(task) !== 'delta'));

      const retry = modelFor(good('beta', 'delta'));
      const second = await run(work, sessionOf(retry, { store }));
      assert.deepEqual(
        second.report?.accepted.map(({ plan }) => plan.slug),
        ['alpha', 'beta', 'gamma', 'delta'],
      );
      assert.equal(retry.prompts.length, 2);
      assert.equal(outcomeOf(second.report, 'gamma')?.isKept, true);
      assert.deepEqual(streamed(second.steps), acceptedFiles(second.report));
    });

  it('fails at once when the key is refused, and begins nothing more', async () => {
    const error = new TakossError('model-key', 'The key was refused.');
    const refuse = (): void => {
      throw error;
    };
    const model = modelFor({ alpha: { error, before: refuse }, ...good('beta', 'gamma') });
    const { error: thrown } = await run(workOf('alpha', 'beta', 'gamma'), sessionOf(model));
    assert.equal(thrown, error);
    assert.equal(model.prompts.length, 1);
  });

  it('leaves out what the model refuses to write', async () => {
    const error = new TakossError('model', 'The model refused to answer.');
    const model = modelFor({ alpha: { error }, ...good('beta') });
    const { report } = await run(workOf('alpha', 'beta'), sessionOf(model));
    assert.equal(outcomeOf(report, 'alpha')?.reason, 'The model refused to answer.');
    assert.equal(report?.accepted.length, 1);
  });
});

describe('a slice that the model thinks about', () => {
  it('says so while nothing else arrives', async () => {
    const { alpha } = good('alpha');
    assert.ok(alpha !== undefined && !Array.isArray(alpha));
    const { steps } = await run(
      workOf('alpha'),
      sessionOf(modelFor({ alpha: { ...alpha, steps: [{ kind: 'thinking' }] } })),
    );
    assert.ok(steps.some((step) => step.kind === 'status' && step.text === 'Claude is thinking'));
  });
});

describe('a slice that the model declines to write', () => {
  const error = new ModelRefusal('Claude declined to answer this (policy area: biology).', 'biology');

  it('is written by the model to be asked instead, and nothing is asked twice', async () => {
    const model = modelFor({ alpha: { error }, ...good('beta') }, { model: 'strict' });
    const mild = modelFor(good('alpha'), { model: 'mild' });
    const { report, steps } = await run(workOf('alpha', 'beta'), sessionOf(model, { fallbacks: [mild] }));
    assert.equal(report?.accepted.length, 2);
    assert.deepEqual([model.prompts.length, mild.prompts.length], [2, 1]);
    assert.deepEqual(
      steps.flatMap((step) => (step.kind === 'notice' && /declined/.test(step.text) ? [step.text] : [])),
      ['strict declined to answer (policy area: biology): mild was asked instead.'],
    );
  });

  it('is left out with its reason where no other writes it', async () => {
    const model = modelFor({ alpha: { error }, ...good('beta') });
    const other = modelFor({ alpha: { error } });
    const { report } = await run(workOf('alpha', 'beta'), sessionOf(model, { fallbacks: [other] }));
    assert.equal(outcomeOf(report, 'alpha')?.reason, error.message);
    assert.equal(report?.accepted.length, 1);
  });
});

describe('models that read little', () => {
  it('are not asked for what they could not read', async () => {
    const model = modelFor(good('alpha'), { limits: { inputTokens: 2000 } });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(model.prompts.length, 0);
    assert.equal(outcomeOf(report, 'alpha')?.reason, 'It is too large for what this model can read at once.');
  });

  it('are shown only the files at fault where all of them are too much', async () => {
    const [screen, test] = goodFiles('alpha');
    assert.ok(screen !== undefined && test !== undefined);
    const long = {
      path: `${planOf('alpha').clientFolder}words.ts`,
      content: `export const words = '${'a'.repeat(60_000)}';\n`,
    };
    const [broken] = brokenFiles('alpha');
    assert.ok(broken !== undefined);
    const model = modelFor({ alpha: [files(broken, test, long), files(screen)] }, { limits: { inputTokens: 20_000 } });
    const { report } = await run(workOf('alpha'), sessionOf(model));
    assert.equal(report?.accepted.length, 1);
    const repair = model.prompts[1]?.task ?? '';
    assert.ok(repair.includes(`<file path="${screen.path}">`) && !repair.includes(`<file path="${long.path}">`));
  });
});
