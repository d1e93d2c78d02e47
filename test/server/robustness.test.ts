import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { pacedGenerator } from '../support/paced-generator.ts';
import { aliceKey, blogRequest, frames, TestServer, until } from '../support/test-server.ts';

/** A connection that speaks as it likes. */
async function openSocket(url: string): Promise<{ socket: Socket; text: () => string; closed: Promise<void> }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = '';
  socket.on('data', (data) => {
    text += data.toString('latin1');
  });
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  await new Promise<void>((resolve) => socket.on('connect', resolve));
  return { socket, text: () => text, closed };
}

/** Numbers that look random and are the same in every run of the test. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const streamRequest = (body = JSON.stringify(blogRequest)) =>
  [
    'POST /api/generate/stream HTTP/1.1',
    'Host: localhost',
    `X-API-Key: ${aliceKey}`,
    'Takoss-Resume: 1',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');

describe('hostile clients', function () {
  this.timeout(180_000);
  let server: TestServer;
  afterEach(() => server.remove());

  it('get 431 for headers of 64 KB and 400 for what is not HTTP', async () => {
    server = await TestServer.start();
    for (const [sent, status] of [
      [`GET /healthz HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(64 * 1024)}\r\n\r\n`, 431],
      ['hello\r\n\r\n', 400],
      ['GET /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
    ] as const) {
      const { socket, text, closed } = await openSocket(server.url);
      socket.write(sent);
      await closed;
      assert.match(text(), new RegExp(`^HTTP/1.1 ${status} `));
    }
    assert.equal((await server.fetch('/healthz')).status, 200);
  });

  it('are sent away when headers or body drip', async () => {
    server = await TestServer.start({ settings: { requestTimeoutMs: 400 } });
    const head = `POST /api/generate HTTP/1.1\r\nHost: x\r\nX-API-Key: ${aliceKey}\r\n`;
    for (const start of [head, `${head}Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`]) {
      const { socket, text, closed } = await openSocket(server.url);
      socket.write(start);
      const drip = setInterval(() => socket.write('x'), 50);
      const began = performance.now();
      await closed;
      clearInterval(drip);
      assert.ok(performance.now() - began < 15_000);
      assert.match(text(), /^HTTP\/1.1 408 |^$/);
    }
  });

  it('get no 500 for 2,000 malformed bodies, and leave nothing behind', async () => {
    server = await TestServer.start({ createGenerator: () => pacedGenerator({ count: 1, size: 1, everyMs: 0 }) });
    const random = seededRandom(7);
    const valid = JSON.stringify(blogRequest);
    const paths = ['/api/generate', '/api/generate/stream', '/api/runs/x/cancel'];
    const counts = new Map<number, number>();
    for (let index = 0; index < 2000; index += 1) {
      const body = malformed(valid, random);
      const response = await server.fetch(paths[index % paths.length] ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: Buffer.from(body, index % 2 === 0 ? 'utf8' : 'latin1'),
      });
      await response.arrayBuffer();
      counts.set(response.status, (counts.get(response.status) ?? 0) + 1);
    }
    const statuses = [...counts.keys()].sort((a, b) => a - b);
    assert.ok(
      statuses.every((status) => status < 500),
      statuses.join(),
    );
    assert.ok((counts.get(400) ?? 0) > 800, JSON.stringify([...counts]));
    assert.equal(await server.metric('takoss_open_streams'), 0);
    assert.equal((await server.fetch('/readyz')).status, 200);
  });
});

describe('slow and vanished clients', function () {
  this.timeout(180_000);
  let server: TestServer;
  afterEach(() => server.remove());

  it('cost the others nothing, and get all of it when they go on reading', async () => {
    // 16 MB: far more than sockets hold.
    const pace = { count: 256, size: 64 * 1024, everyMs: 1 };
    server = await TestServer.start({ createGenerator: () => pacedGenerator(pace) });
    const { socket, text, closed } = await openSocket(server.url);
    socket.pause();
    socket.write(streamRequest());
    await until(
      'the run is done',
      async () => (await server.metric('takoss_runs_total{outcome="succeeded"}')) === 1,
      20_000,
    );
    const sent = await server.metric('takoss_stream_bytes_total');
    assert.ok(sent < 12 * 1024 * 1024, `${sent} bytes queued for a client that reads nothing`);
    socket.resume();
    await until('it has read all', () => text().includes('"type":"result"'), 20_000);
    const seqs = [...text().matchAll(/^id: \S+:(\d+)$/gm)].map(([, seq]) => Number(seq));
    assert.deepEqual(
      seqs,
      Array.from({ length: pace.count + 2 }, (_, index) => index + 1),
    );
    socket.destroy();
    await closed;
  });

  it('are sent away when they take nothing for too long, and can resume', async () => {
    server = await TestServer.start({
      settings: { stallMs: 300 },
      createGenerator: () => pacedGenerator({ count: 256, size: 64 * 1024, everyMs: 1 }),
    });
    const { socket } = await openSocket(server.url);
    socket.pause();
    socket.write(streamRequest());
    await until('the stream is open', async () => (await server.metric('takoss_open_streams')) === 1);
    await until('the stream is closed', async () => (await server.metric('takoss_open_streams')) === 0, 10_000);
    socket.resume();
    await until(
      'the run is done',
      async () => (await server.metric('takoss_runs_total{outcome="succeeded"}')) === 1,
      20_000,
    );
    socket.destroy();
  });

  it('leave no timers, listeners, sockets or files behind', async () => {
    server = await TestServer.start({
      settings: { maxRuns: 1000 },
      createGenerator: () => pacedGenerator({ count: 10_000, size: 16 * 1024, everyMs: 1 }),
    });
    const resources = () => process.getActiveResourcesInfo().length;
    const vanish = async () => {
      const { socket, closed } = await openSocket(server.url);
      socket.pause();
      // This client cannot come back: its run ends with it.
      socket.write(streamRequest().replace('Takoss-Resume: 1\r\n', ''));
      await new Promise((resolve) => setTimeout(resolve, 100));
      socket.resetAndDestroy();
      await closed;
    };
    const isQuiet = async () =>
      (await server.metric('takoss_open_streams')) === 0 &&
      (await server.metric('takoss_runs_total{outcome="cancelled"}')) % 20 === 1;
    await vanish();
    await until('the first is gone', isQuiet);
    const before = resources();
    await Promise.all(Array.from({ length: 20 }, vanish));
    await until('all are gone', isQuiet);
    await until('nothing is left', () => resources() <= before + 1);
  });

  it('hear that the server is there while a run has nothing to say', async () => {
    server = await TestServer.start({
      settings: { heartbeatMs: 30 },
      createGenerator: () => pacedGenerator({ count: 2, size: 1, everyMs: 300 }),
    });
    const text = await (await server.post('/api/generate/stream')).text();
    assert.ok(text.split(': heartbeat\n\n').length > 5);
    assert.equal(frames(text.replaceAll(': heartbeat\n\n', '')).length, 4);
  });
});

/** A request with something wrong: cut, bytes changed, a value of another type, or noise. */
function malformed(valid: string, random: () => number): string {
  const at = Math.floor(random() * valid.length);
  const noise = Array.from({ length: 1 + Math.floor(random() * 40) }, () =>
    String.fromCharCode(Math.floor(random() * 256)),
  ).join('');
  const values = ['null', '[]', '{}', '1e999', '-0', '""', '"\\ud800"', 'true', '"\\u0000"', `"${'x'.repeat(200)}"`];
  const value = values[Math.floor(random() * values.length)] ?? 'null';
  switch (Math.floor(random() * 6)) {
    case 0:
      return valid.slice(0, at);
    case 1:
      return valid.slice(0, at) + noise + valid.slice(at);
    case 2:
      return noise;
    case 3:
      return `{"projectName":${value},"requirements":${value},"__proto__":{"a":${value}}}`;
    case 4:
      return `${'['.repeat(at * 50)}${value}`;
    default:
      return value;
  }
}
