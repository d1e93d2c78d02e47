import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { generationResultSchema, type StreamEvent, streamEventSchema } from '../../src/core/events.ts';
import { readProjectFile } from '../../src/core/project-file.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { createLocalGenerator } from '../../src/local-generator.ts';
import { collect } from '../support/generations.ts';
import { pacedGenerator } from '../support/paced-generator.ts';
import { blogRequest, bobKey, frames, readUntil, TestServer, until } from '../support/test-server.ts';

/** Reads as clients of the first version do: splits at line feeds and looks for `data: `. */
function readNaively(text: string): { events: StreamEvent[]; result: unknown } {
  const events: StreamEvent[] = [];
  let result: unknown;
  for (const line of text.split('\n')) {
    if (!line.startsWith('data: ')) continue;
    const data = JSON.parse(line.slice(6));
    if (data.type === 'result') result = data.data;
    else events.push(data);
  }
  return { events, result };
}

const timeless = (events: readonly StreamEvent[]) =>
  JSON.parse(JSON.stringify(events.map((event) => ({ ...event, at: 0 }))).replaceAll(/proj-[\w-]+/g, 'proj'));

describe('generating over HTTP', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => {
    server = await TestServer.start();
  });
  after(() => server.remove());

  it('streams what the local generator says, readable for clients of the first version', async () => {
    const response = await server.post('/api/generate/stream');
    assert.equal(response.status, 200);
    assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
    assert.equal(response.headers.get('cache-control'), 'no-cache, no-transform');
    assert.equal(response.headers.get('x-accel-buffering'), 'no');
    const runId = response.headers.get('x-run-id');
    assert.equal(response.headers.get('location'), `/api/runs/${runId}/stream`);

    const text = await response.text();
    const { events, result } = readNaively(text);
    const local = await collect(createLocalGenerator().generate(blogRequest, { signal: new AbortController().signal }));
    assert.deepEqual(timeless(events), timeless(local.events));
    for (const event of events) streamEventSchema.parse(event);
    assert.deepEqual(generationResultSchema.parse(result).files, local.result?.files);

    // Besides data there are ids only: one line of data per event, line feeds, no event names.
    for (const [index, frame] of frames(text).entries()) {
      assert.match(frame, new RegExp(`^id: ${runId}:${index + 1}\\ndata: [^\\r\\n]+\\n\\n$`));
    }
  });

  it('answers with the result and the contents of all files', async () => {
    const response = await server.post('/api/generate');
    assert.equal(response.status, 200);
    const result = (await response.json()) as {
      files: { path: string; content: string; sha256: string; bytes: number }[];
    };
    generationResultSchema.parse(result);
    assert.ok(result.files.length > 50);
    for (const { path, content, sha256, bytes } of result.files) {
      assert.equal(Buffer.byteLength(content), bytes, path);
      assert.equal(createHash('sha256').update(content).digest('hex'), sha256, path);
    }
  });

  it('keeps the ids of a project that is generated again', async () => {
    const contentOf = async (response: Response): Promise<string> => {
      const { files } = (await response.json()) as { files: { path: string; content: string }[] };
      return files.find(({ path }) => path === 'takoss.json')?.content ?? '';
    };
    const { blueprint } = readProjectFile(await contentOf(await server.post('/api/generate')), fieldTypes);
    const entities = blueprint.entities.map((item, index) => (index === 0 ? { ...item, id: 'first-of-all' } : item));
    const again = await contentOf(
      await server.post('/api/generate', { ...blogRequest, previous: { ...blueprint, entities } }),
    );
    assert.deepEqual(
      readProjectFile(again, fieldTypes).blueprint.entities.map(({ id }) => id),
      entities.map(({ id }) => id),
    );
    assert.doesNotMatch(again, /"previous"/);
  });

  it('names the field at fault', async () => {
    for (const [body, field] of [
      [{ ...blogRequest, projectName: 'a/b' }, 'projectName'],
      [{ projectName: 'Blog' }, 'requirements'],
      [{ ...blogRequest, description: 5 }, 'description'],
      [{ ...blogRequest, requirements: ' ' }, 'requirements'],
      [{ ...blogRequest, previous: { entities: 'all' } }, 'previous.entities'],
    ] as const) {
      for (const path of ['/api/generate', '/api/generate/stream']) {
        const response = await server.post(path, body);
        assert.equal(response.status, 400);
        assert.equal(response.headers.get('content-type'), 'application/problem+json; charset=utf-8');
        const problem = (await response.json()) as { code: string; status: number; errors: { field: string }[] };
        assert.deepEqual([problem.code, problem.status], ['invalid-request', 400]);
        assert.equal(problem.errors[0]?.field, field);
      }
    }
  });

  it('refuses what is too large or not JSON', async () => {
    const large = await server.post('/api/generate', { ...blogRequest, requirements: 'x'.repeat(1024 * 1024) });
    assert.equal(large.status, 413);
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
    ]) {
      const response = await server.post('/api/generate', 'a', { 'content-type': type });
      assert.equal(response.status, 415, type);
      assert.equal(((await response.json()) as { code: string }).code, 'unsupported-media-type');
    }
    assert.equal((await server.post('/api/generate', '{"projectName":')).status, 400);
  });

  describe('Idempotency-Key', () => {
    it('joins a repeated request to the same run, while it goes on and after', async () => {
      const headers = { 'idempotency-key': 'one' };
      const [first, second] = await Promise.all([
        server.post('/api/generate/stream', blogRequest, headers),
        server.post('/api/generate/stream', blogRequest, headers),
      ]);
      const id = first.headers.get('x-run-id');
      assert.equal(second.headers.get('x-run-id'), id);
      const text = await first.text();
      assert.equal(await second.text(), text);
      const third = await server.post('/api/generate/stream', blogRequest, headers);
      assert.equal(third.headers.get('x-run-id'), id);
      assert.equal(await third.text(), text);
      const json = await server.post('/api/generate', blogRequest, headers);
      assert.equal(json.headers.get('x-run-id'), id);
      await json.arrayBuffer();
    });

    it('refuses the key for another request, and keeps callers apart', async () => {
      const headers = { 'idempotency-key': 'two' };
      const first = await server.post('/api/generate', blogRequest, headers);
      await first.arrayBuffer();
      for (const change of [{ projectName: 'Shop' }, { previous: { entities: [] } }]) {
        const other = await server.post('/api/generate', { ...blogRequest, ...change }, headers);
        assert.equal(other.status, 422);
      }
      const bob = await server.post('/api/generate', blogRequest, { ...headers, 'x-api-key': bobKey });
      assert.equal(bob.status, 200);
      assert.notEqual(bob.headers.get('x-run-id'), first.headers.get('x-run-id'));
      await bob.arrayBuffer();
      assert.equal((await server.post('/api/generate', blogRequest, { 'idempotency-key': 'a b' })).status, 400);
    });
  });
});

