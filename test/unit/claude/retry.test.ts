import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import { wait } from '../../../src/engines/model/wait.ts';
import {
  call,
  claude,
  collect,
  end,
  fakeFetch,
  never,
  prompt,
  refusing,
  start,
  stop,
  streaming,
} from './fake-claude.ts';

const good = streaming([start(), ...call(0, { path: 'a.ts', content: 'a' }), end(), stop]);
const busy = (headers: Record<string, string> = {}) => refusing(429, 'rate_limit_error', 'Slow down', headers);
const overloaded = refusing(529, 'overloaded_error', 'Overloaded');
const offline = (): Response => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code: 'ECONNREFUSED' }) });
};

const write = async (...answers: Parameters<typeof fakeFetch>) => {
  const { fetch, requests } = fakeFetch(...answers);
  const { model, waits } = claude(fetch);
  return { ...(await collect(model.write(prompt, { signal: never() }))), requests, waits };
};

describe('sending a request to Claude again', () => {
  it('says each wait, with its reason, and then streams the answer', async () => {
    const { steps, result, waits, requests } = await write(busy(), overloaded, offline, good);
    assert.equal(result?.files.length, 1);
    assert.equal(requests.length, 4);
    const said = steps.flatMap((step) => (step.kind === 'waiting' ? [step] : []));
    assert.deepEqual(
      said.map(({ reason }) => reason),
      ['rate-limit', 'overloaded', 'network'],
    );
    assert.deepEqual(
      said.map(({ waitMs }) => waitMs),
      waits,
    );
    assert.equal(
      steps.findIndex(({ kind }) => kind === 'started'),
      3,
    );
  });

  it('waits longer each time, and not twice the same', async () => {
    const runs = await Promise.all(Array.from({ length: 40 }, () => write(overloaded)));
    for (const [index, [least, most]] of [
      [500, 1000],
      [1000, 2000],
      [2000, 4000],
    ].entries()) {
      const waits = runs.map((run) => run.waits[index] ?? 0);
      assert.ok(
        waits.every((ms) => ms >= (least ?? 0) && ms <= (most ?? 0)),
        `${waits}`,
      );
      assert.ok(new Set(waits).size > 10);
    }
  });

  for (const [what, headers, atLeast] of [
    ['seconds', () => ({ 'retry-after': '20' }), 20_000],
    ['milliseconds', () => ({ 'retry-after-ms': '1500', 'retry-after': '20' }), 1500],
    ['a date', () => ({ 'retry-after': new Date(Date.now() + 31_000).toUTCString() }), 25_000],
  ] satisfies [string, () => Record<string, string>, number][]) {
    it(`waits as long as the service asks in ${what}`, async () => {
      const { waits, result } = await write(busy(headers()), good);
      assert.equal(result?.files.length, 1);
      assert.equal(waits.length, 1);
      assert.ok((waits[0] ?? 0) >= atLeast && (waits[0] ?? 0) <= atLeast + 7000, `${waits}`);
    });
  }

  it('gives up at once where the service asks to wait for long', async () => {
    const { error, waits, requests } = await write(busy({ 'retry-after': '3600' }), good);
    assert.ok(error instanceof TakossError);
    assert.equal(error.code, 'rate-limit');
    assert.match(error.message, /Try again in 60 minutes\.$/);
    assert.deepEqual(waits, []);
    assert.equal(requests.length, 1);
  });

  it('waits two minutes at most, all together', async () => {
    const { error, waits } = await write(busy({ 'retry-after': '50' }));
    assert.ok(error instanceof TakossError);
    assert.equal(error.code, 'rate-limit');
    assert.equal(waits.length, 2);
  });

  it('does not send a request again whose answer has begun', async () => {
    const { error, requests } = await write(streaming([start()], { ending: 'cut' }), good);
    assert.ok(error instanceof TakossError);
    assert.equal(requests.length, 1);
  });

  it('ends a wait at once when the run is cancelled', async () => {
    const controller = new AbortController();
    const { fetch, requests } = fakeFetch(busy({ 'retry-after': '60' }), good);
    const { model } = claude(fetch, { wait });
    const steps = model.write(prompt, { signal: controller.signal });
    const { value } = await steps.next();
    assert.ok(value !== undefined && 'kind' in value && value.kind === 'waiting');
    const started = performance.now();
    setTimeout(() => controller.abort(), 20);
    await assert.rejects(steps.next(), { code: 'cancelled' });
    assert.ok(performance.now() - started < 5000);
    assert.equal(requests.length, 1);
  });
});
