import assert from 'node:assert/strict';
import { noUsage } from '../../../src/core/model-usage.ts';
import { checkFacts, describeCost, formatTokens, formatUsd, usageFacts } from '../../../src/core/run-words.ts';

describe('words for what a run used', () => {
  it('rounds dollars to cents, and shows more only below a cent', () => {
    assert.deepEqual([0, 0.00001, 0.0042, 0.01, 0.066, 1, 12.345].map(formatUsd), [
      '$0.00',
      '<$0.0001',
      '$0.0042',
      '$0.01',
      '$0.07',
      '$1.00',
      '$12.35',
    ]);
  });

  it('shortens numbers of tokens', () => {
    assert.deepEqual([0, 999, 1000, 9440, 9960, 62_400, 999_499, 999_500, 1_240_000].map(formatTokens), [
      '0',
      '999',
      '1k',
      '9.4k',
      '10k',
      '62k',
      '999k',
      '1M',
      '1.2M',
    ]);
  });

  const usage = { ...noUsage, inputTokens: 10_000, cachedTokens: 48_000, cacheWriteTokens: 4000, outputTokens: 9000 };

  it('says the cost, what was expected, the budget and the tokens, as far as they are known', () => {
    const estimate = { inputTokens: 1, outputTokens: 1, costUsd: 0.4 };
    assert.deepEqual(usageFacts({ ...usage, model: 'm', costUsd: 0.07, budgetUsd: 1 }, estimate), [
      '$0.07 of about $0.40',
      'budget $1.00',
      '62k read (48k cached)',
      '9k written',
    ]);
    assert.deepEqual(usageFacts({ ...usage, model: 'm', cachedTokens: 0 }, estimate), ['14k read', '9k written']);
    const thought = { ...usage, model: 'm', cachedTokens: 0, thinkingTokens: 4000 };
    assert.deepEqual(usageFacts(thought, estimate), ['14k read', '9k written (4k thinking)']);
  });

  it('says how many tokens were expected where the price is not known', () => {
    const estimate = { inputTokens: 90_000, outputTokens: 31_000 };
    assert.deepEqual(usageFacts({ ...usage, model: 'm', cachedTokens: 0 }, estimate), [
      '14k read',
      '9k of about 31k written',
    ]);
  });

  it('leaves out an estimate that was passed', () => {
    const estimate = { inputTokens: 1, outputTokens: 1, costUsd: 0.4 };
    assert.equal(describeCost({ ...usage, model: 'm', costUsd: 0.41 }, estimate), '$0.41');
  });

  it('says what made sure that a feature works', () => {
    const slice = { feature: 'f', title: 'F', status: 'accepted' as const };
    assert.deepEqual(checkFacts(slice), []);
    assert.deepEqual(checkFacts({ ...slice, checked: ['syntax', 'imports'], isKept: true }), [
      'not type-checked or tested',
      'kept from the last run',
    ]);
    assert.deepEqual(checkFacts({ ...slice, checked: ['types', 'tests'] }), ['type-checked and tested']);
    assert.deepEqual(checkFacts({ ...slice, checked: ['types'] }), ['type-checked, not tested']);
    assert.deepEqual(checkFacts({ ...slice, checked: ['tests'] }), ['tested, not type-checked']);
  });
});
