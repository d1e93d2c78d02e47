import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Backoff, parseRetryAfter } from '../../../src/transport/backoff.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const waits = (randoms: readonly number[], atLeastMs = 0) => {
  let index = 0;
  const backoff = new Backoff(() => randoms[index++] ?? 0);
  return randoms.map(() => backoff.next(atLeastMs));
};

describe('waiting between attempts', () => {
  it('draws from the whole of a window that doubles from 0.5 s to 30 s', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 40 }), (randoms) => {
        for (const [attempt, wait] of waits(randoms).entries()) {
          const window = Math.min(30_000, 500 * 2 ** attempt);
          assert.equal(wait, Math.round((randoms[attempt] ?? 0) * window));
          assert.ok(wait >= 0 && wait <= 30_000);
        }
      }),
    );
  });

  it('never comes back sooner than the server asked for, nor much later', () => {
    fc.assert(
      fc.property(fc.array(chance, { minLength: 1, maxLength: 40 }), fc.nat(120_000), (randoms, atLeastMs) => {
        for (const wait of waits(randoms, atLeastMs)) {
          assert.ok(wait >= atLeastMs && wait <= Math.max(30_000, 1.5 * atLeastMs + 1), `${wait}`);
        }
      }),
    );
  });

  it('starts over after progress', () => {
    fc.assert(
      fc.property(fc.nat(50), (attempts) => {
        const backoff = new Backoff(() => 0.999_999);
        for (let count = 0; count < attempts; count += 1) backoff.next();
        assert.equal(backoff.attempts, attempts);
        backoff.reset();
        assert.equal(backoff.next(), 500);
        assert.equal(backoff.next(), 1000);
      }),
    );
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 22, 8, 0, 0);
  for (const [header, expected] of [
    ['0', 0],
    ['120', 120_000],
    [' 7 ', 7000],
    ['Sun, 22 Nov 2026 08:00:30 GMT', 30_000],
    ['Sunday, 22-Nov-26 08:00:30 GMT', 30_000],
    ['Sun, 22 Nov 2026 07:00:00 GMT', 0],
    ['-1', undefined],
    ['1.5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    ['2026-11-22T08:00:30Z', undefined],
    ['', undefined],
    [null, undefined],
  ] as const) {
    it(`${JSON.stringify(header)} is ${expected === undefined ? 'nothing' : `${expected} ms`}`, () => {
      assert.equal(parseRetryAfter(header, now), expected);
    });
  }
});
