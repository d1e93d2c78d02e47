import assert from 'node:assert/strict';
import { cancelledError } from '../../../../src/core/errors.ts';
import { MemoryWorkStore } from '../../../support/fake-model.ts';
import {
  acceptedFiles,
  brokenFiles,
  FakeChecker,
  files,
  good,
  goodFiles,
  modelFor,
  outcomeOf,
  planOf,
  run,
  sessionOf,
  streamed,
  typeProblem,
  workOf,
} from './slice-run.ts';

describe('kept slices', () => {
  it('are shown again, inspected and cost nothing', async () => {
    const store = new MemoryWorkStore();
    await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { store, checker: new FakeChecker() }));
    const model = modelFor({});
    const checker = new FakeChecker();
    const { steps, report } = await run(workOf('alpha'), sessionOf(model, { store, checker }));
    assert.equal(model.prompts.length, 0);
    assert.deepEqual(checker.checked, []);
    assert.deepEqual(outcomeOf(report, 'alpha'), {
      feature: 'alpha',
      title: 'Feature alpha',
      status: 'accepted',
      checked: ['syntax', 'imports', 'types', 'lint', 'tests'],
      isKept: true,
    });
    assert.deepEqual(streamed(steps), acceptedFiles(report));
    assert.equal(
      steps.some(({ kind }) => kind === 'estimate' || kind === 'usage'),
      false,
    );
  });

  it('are checked when that was not possible before, and repaired if need be', async () => {
    const store = new MemoryWorkStore();
    await run(workOf('alpha', 'beta'), sessionOf(modelFor(good('alpha', 'beta')), { store }));
    const { screenFile } = planOf('beta');
    const checker = new FakeChecker((slices) =>
      slices.some(({ files: own }) => own.some(({ content }) => content.includes('Hello of beta')))
        ? [typeProblem(screenFile)]
        : [],
    );
    const model = modelFor({ beta: files(...goodFiles('beta', 'Mended')) });
    const { report } = await run(workOf('alpha', 'beta'), sessionOf(model, { store, checker }));
    assert.equal(report?.accepted.length, 2);
    assert.equal(model.prompts.length, 1);
    assert.equal(outcomeOf(report, 'alpha')?.isKept, true);
    assert.equal(outcomeOf(report, 'beta')?.isKept, undefined);
    const kept = [...store.kept.values()].filter((text) => text.includes('"files"'));
    assert.equal(kept.length, 2);
    assert.ok(kept.every((text) => text.includes('"tests"')));
  });

  it('are checked anew, and not written anew, in a project that differs where the request does not show it', async () => {
    const store = new MemoryWorkStore();
    const work = workOf('alpha');
    await run(work, sessionOf(modelFor(good('alpha')), { store, checker: new FakeChecker() }));
    const [schema] = work.base.files;
    assert.ok(schema !== undefined);
    const files = [...work.base.files, { ...schema, path: 'src/server/http/errors.ts', content: 'export {};\n' }];
    const other = { ...work, base: { ...work.base, files } };
    const unchecked = await run(other, sessionOf(modelFor({}), { store }));
    assert.deepEqual(outcomeOf(unchecked.report, 'alpha')?.checked, ['syntax', 'imports']);
    for (const times of [1, 0]) {
      const checker = new FakeChecker();
      const { report } = await run(other, sessionOf(modelFor({}), { store, checker }));
      assert.equal(checker.checked.length, times);
      assert.deepEqual(outcomeOf(report, 'alpha')?.checked, ['syntax', 'imports', 'types', 'lint', 'tests']);
    }
  });

  it('ask for no packages where all of them have passed everything, alone and together', async () => {
    const store = new MemoryWorkStore();
    const slugs = ['alpha', 'beta', 'gamma'];
    const first = new FakeChecker();
    await run(workOf(...slugs), sessionOf(modelFor(good(...slugs)), { store, checker: first }));
    assert.equal(first.prepared, 1);
    const second = new FakeChecker();
    const { report } = await run(workOf(...slugs), sessionOf(modelFor({}), { store, checker: second }));
    assert.equal(report?.accepted.length, 3);
    assert.equal(second.prepared, 0);
    assert.deepEqual(second.checked, []);
  });

  it('are checked together where only other sets of them have been', async () => {
    const store = new MemoryWorkStore();
    for (const slug of ['alpha', 'beta'])
      await run(workOf(slug), sessionOf(modelFor(good(slug)), { store, checker: new FakeChecker() }));
    const checker = new FakeChecker();
    await run(workOf('alpha', 'beta'), sessionOf(modelFor({}), { store, checker }));
    assert.deepEqual(checker.checked, [['alpha', 'beta']]);
    assert.equal(checker.prepared, 1);
  });

  it('are checked again where their tests were not run, alone and together', async () => {
    const store = new MemoryWorkStore();
    const slugs = ['alpha', 'beta'];
    const shy = new FakeChecker(() => [], 'tests cannot be shut in here', ['types', 'lint']);
    await run(workOf(...slugs), sessionOf(modelFor(good(...slugs)), { store, checker: shy }));
    const checker = new FakeChecker();
    const { report } = await run(workOf(...slugs), sessionOf(modelFor({}), { store, checker }));
    assert.deepEqual(checker.checked, [slugs]);
    assert.deepEqual(outcomeOf(report, 'alpha')?.checked, ['syntax', 'imports', 'types', 'lint', 'tests']);
    assert.equal(outcomeOf(report, 'alpha')?.whyUnchecked, undefined);
  });

  it('ask for packages before the first request where one of them is new', async () => {
    const store = new MemoryWorkStore();
    await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { store, checker: new FakeChecker() }));
    const checker = new FakeChecker();
    let preparedAtRequest = 0;
    const before = (): void => {
      preparedAtRequest = checker.prepared;
    };
    const model = modelFor({ beta: { ...files(...goodFiles('beta')), before } });
    await run(workOf('alpha', 'beta'), sessionOf(model, { store, checker }));
    assert.equal(preparedAtRequest, 1);
    assert.deepEqual(checker.checked, [['beta'], ['alpha', 'beta']]);
  });

  it('are kept before the checks, so that a run that is stopped meanwhile is not paid for again', async () => {
    const store = new MemoryWorkStore();
    const controller = new AbortController();
    const stopped = new FakeChecker(() => {
      controller.abort();
      throw cancelledError();
    });
    const first = await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { store, checker: stopped }), {
      signal: controller.signal,
    });
    assert.equal(first.report, undefined);
    const model = modelFor({});
    const checker = new FakeChecker();
    const { report } = await run(workOf('alpha'), sessionOf(model, { store, checker }));
    assert.equal(model.prompts.length, 0);
    assert.deepEqual(checker.checked, [['alpha']]);
    assert.equal(outcomeOf(report, 'alpha')?.isKept, true);
  });

  it('are written anew after they could not be repaired', async () => {
    const store = new MemoryWorkStore();
    const checker = new FakeChecker(() => [typeProblem(planOf('alpha').screenFile)]);
    const again = files(...goodFiles('alpha'));
    const { report } = await run(workOf('alpha'), sessionOf(modelFor({ alpha: [again, again] }), { store, checker }));
    assert.equal(outcomeOf(report, 'alpha')?.status, 'left-out');
    const model = modelFor(good('alpha'));
    const retry = await run(workOf('alpha'), sessionOf(model, { store, checker: new FakeChecker() }));
    assert.equal(retry.report?.accepted.length, 1);
    assert.equal(model.prompts.length, 1);
  });

  it('are not believed when the store holds something else', async () => {
    const store = new MemoryWorkStore();
    await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { store }));
    for (const [key] of store.kept) store.kept.set(key, '{"files":[{"path":"../evil","content":1}]}');
    const model = modelFor(good('alpha'));
    const { report } = await run(workOf('alpha'), sessionOf(model, { store }));
    assert.equal(model.prompts.length, 1);
    assert.equal(report?.accepted.length, 1);
  });

  it('are inspected: what does not pass any more is repaired', async () => {
    const store = new MemoryWorkStore();
    await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { store, checker: new FakeChecker() }));
    const hostile = brokenFiles('alpha', 'process.exit(1);');
    for (const [key, text] of store.kept)
      store.kept.set(key, JSON.stringify({ ...Object(JSON.parse(text)), files: hostile }));
    const checker = new FakeChecker();
    const { report } = await run(
      workOf('alpha'),
      sessionOf(modelFor({ alpha: files(...goodFiles('alpha')) }), { store, checker }),
    );
    assert.equal(report?.accepted.length, 1);
    assert.deepEqual(checker.checked, [['alpha']]);
  });

  it('are not those of another model', async () => {
    const store = new MemoryWorkStore();
    await run(workOf('alpha'), sessionOf(modelFor(good('alpha')), { store }));
    const model = modelFor(good('alpha'), { model: 'fake-2' });
    await run(workOf('alpha'), sessionOf(model, { store }));
    assert.equal(model.prompts.length, 1);
  });
});
