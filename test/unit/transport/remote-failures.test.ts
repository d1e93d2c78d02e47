import assert from 'node:assert/strict';
import { type ErrorCode, TakossError } from '../../../src/core/errors.ts';
import { leaveRunning, RemoteGenerator } from '../../../src/transport/remote-generator.ts';
import { systemParts } from '../../../src/transport/remote-parts.ts';
import { encodeRetry, heartbeat } from '../../../src/transport/sse-encode.ts';
import { beginStream, cut, FakeServer } from '../../support/fake-server.ts';
import { collect } from '../../support/generations.ts';
import { type RecordedRun, recordRun, request } from '../../support/recorded-run.ts';
import { never, remoteClient } from './remote.ts';

const runId = 'run-1';

function assertFailed(
  { events, error }: Awaited<ReturnType<typeof collect>>,
  code: ErrorCode,
  says: RegExp,
): TakossError {
  assert.ok(error instanceof TakossError, String(error));
  assert.equal(error.code, code, error.message);
  assert.match(error.message, says);
  const errors = events.filter((event) => event.type === 'error');
  assert.deepEqual(
    errors.map((event) => [event.message, event.data?.code]),
    [[`Generation failed: ${error.message}`, code]],
    'one error event, the last',
  );
  assert.equal(events.at(-1), errors[0]);
  return error;
}

