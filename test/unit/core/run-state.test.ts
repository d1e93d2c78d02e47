import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { StreamEvent } from '../../../src/core/events.ts';
import { initialRunState, liveTextLimit, type RunState, reduceRun } from '../../../src/core/run-state.ts';

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
