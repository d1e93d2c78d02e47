import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CodeChunkData, ProgressData, StreamEvent } from '../../../src/core/events.ts';
import { liveTextLimit } from '../../../src/core/run-files.ts';
import { initialRunState, type RunState, reduceRun } from '../../../src/core/run-state.ts';

function reduce(events: readonly StreamEvent[], from: RunState = initialRunState): RunState {
  return events.reduce(reduceRun, from);
}

const anyPhase = fc.constantFrom('initialization', 'analysis', 'database', 'frontend', 'complete', 'constructor');
const common = {
  phase: anyPhase,
  message: fc.string(),
  progress: fc.double({ min: 0, max: 100, noNaN: true }),
  at: fc.nat(),
};
const anyEvent: fc.Arbitrary<StreamEvent> = fc.oneof(
  fc.record({ type: fc.constant('phase_start' as const), ...common }),
  fc.record({
    type: fc.constant('phase_progress' as const),
    ...common,
    data: fc.record({
      task: fc.string(),
      index: fc.integer({ min: -1, max: 9 }),
      total: fc.integer({ min: 0, max: 9 }),
    }),
  }),
  fc.record({ type: fc.constant('phase_complete' as const), ...common }),
  fc.record({
    type: fc.constant('code_chunk' as const),
    ...common,
    data: fc.record({
      file: fc.constantFrom('a.ts', 'b.ts', '__proto__'),
      chunk: fc.string({ maxLength: 9000 }),
      offset: fc.nat(3),
      isComplete: fc.boolean(),
    }),
  }),
  fc.record({
    type: fc.constant('error' as const),
    ...common,
    data: fc.record({ code: fc.constantFrom('cancelled' as const, 'network' as const), phase: anyPhase }),
  }),
  fc.record({ type: fc.constant('complete' as const), ...common }),
);

