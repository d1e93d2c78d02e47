import assert from 'node:assert/strict';
import { TakossError } from '../../../../src/core/errors.ts';
import { Limiter } from '../../../../src/engines/model/slices/limiter.ts';

const { signal } = new AbortController();

async function acquire(limiter: Limiter, count: number) {
  return await Promise.all(Array.from({ length: count }, () => limiter.acquire(signal)));
}

describe('limiter', () => {
  it('lets no more run than its limit, and the next when one ends', async () => {
    const limiter = new Limiter(2);
    const [first] = await acquire(limiter, 2);
    let isStarted = false;
    const third = limiter.acquire(signal).then(() => {
      isStarted = true;
    });
    await Promise.resolve();
    assert.equal(isStarted, false);
    first?.release('other');
    await third;
    assert.equal(limiter.active, 2);
  });

  it('adds one after a full round of answers', async () => {
    const limiter = new Limiter(3);
    for (const slot of await acquire(limiter, 3)) slot.release('done');
    assert.equal(limiter.limit, 4);
  });

  it('halves once for all that were made to wait together, and again for what began since', async () => {
    const limiter = new Limiter(8);
    const slots = await acquire(limiter, 8);
    for (const slot of slots) slot.waited();
    assert.equal(limiter.limit, 4);
    for (const slot of slots) slot.release('done');
    assert.equal(limiter.limit, 4);
    const [next] = await acquire(limiter, 1);
    next?.waited();
    assert.equal(limiter.limit, 2);
  });

  it('never goes below one', async () => {
    const limiter = new Limiter(1);
    const [slot] = await acquire(limiter, 1);
    slot?.waited();
    assert.equal(limiter.limit, 1);
  });

  it('keeps to what the service says, also while it grows', async () => {
    const limiter = new Limiter(8);
    const [slot] = await acquire(limiter, 1);
    slot?.allows(2);
    assert.equal(limiter.limit, 2);
    slot?.release('done');
    for (let round = 0; round < 5; round += 1) for (const next of await acquire(limiter, 1)) next.release('done');
    assert.equal(limiter.limit, 2);
  });

  it('starts what is urgent first, each kind in its order', async () => {
    const limiter = new Limiter(1);
    const [running] = await acquire(limiter, 1);
    const order: string[] = [];
    const wait = (name: string, isUrgent: boolean) =>
      limiter.acquire(signal, { isUrgent }).then((slot) => {
        order.push(name);
        slot.release('other');
      });
    const all = [wait('new 1', false), wait('repair 1', true), wait('new 2', false), wait('repair 2', true)];
    running?.release('other');
    await Promise.all(all);
    assert.deepEqual(order, ['repair 1', 'repair 2', 'new 1', 'new 2']);
  });

  it('wakes nobody by turns that were not used', async () => {
    const limiter = new Limiter(2);
    const [sent, unused] = await acquire(limiter, 2);
    let isAwake = false;
    const released = limiter.nextRelease(signal).then(() => {
      isAwake = true;
    });
    unused?.release('unused');
    await new Promise((resolve) => setTimeout(resolve));
    assert.equal(isAwake, false);
    sent?.release('other');
    await released;
  });

  it('lets go of those who wait when the run is cancelled, and of nobody else’s turn', async () => {
    const limiter = new Limiter(1);
    const controller = new AbortController();
    const [running] = await acquire(limiter, 1);
    const stopped = limiter.acquire(controller.signal);
    const released = limiter.nextRelease(controller.signal);
    const next = limiter.acquire(signal);
    controller.abort();
    for (const waiting of [stopped, released]) {
      await assert.rejects(waiting, (error) => error instanceof TakossError && error.code === 'cancelled');
    }
    running?.release('other');
    running?.release('other');
    (await next).release('other');
    assert.equal(limiter.active, 0);
  });
});
