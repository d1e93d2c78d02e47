import assert from 'node:assert/strict';
import { blueprint } from '../support/blueprints.ts';
import { fakeOrchestrator } from '../support/generations.ts';
import { pacedGenerator } from '../support/paced-generator.ts';
import { blogRequest, frames, readUntil, TestServer, until } from '../support/test-server.ts';

describe('resuming a stream', function () {
  this.timeout(180_000);
  let server: TestServer;
  afterEach(() => server.remove());

  const resume = (id: string | null, after?: number) =>
    server.fetch(
      `/api/runs/${id}/stream`,
      after === undefined ? {} : { headers: { 'last-event-id': `${id}:${after}` } },
    );
  const outcome = async (id: string | null) =>
    ((await (await server.fetch(`/api/runs/${id}`)).json()) as { outcome: string | null }).outcome;

  it('replays the same bytes from every event on', async () => {
    server = await TestServer.start();
    const first = await server.post('/api/generate/stream');
    const id = first.headers.get('x-run-id');
    const all = frames(await first.text());
    assert.equal(await (await resume(id)).text(), all.join(''));
    for (let seq = 0; seq < all.length; seq += 1) {
      assert.equal(await (await resume(id, seq)).text(), all.slice(seq).join(''), `after ${seq}`);
    }
    const seen = await resume(id, all.length);
    assert.deepEqual([seen.status, await seen.text()], [204, '']);
  });

  it('replays, then goes on live, for several readers at once', async () => {
    server = await TestServer.start({ createGenerator: () => pacedGenerator({ count: 60, size: 50, everyMs: 10 }) });
    const first = await server.post('/api/generate/stream');
    const id = first.headers.get('x-run-id');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const later = await Promise.all([resume(id), resume(id, 3), resume(id, 10), resume(id, 40)]);
    const all = frames(await first.text());
    assert.equal(all.length, 62);
    const texts = await Promise.all(later.map((response) => response.text()));
    assert.deepEqual(
      texts.map(frames),
      [0, 3, 10, 40].map((after) => all.slice(after)),
    );
  });

  it('knows what it does not have', async () => {
    server = await TestServer.start({ createGenerator: () => fakeOrchestrator(blueprint([], []), []) });
    const first = await server.post('/api/generate/stream');
    const id = first.headers.get('x-run-id');
    await first.text();
    assert.equal((await resume('run-unknown')).status, 404);
    assert.equal((await server.fetch('/api/runs/..%2f..%2fkeys/stream')).status, 404);
    for (const text of ['x', `${id}:x`, 'run-other:1', `${id}:-1`]) {
      const response = await server.fetch(`/api/runs/${id}/stream`, { headers: { 'last-event-id': text } });
      assert.equal(response.status, 400, text);
    }
  });

  it('keeps the run of a client that can come back for the time of grace', async () => {
    server = await TestServer.start({
      settings: { graceMs: 2000 },
      createGenerator: () => pacedGenerator({ count: 1000, size: 50, everyMs: 10 }),
    });
    const lost = new AbortController();
    const first = await server.post('/api/generate/stream', blogRequest, { 'takoss-resume': '1' }, lost.signal);
    const id = first.headers.get('x-run-id');
    await readUntil(first, (text) => text.includes(':5\n'));
    lost.abort();
    await new Promise((resolve) => setTimeout(resolve, 250));
    assert.equal(await outcome(id), null);

    // Back in time, the client goes on, and gets a new time of grace.
    const back = new AbortController();
    const second = await server.fetch(`/api/runs/${id}/stream`, {
      headers: { 'last-event-id': `${id}:5` },
      signal: back.signal,
    });
    assert.match(await readUntil(second, (text) => text.includes(':60\n')), new RegExp(`^id: ${id}:6\n`));
    assert.equal(await outcome(id), null);
    back.abort();
    await until('the grace is over', async () => (await outcome(id)) === 'cancelled');
  });

  it('forgets finished runs in time, and remembers that there was one', async () => {
    server = await TestServer.start({ createGenerator: () => fakeOrchestrator(blueprint([], []), []) });
    const headers = { 'idempotency-key': 'again' };
    const first = await server.post('/api/generate/stream', blogRequest, headers);
    const id = first.headers.get('x-run-id');
    await first.text();
    await server.restart({ settings: { retentionMs: 60_000 } });
    assert.equal((await resume(id)).status, 200);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await server.restart({ settings: { retentionMs: 500 } });
    assert.equal((await resume(id)).status, 410);
    await server.restart({ settings: { retentionMs: 60_000 } });
    assert.equal((await resume(id)).status, 410);
    assert.equal(
      (await server.fetch(`/api/runs/${id}`, { headers: { 'x-api-key': 'bob-key-0123456789abcdef' } })).status,
      404,
    );
    const again = await server.post('/api/generate/stream', blogRequest, headers);
    assert.notEqual(again.headers.get('x-run-id'), id);
    await again.text();
  });
});
