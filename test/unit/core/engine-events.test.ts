import assert from 'node:assert/strict';
import { EngineRecord, engineEvents } from '../../../src/core/engine-events.ts';
import { TakossError } from '../../../src/core/errors.ts';
import type { StreamEvent } from '../../../src/core/events.ts';
import { streamEventSchema } from '../../../src/core/events.ts';
import { noUsage } from '../../../src/core/model-usage.ts';
import type { EngineStep } from '../../../src/core/ports.ts';
import { RunEvents } from '../../../src/core/run-events.ts';

const usage = { ...noUsage, inputTokens: 12_000, cachedTokens: 400, outputTokens: 2100, model: 'm', costUsd: 0.07 };

describe('events of an engine', () => {
  let wasClosed: boolean;
  beforeEach(() => {
    wasClosed = false;
  });

  async function* engine(steps: readonly EngineStep[]): AsyncGenerator<EngineStep, string, void> {
    try {
      yield* steps;
      return 'done';
    } finally {
      wasClosed = true;
    }
  }

  async function say(steps: readonly EngineStep[], record = new EngineRecord()) {
    const run = new RunEvents({ now: () => 7 });
    run.start('analysis', 'Analyzing');
    const events: StreamEvent[] = [];
    const generation = engineEvents(engine(steps), run, record, new AbortController().signal);
    for (;;) {
      const next = await generation.next();
      if (next.done) return { events, result: next.value, record };
      events.push(next.value);
    }
  }

  it('says every step in words, with its data for programs, and leaves the progress as it is', async () => {
    const outcome = { feature: 'f', title: 'Import posts', status: 'writing' as const };
    const { events, result } = await say([
      { kind: 'found', item: 'entity', name: 'Post' },
      { kind: 'usage', usage },
      { kind: 'estimate', estimate: { inputTokens: 90_000, outputTokens: 30_000, costUsd: 0.4 }, slices: 5 },
      { kind: 'notice', text: 'Nothing was checked.' },
      { kind: 'status', text: 'Waiting for Claude' },
      { kind: 'slice', outcome },
      { kind: 'chunk', data: { file: 'a.ts', chunk: 'x', offset: 0, isComplete: false } },
      { kind: 'chunk', data: { file: 'a.ts', chunk: '', isComplete: false, isDiscarded: true } },
    ]);
    assert.equal(result, 'done');
    assert.deepEqual(
      events.map(({ message }) => message),
      [
        'Found entity Post',
        '$0.07, 12k read (400 cached), 2.1k written',
        'Writing 5 features takes about 120k tokens, $0.40',
        'Nothing was checked.',
        'Waiting for Claude',
        'Writing feature: Import posts',
        'Writing a.ts',
        'Left out a.ts',
      ],
    );
    assert.deepEqual(
      events.map(({ data }) => Object.keys(data ?? {})[0]),
      ['found', 'usage', 'estimate', 'notice', undefined, 'slice', 'file', 'file'],
    );
    assert.ok(events.every(({ progress }) => progress === 10));
    for (const event of events) assert.deepEqual(streamEventSchema.parse(event), event, 'nothing is lost on the wire');
  });

  it('remembers the last usage, and each notice once', async () => {
    const more = { ...usage, outputTokens: 3000 };
    const { record } = await say([
      { kind: 'usage', usage },
      { kind: 'notice', text: 'a' },
      { kind: 'usage', usage: more },
      { kind: 'notice', text: 'b' },
      { kind: 'notice', text: 'a' },
    ]);
    assert.deepEqual(record.usage, more);
    assert.deepEqual(record.notices, ['a', 'b']);
  });

  it('ends the engine when the run is cancelled', async () => {
    const controller = new AbortController();
    const steps = engine([
      { kind: 'status', text: 'one' },
      { kind: 'status', text: 'two' },
    ]);
    const events = engineEvents(steps, new RunEvents({ now: () => 1 }), new EngineRecord(), controller.signal);
    await events.next();
    controller.abort();
    await assert.rejects(events.next(), (error) => error instanceof TakossError && error.code === 'cancelled');
    assert.equal(wasClosed, true);
  });
});
