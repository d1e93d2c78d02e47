import assert from 'node:assert/strict';
import { sliceContribution } from '../../../../src/core/slice-contribution.ts';
import { projectChecks } from '../../../../src/core/slice-outcome.ts';
import type { CheckResult, Slice, SliceProblem } from '../../../../src/core/slices.ts';
import { CheckBench } from '../../../../src/engines/model/slices/check-bench.ts';
import { goodFiles, planOf } from './slice-run.ts';

const slices = ['a', 'b', 'c', 'd'].map(
  (slug): Slice => sliceContribution(planOf(slug), { tables: [], files: goodFiles(slug), packages: {} }),
);

function problem(check: SliceProblem['check'], slug?: string): SliceProblem {
  return {
    check,
    path: slug === undefined ? undefined : planOf(slug).screenFile,
    line: 1,
    message: `${check} of ${slug}`,
  };
}

const resultOf = (problems: readonly SliceProblem[]): CheckResult => ({
  problems,
  checks: projectChecks,
  why: undefined,
});

/** Checks all at once. `find` answers the problems of a set, by slugs. */
async function check(find: (slugs: string) => readonly SliceProblem[]) {
  const sets: string[] = [];
  const bench = new CheckBench(async (some) => {
    const slugs = some.map(({ plan }) => plan.slug).join('');
    sets.push(slugs);
    await Promise.resolve();
    return resultOf(find(slugs));
  });
  const found = await Promise.all(slices.map((slice) => bench.resultOf(slice)));
  return { sets, bench, messages: found.map((result) => result?.problems.map(({ message }) => message)) };
}

describe('check bench', () => {
  it('checks what is ready together, and knows that it passed', async () => {
    const { sets, bench, messages } = await check(() => []);
    assert.deepEqual(sets, ['abcd']);
    assert.deepEqual(messages, [[], [], [], []]);
    assert.deepEqual(bench.passedTogether(slices), projectChecks);
    assert.equal(bench.passedTogether(slices.slice(1)), undefined);
  });

  it('lets wait what becomes ready during a check', async () => {
    const sets: string[] = [];
    const late: Promise<unknown>[] = [];
    const bench = new CheckBench(async (some) => {
      sets.push(some.map(({ plan }) => plan.slug).join(''));
      if (sets.length === 1) late.push(...slices.slice(1).map((slice) => bench.resultOf(slice)));
      return await Promise.resolve(resultOf([]));
    });
    await Promise.all(slices.slice(0, 1).map((slice) => bench.resultOf(slice)));
    await Promise.all(late);
    assert.deepEqual(sets, ['a', 'bcd']);
  });

  it('tells each slice what the compiler says about it, and checks the others again', async () => {
    const { sets, messages } = await check((slugs) =>
      slugs.includes('c') ? [problem('types', 'c'), problem('tests', 'b')] : [],
    );
    assert.deepEqual(sets, ['abcd', 'abd']);
    assert.deepEqual(messages, [[], [], ['types of c'], []]);
  });

  it('believes a failed test of one slice only', async () => {
    const { sets, messages } = await check((slugs) => (slugs.includes('d') ? [problem('tests', 'd')] : []));
    assert.deepEqual(sets, ['abcd', 'abc']);
    assert.deepEqual(messages.at(-1), ['tests of d']);
  });

  it('parts those whose tests fail together until it is clear whose fault it is', async () => {
    const { sets, messages } = await check((slugs) =>
      slugs.includes('b') ? [...slugs].map((slug) => problem('tests', slug)) : [],
    );
    assert.deepEqual(sets, ['abcd', 'ab', 'a', 'b', 'cd']);
    assert.deepEqual(messages, [[], ['tests of b'], [], []]);
  });

  it('tries once more, each alone, where checking fails, so that one spoils it for no other', async () => {
    const sets: string[] = [];
    const bench = new CheckBench((some) => {
      const slugs = some.map(({ plan }) => plan.slug).join('');
      sets.push(slugs);
      return slugs.includes('b') ? Promise.reject(new Error('the disk took fright')) : Promise.resolve(resultOf([]));
    });
    const told = await Promise.allSettled(slices.map((slice) => bench.resultOf(slice)));
    assert.deepEqual(sets, ['abcd', 'a', 'b', 'c', 'd']);
    assert.deepEqual(
      told.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
    );
  });

  it('tells everybody that checking failed', async () => {
    const bench = new CheckBench(() => Promise.reject(new Error('no space left')));
    const told = await Promise.allSettled(slices.map((slice) => bench.resultOf(slice)));
    assert.deepEqual(
      told.map(({ status }) => status),
      ['rejected', 'rejected', 'rejected', 'rejected'],
    );
  });
});