describe('limits and cancelling', function () {
  this.timeout(180_000);
  let server: TestServer;
  before(async () => {
    server = await TestServer.start({
      settings: { maxRuns: 2 },
      createGenerator: () => pacedGenerator({ count: 1000, size: 100, everyMs: 10 }),
    });
  });
  after(() => server.remove());

  it('cancels a run, again and again, and says so on its stream', async () => {
    const response = await server.post('/api/generate/stream');
    const id = response.headers.get('x-run-id');
    await readUntil(response, (text) => text.includes('code_chunk'));
    for (let time = 0; time < 2; time += 1) {
      const cancelled = await server.fetch(`/api/runs/${id}/cancel`, { method: 'POST' });
      assert.deepEqual([cancelled.status, await cancelled.json()], [200, { runId: id, outcome: 'cancelled' }]);
    }
    const snapshot = (await (await server.fetch(`/api/runs/${id}`)).json()) as { state: { status: string } };
    assert.equal(snapshot.state.status, 'cancelled');
    const replay = await (await server.fetch(`/api/runs/${id}/stream`)).text();
    assert.match(frames(replay).at(-1) ?? '', /"type":"error","phase":"error".*"code":"cancelled"/);
  });

  it('cancels at once when a client that cannot come back is lost', async () => {
    const lost = new AbortController();
    const response = await server.post('/api/generate/stream', blogRequest, {}, lost.signal);
    const id = response.headers.get('x-run-id');
    await readUntil(response, (text) => text.includes('code_chunk'));
    lost.abort();
    await until(
      'the run is cancelled',
      async () => {
        const { outcome } = (await (await server.fetch(`/api/runs/${id}`)).json()) as { outcome: string | null };
        return outcome === 'cancelled';
      },
      5000,
    );
  });

  it('cancels a run whose result nobody waits for any more', async () => {
    const before = await server.metric('takoss_runs_total{outcome="cancelled"}');
    const events = await server.metric('takoss_events_total');
    const lost = new AbortController();
    const answer = server.post('/api/generate', blogRequest, {}, lost.signal).catch(() => undefined);
    await until('a run is going on', async () => (await server.metric('takoss_events_total')) > events);
    lost.abort();
    await answer;
    await until(
      'the run is cancelled',
      async () => (await server.metric('takoss_runs_total{outcome="cancelled"}')) === before + 1,
    );
  });

  it('answers a failed run with a problem', async () => {
    const events = await server.metric('takoss_events_total');
    const running = server.post('/api/generate', blogRequest, { 'idempotency-key': 'fails' });
    await until('the run is going on', async () => (await server.metric('takoss_events_total')) > events);
    const joined = await server.post('/api/generate/stream', blogRequest, { 'idempotency-key': 'fails' });
    const id = joined.headers.get('x-run-id');
    await server.fetch(`/api/runs/${id}/cancel`, { method: 'POST' });
    const response = await running;
    assert.equal(response.status, 409);
    assert.equal(((await response.json()) as { code: string }).code, 'cancelled');
    assert.match(await joined.text(), /"type":"error"/);
  });

  it('lets a caller have so many runs at once, and others theirs', async () => {
    const streams = await Promise.all([server.post('/api/generate/stream'), server.post('/api/generate/stream')]);
    const third = await server.post('/api/generate/stream');
    assert.equal(third.status, 429);
    assert.ok(Number(third.headers.get('retry-after')) > 0);
    const bob = await server.post('/api/generate/stream', blogRequest, { 'x-api-key': bobKey });
    assert.equal(bob.status, 200);
    for (const stream of [...streams, bob]) await stream.body?.cancel();
    await until('the runs are cancelled', async () => (await server.metric('takoss_open_streams')) === 0);
  });
});

describe('the rate limit', () => {
  it('makes a caller wait and says how long', async () => {
    const server = await TestServer.start({ settings: { rateLimit: 60 } });
    try {
      let refused = await server.fetch('/api/runs/run-x');
      for (let index = 0; index < 1000 && refused.status === 404; index += 1) {
        refused = await server.fetch('/api/runs/run-x');
      }
      assert.equal(refused.status, 429);
      const seconds = Number(refused.headers.get('retry-after'));
      assert.ok(seconds >= 1 && seconds <= 2, String(seconds));
      assert.equal((await server.fetch('/api/runs/run-x', { headers: { 'x-api-key': bobKey } })).status, 404);
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      assert.equal((await server.fetch('/api/runs/run-x')).status, 404);
    } finally {
      await server.remove();
    }
  });
});