describe('a remote run', () => {
  let server: FakeServer;
  let run: RecordedRun;

  before(async () => {
    run = await recordRun(runId);
  });
  beforeEach(async () => {
    server = await FakeServer.start();
  });
  afterEach(() => server.stop());

  const generate = (client = remoteClient(server)) => collect(client.generator.generate(request, { signal: never }));
  const answer = (status: number, body: string, headers: Record<string, string> = {}) => {
    server.handler = (_request, response) => void response.writeHead(status, headers).end(body);
  };
  const stream = (...messages: (string | undefined)[]) => {
    server.handler = (_request, response) => {
      beginStream(response, runId);
      response.end(messages.join(''));
    };
  };
  const message = (value: unknown, seq = 1) => `id: ${runId}:${seq}\ndata: ${JSON.stringify(value)}\n\n`;

  it('asks for a stream as who it is, and says that it can come back', async () => {
    stream(...run.wire);
    await generate();
    const { method, path, headers, body } = server.requests[0] ?? {};
    assert.deepEqual([method, path, body], ['POST', '/api/generate/stream', JSON.stringify(request)]);
    assert.equal(headers?.authorization, 'Bearer key-1');
    assert.equal(headers?.accept, 'text/event-stream');
    assert.equal(headers?.['content-type'], 'application/json');
    assert.equal(headers?.['takoss-resume'], '1');
    assert.match(String(headers?.['idempotency-key']), /^[\w-]{20,}$/);
    await generate();
    assert.notEqual(server.requests[1]?.headers['idempotency-key'], headers?.['idempotency-key']);
  });

  describe('is not tried again', () => {
    for (const [status, code, says] of [
      [400, 'invalid-request', /^It is wrong\.$/],
      [401, 'auth', /does not accept the key or token.*Sign in/],
      [403, 'auth', /does not allow/],
      [404, 'protocol', /Check the address/],
      [410, 'protocol', /no longer keeps this run.*again/],
      [413, 'invalid-request', /too large.*Shorten/],
      [415, 'protocol', /answered 415/],
      [418, 'protocol', /answered 418/],
    ] as const) {
      it(`after ${status}`, async () => {
        const problem = { status, detail: 'It is wrong.', errors: [{ field: 'projectName', message: 'x' }] };
        answer(status, JSON.stringify(problem), { 'content-type': 'application/problem+json' });
        const error = assertFailed(await generate(), code, says);
        if (status === 400) assert.equal(error.field, 'projectName');
        assert.equal(server.requests.length, 1);
      });
    }

    it('after a redirect, which would carry the key to another address', async () => {
      const other = await FakeServer.start();
      try {
        for (const status of [301, 302, 303, 307, 308]) {
          answer(status, '', { location: `${other.url}/api/generate/stream` });
          assertFailed(await generate(), 'protocol', /sends requests on to http:\/\/127/);
        }
        assert.deepEqual(other.requests, []);
      } finally {
        await other.stop();
      }
    });

    it('after an answer of something that is no such server', async () => {
      answer(200, '<html>Please log in</html>', { 'content-type': 'text/html' });
      assertFailed(await generate(), 'protocol', /not as a Takoss server/);
      assert.equal(server.requests.length, 1);
    });

    it('after an endless page about what is wrong', async () => {
      server.handler = (_request, response) => {
        response.writeHead(400);
        const more = () => response.write('x'.repeat(65_536), () => !response.destroyed && setImmediate(more));
        more();
      };
      assertFailed(await generate(), 'invalid-request', /did not understand/);
    });

    it('without a key or token, or with one that no header can carry, and then asks nothing', async () => {
      for (const token of [undefined, '', '  ', 'se\ncret', 'sécret']) {
        const { error } = await generate(remoteClient(server, { token: () => token }));
        assert.ok(error instanceof TakossError && error.code === 'auth');
        assert.doesNotMatch(`${error.message}${error.cause}`, /cret/);
      }
      assert.deepEqual(server.requests, []);
    });
  });

  describe('is tried again', () => {
    for (const [what, status, headers, expectedMs] of [
      ['408', 408, {}, 250],
      ['500', 500, {}, 250],
      ['503 that says when', 503, { 'retry-after': '20' }, 25_000],
      ['429 that says when', 429, { 'retry-after': '4' }, 5000],
      ['429 with a date', 429, { 'retry-after': new Date(1_700_000_008_000).toUTCString() }, 10_000],
    ] as const) {
      it(`after ${what}`, async () => {
        server.handler = (_request, response) => {
          if (server.requests.length === 1) return void response.writeHead(status, headers).end();
          beginStream(response, runId);
          response.end(run.wire.join(''));
        };
        const client = remoteClient(server);
        const { result, error } = await generate(client);
        assert.equal(error, undefined);
        assert.deepEqual(result, run.result);
        assert.deepEqual(client.time.waits, [expectedMs]);
        const [lost, connected] = client.connections;
        assert.ok(lost?.state === 'lost' && lost.retryInMs === expectedMs && lost.attempt === 1 && lost.reason !== '');
        assert.deepEqual(connected, { state: 'connected' });
      });
    }

    it('no sooner than its stream asked for', async () => {
      server.handler = async (_request, response) => {
        beginStream(response, runId);
        if (server.requests.length > 1) response.end(run.wire.slice(3).join(''));
        else await cut(response, [encodeRetry(3000), ...run.wire.slice(0, 3)].join(''));
      };
      const client = remoteClient(server);
      const { result } = await generate(client);
      assert.ok(result);
      assert.deepEqual(client.time.waits, [3750]);
    });

    it('when nothing is heard for three heartbeats, but not while any byte comes', async () => {
      server.handler = async (_request, response) => {
        beginStream(response, runId);
        if (server.requests.length > 1) return void response.end(run.wire.slice(2).join(''));
        response.write(run.wire.slice(0, 2).join(''));
        for (let count = 0; server.requests.length === 1 && count < 1000; count += 1) {
          await new Promise((resolve) => setTimeout(resolve, 15));
          client.time.passWatch(15_000);
          if (count < 3) response.write(heartbeat);
        }
      };
      const client = remoteClient(server);
      const { result } = await generate(client);
      assert.ok(result);
      assert.equal(server.requests.length, 2);
      const [lost] = client.connections;
      assert.ok(lost?.state === 'lost');
      assert.equal(lost.reason, 'nothing was heard for 45 s');
    });

    it('when the server does not even answer', async () => {
      server.handler = async (_request, response) => {
        if (server.requests.length > 1) {
          beginStream(response, runId);
          return void response.end(run.wire.join(''));
        }
        await new Promise((resolve) => setTimeout(resolve, 10));
        client.time.passWatch(45_000);
      };
      const client = remoteClient(server);
      assert.ok((await generate(client)).result);
    });
  });

  describe('gives up', () => {
    it('after a minute without ever reaching the server, and says what to check', async () => {
      await server.stop();
      const client = remoteClient(server);
      // The port is free now.
      assertFailed(await generate(client), 'network', /could not be reached: nothing answers there.*Check its address/);
      const waited = client.time.waits.reduce((sum, wait) => sum + wait, 0);
      assert.ok(waited > 30_000 && waited <= 60_000, `${waited}`);
    });

    it('after five minutes without getting the connection back', async () => {
      server.handler = async (_request, response) => {
        if (server.requests.length > 1) return void response.writeHead(502).end();
        beginStream(response, runId);
        await cut(response, run.wire.slice(0, 4).join(''));
      };
      const client = remoteClient(server);
      assertFailed(
        await generate(client),
        'network',
        /did not come back: the server answered 502.*Nothing was written/,
      );
      const waited = client.time.waits.reduce((sum, wait) => sum + wait, 0);
      assert.ok(waited > 240_000 && waited <= 300_000, `${waited}`);
    });

    it('at once when the server asks for more patience than that', async () => {
      answer(429, JSON.stringify({ detail: 'Too many runs.' }), { 'retry-after': '3600' });
      const client = remoteClient(server);
      assertFailed(await generate(client), 'rate-limit', /no more requests.*Too many runs.*again in 60 min/);
      assert.deepEqual(client.time.waits, []);
    });
  });

  describe('believes nothing:', () => {
    const start = (extra: object = {}) => ({ type: 'phase_start', phase: 'analysis', message: 'Reading', ...extra });

    for (const [what, messages, says] of [
      ['no JSON', ['data: {"type"\n\n'], /no JSON/],
      ['nothing', ['data:\n\n'], /no JSON/],
      ['no type', [message([1])], /no type/],
      ['an event of another form', [message(start({ progress: 'much' }))], /cannot be read/],
      [
        'a file without a checksum',
        [
          message({
            type: 'code_chunk',
            phase: 'frontend',
            message: '',
            data: { file: 'a', chunk: '', isComplete: true },
          }),
        ],
        /no checksum/,
      ],
      ['a result of another form', [message({ type: 'result', data: { success: true } })], /result cannot be read/],
      ['a gap', [message(start()), message(start(), 3)], /event 2 is missing; 3 came/],
      ['a missing number', [message(start()), `data: ${JSON.stringify(start())}\n\n`], /no number/],
      ["another run's event", [message(start()), `id: run-2:2\ndata: ${JSON.stringify(start())}\n\n`], /another run/],
    ] as const) {
      it(`refuses ${what}`, async () => {
        stream(...messages);
        assertFailed(await generate(), 'protocol', says);
        assert.equal(server.requests.filter(({ path }) => path.endsWith('/stream')).length, 1);
      });
    }

    it('refuses a result that lists a file which did not come', async () => {
      const withoutReadme = run.wire.filter((text) => !text.includes('"file":"README.md"'));
      stream(...withoutReadme.map((text, index) => text.replace(/^id: .*/, `id: ${runId}:${index + 1}`)));
      assertFailed(await generate(), 'protocol', /README\.md did not come/);
    });

    it('refuses a result that lists a file with another checksum', async () => {
      const sha256 = run.result.files.at(-1)?.sha256 ?? '';
      stream(...run.wire.slice(0, -1), run.wire.at(-1)?.replace(sha256, '0'.repeat(64)));
      const outcome = await generate();
      assertFailed(outcome, 'protocol', /not in the result as it came/);
      assert.ok(!outcome.events.some((event) => event.type === 'complete'), 'nothing may be written');
    });

    it('skips what a newer server says besides, and messages for other listeners', async () => {
      const news = message({ type: 'weather', sky: 'blue' });
      const named = `id: ${runId}:2\nevent: other\ndata: anything\n\n`;
      const rest = run.wire.map((text, index) => text.replace(/^id: .*/, `id: ${runId}:${index + 3}`));
      stream(news, named, ...rest);
      const { result, events } = await generate();
      assert.deepEqual(result, run.result);
      assert.equal(events.length, run.events.length);
    });

    it('lets no control characters through to a terminal, in sentences or results', async () => {
      const evil = '\x1b[2Jgone\r\n\x07\x9b31m';
      const named = { ...run.result, projectId: evil };
      stream(
        message(start({ message: evil })),
        message(
          { type: 'phase_progress', phase: 'analysis', message: evil, data: { task: evil, index: 1, total: 1 } },
          2,
        ),
        message({ type: 'result', data: { ...named, files: [] } }, 3),
      );
      const { events, result, error } = await generate();
      assert.equal(error, undefined);
      const texts = [...events.map((event) => event.message), JSON.stringify(events), JSON.stringify(result)].join('');
      assert.doesNotMatch(texts, /(?![\n\r\t])\p{Cc}|\\u00[01]/u);
    });

    it('shortens endless sentences', async () => {
      stream(message({ type: 'error', phase: 'error', message: 'x'.repeat(1_000_000), data: { code: 'model' } }));
      const { error } = await generate();
      assert.ok(error instanceof TakossError && error.message.length <= 2000);
    });
  });

  it('ends with the error that the server sends, with its code and field', async () => {
    const failure = {
      type: 'error',
      phase: 'error',
      message: 'Generation failed: The name is taken.',
      progress: 0,
      data: { code: 'invalid-request', phase: 'analysis', field: 'projectName' },
    };
    stream(run.wire[0], message(failure, 2));
    const error = assertFailed(await generate(), 'invalid-request', /^The name is taken\.$/);
    assert.equal(error.field, 'projectName');
    assert.equal(server.requests.length, 1, 'neither resumed nor cancelled');
  });

  describe('that is cancelled', () => {
    const goOn = () => {
      server.handler = ({ path }, response) => {
        if (path.endsWith('/cancel')) return void response.writeHead(202).end();
        beginStream(response, runId);
        response.write(run.wire.slice(0, 3).join(''));
      };
    };

    it('ends at once, and is cancelled on the server', async () => {
      goOn();
      const controller = new AbortController();
      const { generator } = remoteClient(server);
      const outcome = await collect(generator.generate(request, { signal: controller.signal }), (event) => {
        if (event.seq === 3) setTimeout(() => controller.abort(), 5);
      });
      assertFailed(outcome, 'cancelled', /cancelled/);
      const last = server.requests.at(-1);
      assert.deepEqual([last?.method, last?.path], ['POST', `/api/runs/${runId}/cancel`]);
      assert.equal(last?.headers.authorization, 'Bearer key-1');
    });

    it('is cancelled on the server when nobody listens any more', async () => {
      goOn();
      const generation = remoteClient(server).generator.generate(request, { signal: never });
      await generation.next();
      await generation.return(undefined as never);
      assert.equal(server.requests.at(-1)?.path, `/api/runs/${runId}/cancel`);
    });

    it('goes on there when the window will come back for it', async () => {
      goOn();
      const controller = new AbortController();
      const { generator } = remoteClient(server);
      const { error } = await collect(generator.generate(request, { signal: controller.signal }), (event) => {
        if (event.seq === 3) controller.abort(leaveRunning);
      });
      assert.ok(error instanceof TakossError && error.code === 'cancelled');
      assert.deepEqual(
        server.requests.map(({ path }) => path),
        ['/api/generate/stream'],
      );
    });

    it('while it waits, or before it began, ends too', async () => {
      answer(503, '');
      const controller = new AbortController();
      const { generator } = remoteClient(server, {
        onConnection: () => controller.abort(),
      });
      assertFailed(await collect(generator.generate(request, { signal: controller.signal })), 'cancelled', /cancelled/);
      assert.equal(server.requests.length, 1);
      assertFailed(
        await collect(generator.generate(request, { signal: AbortSignal.abort() })),
        'cancelled',
        /cancelled/,
      );
      assert.equal(server.requests.length, 1);
    });
  });

  it('lets no key travel unencrypted to another machine', () => {
    assert.throws(
      () => new RemoteGenerator({ ...systemParts, endpoint: 'http://example.com', token: () => 'key' }),
      /not encrypted/,
    );
  });

  it('refuses what is no id of a run, which would become part of an address', () => {
    const { generator } = remoteClient(server);
    for (const id of ['', '../x', 'a/b', 'a b', 'a:1']) {
      assert.throws(() => generator.attach(id, 0, { signal: never }), /not the id of a run/);
    }
  });
});
