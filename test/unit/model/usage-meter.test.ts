import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ModelPrompt } from '../../../src/core/model-port.ts';
import { type ModelPrice, noUsage, type TokenUsage } from '../../../src/core/model-usage.ts';
import { type MeteredRequest, UsageMeter } from '../../../src/engines/model/usage-meter.ts';
import { FakeModel } from '../../support/fake-model.ts';

const price: ModelPrice = { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 };
const prompt: ModelPrompt = { prefix: 'p'.repeat(30_000), task: 't'.repeat(3000), maxOutputTokens: 8000 };
/** What the prompt may come to: as the fake model counts it, and what a provider adds. */
const promptTokens = 15_000;

function meterOf(budgetUsd?: number): UsageMeter {
  return new UsageMeter(new FakeModel([], { price, limits: { outputTokens: 10_000 } }), budgetUsd);
}

/** The dearest that may come of a request: all of it read into the cache, and an answer as long as it may be. */
function worstOf(request: MeteredRequest): TokenUsage {
  return { ...noUsage, cacheWriteTokens: promptTokens, outputTokens: request.prompt.maxOutputTokens };
}

describe('the usage meter', () => {
  it('adds up requests that are closed and those under way, each with its last total', () => {
    const meter = meterOf(5);
    const [one, other] = [meter.open(prompt, 1), meter.open(prompt, 1)];
    assert.ok(one && other);
    one.update({ ...noUsage, inputTokens: 100, outputTokens: 1 });
    one.update({ ...noUsage, inputTokens: 100, outputTokens: 50 });
    other.update({ ...noUsage, cachedTokens: 1000, outputTokens: 10 });
    one.close();
    one.close();
    one.update({ ...noUsage, outputTokens: 9999 });
    assert.deepEqual(meter.usage, {
      inputTokens: 100,
      cachedTokens: 1000,
      cacheWriteTokens: 0,
      outputTokens: 60,
      model: 'fake-1',
      costUsd: (200 + 200 + 600) / 1_000_000,
      budgetUsd: 5,
    });
  });

  it('counts another model at its own price, within the same budget', () => {
    const meter = meterOf(1);
    const dear = new FakeModel([], { price: { input: 20, output: 100, cacheRead: 2, cacheWrite: 25 } });
    const [one, other] = [meter.open(prompt, 1), meter.open(prompt, 1, dear)];
    assert.ok(one && other);
    assert.ok(other.prompt.maxOutputTokens < one.prompt.maxOutputTokens, 'it is bounded by what it costs itself');
    for (const request of [one, other]) request.update({ ...noUsage, outputTokens: 1000 });
    one.close();
    assert.ok(Math.abs((meter.usage.costUsd ?? 0) - (0.01 + 0.1)) < 1e-9);
  });

  it("takes a model of one's own, which costs nothing, for one that a budget never stops", () => {
    const free = new FakeModel([], { price: { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 } });
    const request = new UsageMeter(free, 0.01).open(prompt, 1);
    assert.equal(request?.prompt.maxOutputTokens, 8000);
  });

  it('bounds an answer to what the budget leaves, and refuses what it does not leave enough for', () => {
    const meter = meterOf(0.1);
    assert.equal(meter.open(prompt, 8000), undefined, 'reading 15,000 tokens and writing 8,000 may cost $0.1175');
    const bounded = meter.open(prompt, 1000);
    assert.ok(bounded);
    assert.ok(bounded.prompt.maxOutputTokens < 8000);
    assert.deepEqual({ ...bounded.prompt, maxOutputTokens: 8000 }, prompt);
    assert.equal(meter.open(prompt, 1), undefined, 'all of it is set aside');
    bounded.close();
    assert.ok(meter.open(prompt, 1000), 'what was not used is there again');
  });

  it('bounds nothing without a budget or a price, except to what the model can write', () => {
    const free = new UsageMeter(new FakeModel([], { limits: { outputTokens: 5000 } }), 0.01);
    assert.equal(free.open(prompt, 8000)?.prompt.maxOutputTokens, 5000);
    assert.equal(free.usage.costUsd, undefined);
    const unlimited = meterOf();
    for (let count = 0; count < 100; count++) assert.equal(unlimited.open(prompt, 8000)?.prompt.maxOutputTokens, 8000);
    assert.equal(unlimited.usage.budgetUsd, undefined);
  });

  it('never lets the budget be passed, whatever runs at once and however dear each becomes', () => {
    const act = fc.record({
      isClose: fc.boolean(),
      which: fc.nat({ max: 20 }),
      wanted: fc.integer({ min: 1, max: 20_000 }),
      least: fc.integer({ min: 1, max: 2000 }),
      share: fc.constantFrom(0, 0.5, 1),
    });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2, noNaN: true }), fc.array(act, { maxLength: 60 }), (budget, acts) => {
        const meter = meterOf(budget);
        const open: MeteredRequest[] = [];
        let opened = 0;
        for (const { isClose, which, wanted, least, share } of acts) {
          const request = isClose ? open.splice(which % Math.max(1, open.length), 1)[0] : undefined;
          if (request !== undefined) {
            const { cacheWriteTokens, outputTokens } = worstOf(request);
            request.update({
              ...noUsage,
              cacheWriteTokens: share === 0 ? 0 : cacheWriteTokens,
              outputTokens: Math.floor(outputTokens * share),
            });
            request.close();
          } else {
            const next = meter.open({ ...prompt, maxOutputTokens: wanted }, Math.min(least, wanted));
            if (next === undefined) continue;
            opened++;
            assert.ok(next.prompt.maxOutputTokens >= Math.min(least, wanted));
            open.push(next);
          }
          // If all that is under way became as dear as it can at this moment.
          for (const request of open) request.update(worstOf(request));
          assert.ok((meter.usage.costUsd ?? 0) <= budget, `$${meter.usage.costUsd} of $${budget}`);
          for (const request of open) request.update(noUsage);
        }
        assert.ok(opened > 0 || budget < 0.25 || acts.length === 0);
      }),
      { numRuns: 500 },
    );
  });
});
