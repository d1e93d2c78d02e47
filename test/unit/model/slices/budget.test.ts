import assert from 'node:assert/strict';
import type { Reply } from '../../../support/fake-model.ts';
import {
  acceptedFiles,
  files,
  good,
  goodFiles,
  modelFor,
  noticesOf,
  outcomeOf,
  planOf,
  run,
  sessionOf,
  streamed,
  workOf,
} from './slice-run.ts';

describe('the budget of slices', () => {
  const price = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };

  it('leaves out what it does not allow, and says once who finished the rest', async () => {
    const usage = { inputTokens: 10_000, outputTokens: 15_000 };
    const slugs = ['alpha', 'beta', 'gamma', 'delta'];
    const replies = Object.fromEntries(slugs.map((slug): [string, Reply] => [slug, { files: goodFiles(slug), usage }]));
    const model = modelFor(replies, { price });
    const session = sessionOf(model, { budgetUsd: 0.4 });
    const { steps, report } = await run(workOf(...slugs), session);
    assert.deepEqual(
      report?.accepted.map(({ plan }) => plan.slug),
      ['alpha', 'beta'],
    );
    assert.equal(outcomeOf(report, 'gamma')?.reason, 'The budget of $0.40 was reached.');
    assert.equal(outcomeOf(report, 'delta')?.reason, 'The budget of $0.40 was reached.');
    assert.equal(noticesOf(steps).filter((text) => text.includes('offline engine')).length, 1);
    assert.ok((session.meter.usage.costUsd ?? 0) <= 0.4);
    assert.deepEqual(streamed(steps), acceptedFiles(report));
  });

  it('waits for what requests under way give back before it says so', async () => {
    const slugs = ['alpha', 'beta', 'gamma'];
    const replies = Object.fromEntries(
      slugs.map((slug): [string, Reply] => [
        slug,
        {
          files: goodFiles(slug),
          usage: { outputTokens: 1000 },
          until: new Promise((resolve) => setTimeout(resolve, 2)),
        },
      ]),
    );
    const { report } = await run(workOf(...slugs), sessionOf(modelFor(replies, { price }), { budgetUsd: 0.45 }));
    assert.equal(report?.accepted.length, 3);
  });

  it('lets several wait for one without turning in circles', async () => {
    const slugs = ['alpha', 'beta', 'gamma', 'delta'];
    const replies = Object.fromEntries(
      slugs.map((slug): [string, Reply] => [
        slug,
        {
          files: goodFiles(slug),
          usage: { outputTokens: 1000 },
          steps: [{ kind: 'started' }],
          until: new Promise((resolve) => setTimeout(resolve, 20)),
        },
      ]),
    );
    const { report } = await run(workOf(...slugs), sessionOf(modelFor(replies, { price }), { budgetUsd: 0.45 }));
    assert.equal(report?.accepted.length, 4);
  });

  it('sends several at once within a budget, and bounds their answers for that', async () => {
    const slugs = ['alpha', 'beta', 'gamma', 'delta'];
    const replies = Object.fromEntries(
      slugs.map((slug): [string, Reply] => [
        slug,
        {
          files: goodFiles(slug),
          usage: { outputTokens: 8000 },
          until: new Promise((resolve) => setTimeout(resolve, 5)),
        },
      ]),
    );
    const model = modelFor(replies, { price });
    const work = workOf(...slugs);
    const { steps, report } = await run(work, sessionOf(model, { budgetUsd: 1 }));
    const expected = steps.flatMap((step) => (step.kind === 'estimate' ? [step.estimate.costUsd ?? 0] : []));
    assert.ok(
      expected.every((costUsd) => costUsd > 0.5 && costUsd < 0.7),
      `${expected[0]} is expected`,
    );
    assert.equal(report?.accepted.length, 4);
    assert.ok(model.mostParallel >= 4, `${model.mostParallel} at once`);
    assert.deepEqual(new Set(model.prompts.map(({ maxOutputTokens }) => maxOutputTokens)), new Set([18_000]));
    assert.ok(noticesOf(steps).every((text) => !text.includes('is expected to cost')));
  });

  it('gives the rest of an answer that was cut off, and everything without a budget, all the room', async () => {
    const [screen, test] = goodFiles('alpha');
    assert.ok(screen !== undefined && test !== undefined);
    const replies = {
      alpha: [{ files: [screen, { ...test, isCut: true }], stop: 'length' }, files(test)],
    } as const;
    for (const [budgetUsd, room] of [
      [1, [18_000, 64_000]],
      [undefined, [64_000, 64_000]],
    ] as const) {
      const model = modelFor(replies, { price });
      const { report } = await run(workOf('alpha'), sessionOf(model, budgetUsd === undefined ? {} : { budgetUsd }));
      assert.equal(report?.accepted.length, 1);
      assert.deepEqual(
        model.prompts.map(({ maxOutputTokens }) => maxOutputTokens),
        room,
      );
    }
  });

  it('gives a repair room for the files at fault', async () => {
    const long = {
      path: `${planOf('alpha').clientFolder}words.ts`,
      content: `export const = '${'a'.repeat(40_000)}';\n`,
    };
    const mended = { ...long, content: "export const words = 'Hello';\n" };
    const model = modelFor({ alpha: [files(...goodFiles('alpha'), long), files(mended)] }, { price });
    const { report } = await run(workOf('alpha'), sessionOf(model, { budgetUsd: 1 }));
    assert.equal(report?.accepted.length, 1);
    const repair = model.prompts[1]?.maxOutputTokens ?? 0;
    assert.ok(repair > 40_000 / 3 + 5000 && repair < 32_000, `${repair} tokens`);
  });

  it('says before it begins that the budget will not do', async () => {
    const slugs = ['alpha', 'beta', 'gamma', 'delta'];
    const { steps } = await run(workOf(...slugs), sessionOf(modelFor(good(...slugs), { price }), { budgetUsd: 0.4 }));
    const [notice] = noticesOf(steps);
    assert.match(
      notice ?? '',
      /^Writing 4 features is expected to cost \$0\.\d\d, more than the \$0\.40 that is left of the budget: what does not fit is left out\.$/,
    );
    assert.ok(
      steps.findIndex(({ kind }) => kind === 'notice') < steps.findIndex(({ kind }) => kind === 'slice'),
      'it is said after a slice was begun',
    );
  });

  it('says what was used, the last of it at the end', async () => {
    const usage = { inputTokens: 10, outputTokens: 20 };
    const { steps } = await run(
      workOf('alpha'),
      sessionOf(modelFor({ alpha: { files: goodFiles('alpha'), usage } }, { price })),
    );
    const said = steps.flatMap((step) => (step.kind === 'usage' ? [step.usage] : []));
    assert.equal(said.at(-1)?.outputTokens, 20);
  });
});
