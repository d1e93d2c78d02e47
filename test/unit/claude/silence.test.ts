import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { TakossError } from '../../../src/core/errors.ts';
import type { ClaudeTimeouts } from '../../../src/engines/claude/watchdog.ts';
import {
  blockStop,
  call,
  callStart,
  claude,
  collect,
  type Event,
  end,
  json,
  never,
  ping,
  prompt,
  saying,
  sse,
  start,
  stop,
  streamHeaders,
} from './fake-claude.ts';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The other side notices an end a moment later. */
async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !isSo(); tries += 1) await sleep(10);
}

const whole = [start(), ...call(0, { path: 'a.ts', content: 'a' }), end(), stop];

/** A service of this machine, which answers as told and knows which requests have been ended by the other side. */
async function serve(answer: (response: ServerResponse, request: IncomingMessage) => Promise<void>) {
  const state = { requests: 0, connections: 0, ended: 0 };
  const server = createServer((request, response) => {
    state.requests += 1;
    response.on('close', () => {
      if (!response.writableFinished) state.ended += 1;
    });
    request.resume();
    request.on('end', () => void answer(response, request));
  });
  server.on('connection', () => {
    state.connections += 1;
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const baseUrl = `http://127.0.0.1:${address.port}/`;
  return {
    state,
    model: (timeouts: Partial<ClaudeTimeouts> = {}) => claude(globalThis.fetch, { baseUrl, timeouts }).model,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const begin = (response: ServerResponse): void => {
  response.writeHead(200, streamHeaders);
  response.flushHeaders();
};
const send = (response: ServerResponse, ...events: Event[]): boolean => response.write(sse(events));

describe('a Claude service that falls silent', () => {
  let service: Awaited<ReturnType<typeof serve>>;
  afterEach(() => service.close());

  const write = async (timeouts: Partial<ClaudeTimeouts>) =>
    collect(service.model(timeouts).write(prompt, { signal: never() }));

  for (const [what, answer, timeouts] of [
    ['that never answers', async () => {}, { firstByteMs: 150 }],
    ['that answers without a first byte', async (response) => begin(response), { firstByteMs: 150 }],
    [
      'that stops within an answer',
      async (response) => {
        begin(response);
        send(response, start(), callStart(0), json(0, '{"path":"a.ts","con'));
      },
      { idleMs: 150 },
    ],
    [
      'that only pings',
      async (response) => {
        begin(response);
        send(response, start());
        while (!response.destroyed) {
          send(response, ping);
          await sleep(20);
        }
      },
      { progressMs: 150 },
    ],
  ] satisfies [string, (response: ServerResponse) => Promise<void>, Partial<ClaudeTimeouts>][]) {
    it(`is given up: one ${what}`, async () => {
      service = await serve(answer);
      const { error } = await write(timeouts);
      assert.ok(error instanceof TakossError);
      assert.equal(error.code, 'network');
      assert.match(error.message, /^127\.0\.0\.1:\d+ fell silent for 1 s\. Check/);
      await until(() => service.state.ended === 1);
      assert.deepEqual([service.state.requests, service.state.ended], [1, 1]);
    });
  }

  it('is not given up while it pings and writes', async () => {
    service = await serve(async (response) => {
      begin(response);
      const pings = Array.from({ length: 5 }, () => ping);
      for (const event of [start(), ...call(0, { path: 'a.ts', content: 'abc' }), end()]) {
        for (const each of [event, ...pings]) {
          send(response, each);
          await sleep(50);
        }
      }
      response.end(sse([stop]));
    });
    // All of it takes longer than each of these.
    const { result } = await write({ firstByteMs: 1000, idleMs: 1000, progressMs: 1300 });
    assert.equal(result?.files.length, 1);
  });

  it('is not given up because the reader takes its time', async () => {
    let read = (): void => {};
    const isRead = new Promise<void>((resolve) => {
      read = resolve;
    });
    service = await serve(async (response) => {
      begin(response);
      send(response, start(), callStart(0));
      await isRead;
      send(response, json(0, '{"path":"a.ts","content":"a"}'), blockStop(0), end(), stop);
      response.end();
    });
    const steps = service.model({ idleMs: 100, firstByteMs: 5000 }).write(prompt, { signal: never() });
    for (;;) {
      const next = await steps.next();
      read();
      await sleep(150);
      if (!next.done) continue;
      assert.equal(next.value.files.length, 1);
      return;
    }
  });

  it('says that an answer was held back: nothing for a while, then all at once', async () => {
    const answer = saying('word '.repeat(200));
    service = await serve(async (response) => {
      await sleep(200);
      begin(response);
      response.end(sse(answer.map((event) => (event.type === 'message_delta' ? end('end_turn', 2000) : event))));
    });
    const { steps } = await write({ heldBackMs: 150 });
    assert.equal(steps.filter(({ kind }) => kind === 'held-back').length, 1);
  });

  it('does not say so of an answer that begins late and is then written', async () => {
    service = await serve(async (response) => {
      await sleep(200);
      begin(response);
      for (const event of saying('word '.repeat(20), 10)) {
        send(response, event.type === 'message_delta' ? end('end_turn', 150) : event);
        await sleep(15);
      }
      response.end();
    });
    const { steps, result } = await write({ heldBackMs: 150 });
    assert.ok(result);
    assert.deepEqual(
      steps.filter(({ kind }) => kind === 'held-back'),
      [],
    );
  });

  it('is told when the run is cancelled, wherever the answer is', async () => {
    service = await serve(async (response) => {
      await sleep(30);
      begin(response);
      for (const event of [...whole.slice(0, -2), ...Array.from({ length: 50 }, () => ping)]) {
        send(response, event);
        await sleep(15);
      }
    });
    for (const afterMs of [0, 10, 60, 200]) {
      const controller = new AbortController();
      const timer = setTimeout(() => controller.abort(), afterMs);
      const { error } = await collect(service.model().write(prompt, { signal: controller.signal }));
      clearTimeout(timer);
      assert.ok(error instanceof TakossError);
      assert.equal(error.code, 'cancelled');
    }
    await until(() => service.state.ended === service.state.requests);
    assert.equal(service.state.ended, service.state.requests);
  });

  it('is told when nobody reads on', async () => {
    service = await serve(async (response) => {
      begin(response);
      send(response, start(), callStart(0), json(0, '{"path":"a.ts","content":"a'));
    });
    for await (const step of service.model().write(prompt, { signal: never() })) {
      if (step.kind === 'text') break;
    }
    await until(() => service.state.ended === 1);
    assert.deepEqual([service.state.requests, service.state.ended], [1, 1]);
  });

  it('is asked again over the same connection, and leaves no listeners behind', async () => {
    service = await serve(async (response) => {
      begin(response);
      response.end(sse(whole));
    });
    let listeners = 0;
    const { signal } = new AbortController();
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...words: Parameters<typeof addEventListener>) => {
      listeners += 1;
      addEventListener.apply(signal, words);
    };
    signal.removeEventListener = (...words: Parameters<typeof removeEventListener>) => {
      listeners -= 1;
      removeEventListener.apply(signal, words);
    };
    for (let count = 0; count < 20; count += 1) {
      const { result } = await collect(service.model().write(prompt, { signal }));
      assert.equal(result?.files.length, 1);
    }
    assert.equal(listeners, 0);
    assert.equal(service.state.requests, 20);
    assert.ok(service.state.connections <= 2, `${service.state.connections} connections`);
    assert.equal(service.state.ended, 0);
  });
});