describe('run state', () => {
  it('follows a run from start to success', () => {
    const state = reduce([
      { type: 'phase_start', phase: 'analysis', message: 'Analyzing', progress: 10, at: 5 },
      {
        type: 'phase_progress',
        phase: 'analysis',
        message: 'Reading',
        progress: 15,
        data: { task: 'Reading', index: 2, total: 4 },
        at: 6,
      },
    ]);
    assert.equal(state.status, 'running');
    assert.equal(state.progress, 15);
    assert.deepEqual(
      state.phases.map(({ name, status, percent, tasks, startedAt }) => ({ name, status, percent, tasks, startedAt })),
      [{ name: 'analysis', status: 'running', percent: 25, tasks: ['Reading'], startedAt: 5 }],
    );
    const done = reduce(
      [
        { type: 'phase_complete', phase: 'analysis', message: 'Found 4 entities and 8 features', progress: 20, at: 9 },
        {
          type: 'complete',
          phase: 'complete',
          message: 'Successfully generated Blog',
          progress: 100,
          data: { projectId: 'p' },
          at: 10,
        },
      ],
      state,
    );
    assert.equal(done.status, 'succeeded');
    assert.equal(done.projectId, 'p');
    assert.deepEqual(
      done.phases.map(({ name, status, endedAt }) => [name, status, endedAt]),
      [
        ['analysis', 'done', 9],
        ['complete', 'done', 10],
      ],
    );
  });

  it('shows a failure in the phase it happened in, and a cancel as a cancel', () => {
    const running = reduce([{ type: 'phase_start', phase: 'database', message: 'Designing', progress: 50 }]);
    const failed = reduceRun(running, {
      type: 'error',
      phase: 'error',
      message: 'Generation failed: no',
      progress: 0,
      data: { code: 'network', phase: 'database' },
    });
    assert.equal(failed.status, 'failed');
    assert.equal(failed.progress, 50);
    assert.deepEqual([failed.phases[0]?.status, failed.phases[0]?.message], ['failed', 'Generation failed: no']);
    const cancelled = reduceRun(running, { type: 'error', phase: 'error', message: 'x', data: { code: 'cancelled' } });
    assert.deepEqual([cancelled.status, cancelled.phases[0]?.status], ['cancelled', 'cancelled']);
  });

  it('understands a server of the first version, which sends neither data nor times', () => {
    const state = reduce([
      { type: 'phase_start', phase: 'analysis', message: 'Analyzing requirements', progress: 10 },
      { type: 'error', phase: 'error', message: 'Generation failed: API rate limit exceeded' },
    ]);
    assert.deepEqual(state.error, {
      message: 'Generation failed: API rate limit exceeded',
      code: 'internal',
      phase: 'analysis',
    });
  });

  it('grows a file as its pieces come, and starts over when it is sent again', () => {
    const chunk = (text: string, offset: number, isComplete = false): StreamEvent => ({
      type: 'code_chunk',
      phase: 'frontend',
      message: '',
      data: { file: 'a.ts', chunk: text, offset, isComplete, ...(isComplete ? { bytes: 7 } : {}) },
    });
    assert.deepEqual(reduce([chunk('abc', 0), chunk('déf', 3, true)]).files, [
      { path: 'a.ts', size: 7, isComplete: true },
    ]);
    assert.equal(reduce([chunk('abc', 0), chunk('xyz', 0)]).live?.text, 'xyz');
  });

  const piece = (file: string, chunk: string, at: number, more: Partial<CodeChunkData> = {}): StreamEvent => ({
    type: 'code_chunk',
    phase: 'frontend',
    message: '',
    at,
    data: { file, chunk, isComplete: false, ...more },
  });
  const note = (data: ProgressData, message = 'A note'): StreamEvent => ({
    type: 'phase_progress',
    phase: 'frontend',
    message,
    progress: 75,
    data,
  });

  it('keeps the live file in view while another streams, until it pauses or ends', () => {
    const both = reduce([
      piece('a.ts', 'a', 0),
      piece('b.ts', 'b', 10),
      piece('a.ts', 'a', 500),
      piece('b.ts', 'b', 900),
    ]);
    assert.deepEqual([both.live?.path, both.live?.text], ['a.ts', 'aa']);
    assert.deepEqual(
      both.files.map(({ path, size }) => [path, size]),
      [
        ['a.ts', 2],
        ['b.ts', 2],
      ],
      'both grow in the list',
    );
    assert.equal(reduceRun(both, piece('b.ts', 'b', 1500)).live?.path, 'b.ts', 'a second of silence is enough');
    const ended = reduceRun(both, piece('a.ts', 'a', 910, { isComplete: true, bytes: 3 }));
    assert.equal(reduceRun(ended, piece('b.ts', 'b', 920)).live?.path, 'b.ts');
  });

  it('says that the beginning is missing of a file that comes into view late', () => {
    const late = reduce([
      piece('a.ts', 'a', 0),
      piece('b.ts', 'first', 1, { offset: 0 }),
      piece('b.ts', 'second', 2000),
    ]);
    assert.deepEqual(late.live, { path: 'b.ts', text: 'second', isTail: true, at: 2000 });
  });

  it('forgets a file that was given up', () => {
    const before = reduce([piece('a.ts', 'a', 0), piece('b.ts', 'b', 2000)]);
    const after = reduceRun(before, piece('b.ts', '', 2001, { isDiscarded: true }));
    assert.deepEqual([after.files.map(({ path }) => path), after.live], [['a.ts'], undefined]);
    const other = reduceRun(before, piece('a.ts', '', 2001, { isDiscarded: true }));
    assert.deepEqual([other.files.map(({ path }) => path), other.live?.path], [['b.ts'], 'b.ts']);
    assert.deepEqual(reduceRun(before, piece('c.ts', '', 2001, { isDiscarded: true })).files, before.files);
  });

  it('does not turn to a file that only ends', () => {
    const before = reduce([piece('a.ts', 'a', 0), piece('b.ts', 'b', 2000)]);
    const end = { offset: 1, isComplete: true, sha256: '', bytes: 1 };
    assert.equal(reduceRun(before, piece('a.ts', '', 9000, end)).live?.path, 'b.ts');
  });

  it('collects what was found, once each and in order', () => {
    const found = (item: 'entity' | 'feature', name: string) => note({ found: { item, name } });
    const names = reduce([
      found('entity', 'Post'),
      found('feature', 'Import'),
      found('entity', 'Tag'),
      found('entity', 'Post'),
    ]);
    assert.deepEqual(names.found, { entities: ['Post', 'Tag'], features: ['Import'] });
  });

  it('keeps a row per slice, updated in place', () => {
    const slice = (feature: string, status: 'writing' | 'accepted') =>
      note({ slice: { feature, title: feature, status } });
    const { slices } = reduce([slice('a', 'writing'), slice('b', 'writing'), slice('a', 'accepted')]);
    assert.deepEqual(
      slices.map(({ feature, status }) => [feature, status]),
      [
        ['a', 'accepted'],
        ['b', 'writing'],
      ],
    );
  });

  it('counts a slice that carries a step as a step', () => {
    const slice = { feature: 'a', title: 'A', status: 'accepted' as const };
    const state = reduceRun(initialRunState, note({ slice, task: 'Feature: A', index: 3, total: 4 }));
    assert.deepEqual([state.phases[0]?.percent, state.phases[0]?.taskTotal, state.slices], [50, 4, [slice]]);
  });

  const usage = { inputTokens: 9, cachedTokens: 0, cacheWriteTokens: 1, outputTokens: 5, model: 'm', costUsd: 0.1 };

  it('changes nothing but the usage when only that is told', () => {
    const before = reduce([note({ notice: 'n' }, 'Writing feature: A')]);
    const after = reduceRun(before, note({ usage }, '10 tokens read'));
    assert.deepEqual(after, { ...before, usage });
    assert.equal(after.phases, before.phases, 'lists that did not change stay the same value');
    assert.equal(after.message, 'Writing feature: A');
  });

  it('expects of the whole run what was used by then and what is still to come', () => {
    const estimate = { inputTokens: 100, outputTokens: 50, costUsd: 0.3 };
    assert.deepEqual(reduce([note({ usage }), note({ estimate })]).estimate, {
      inputTokens: 110,
      outputTokens: 55,
      costUsd: 0.4,
    });
    assert.deepEqual(reduce([note({ estimate })]).estimate, estimate);
  });

  it('keeps a notice once, however often it is said', () => {
    assert.deepEqual(reduce([note({ notice: 'a' }), note({ notice: 'b' }), note({ notice: 'a' })]).notices, ['a', 'b']);
  });

  it('stays whole under any order of events', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
        let before = initialRunState;
        for (const event of events) {
          const state = reduceRun(before, event);
          assert.ok(state.progress >= before.progress && state.progress <= 100);
          assert.equal(new Set(state.phases.map((phase) => phase.name)).size, state.phases.length);
          assert.equal(new Set(state.files.map((file) => file.path)).size, state.files.length);
          assert.ok((state.live?.text.length ?? 0) <= liveTextLimit);
          assert.ok(state.phases.every((phase) => phase.percent >= 0 && phase.percent <= 100));
          assert.ok(state.phases.length >= before.phases.length, 'rows never disappear');
          before = state;
        }
        assert.deepEqual(JSON.parse(JSON.stringify(before)), JSON.parse(JSON.stringify(structuredClone(before))));
      }),
    );
  });
});
