import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { neverOverwrite, ProjectWriter } from '../../../src/core/project-writer.ts';
import { writeProject } from '../../../src/core/write-project.ts';
import { parseEventId } from '../../../src/transport/event-id.ts';
import { beginStream, cut, type FakeRequest, FakeServer } from '../../support/fake-server.ts';
import { collect } from '../../support/generations.ts';
import { MemoryFileSystem } from '../../support/memory-file-system.ts';
import { files, type RecordedRun, recordRun, request } from '../../support/recorded-run.ts';
import { never, remoteClient, withoutIds } from './remote.ts';

const runId = 'run-1';
const expectedFiles = Object.fromEntries(files.map(({ path, content }) => [path, content]));

/** What is still to be sent to a client that asks. */
function remaining({ headers }: FakeRequest, { wire }: RecordedRun): readonly string[] {
  const last = parseEventId(String(headers['last-event-id'] ?? ''));
  return wire.slice(last?.seq ?? 0);
}

describe('a run whose connection is cut', () => {
  let server: FakeServer;
  let run: RecordedRun;

  before(async () => {
    run = await recordRun(runId);
  });
  beforeEach(async () => {
    server = await FakeServer.start();
  });
  afterEach(() => server.stop());

  /** Generates over a server that treats each connection as told, and compares everything with the run as it was made. */
  async function generate(
    send: (connection: number, rest: readonly string[], response: ServerResponse) => Promise<void>,
  ) {
    server.requests.length = 0;
    server.handler = (incoming, response) => {
      beginStream(response, runId);
      return send(server.requests.length, remaining(incoming, run), response);
    };
    const { generator, connections } = remoteClient(server);
    const disk = new MemoryFileSystem();
    const writer = new ProjectWriter(disk, neverOverwrite);
    const generation = writeProject(generator.generate(request, { signal: never }), writer, {
      signal: never,
      clock: { now: () => 0 },
    });
    const { events, result, error } = await collect(generation);
    assert.equal(error, undefined);
    assert.deepEqual(result, run.result);
    const received = withoutIds(events).filter((event) => event.phase !== 'complete');
    assert.deepEqual(
      received,
      run.events.filter((event) => event.phase !== 'complete'),
    );
    for (const [path, content] of Object.entries(expectedFiles)) {
      assert.deepEqual(disk.entries.get(path), new TextEncoder().encode(content), path);
    }
    return connections;
  }

  it('is resumed after every single event', async function () {
    this.timeout(180_000);
    for (let at = 0; at <= run.wire.length; at += 1) {
      const connections = await generate(async (connection, rest, response) => {
        if (connection === 1) await cut(response, rest.slice(0, at).join(''));
        else response.end(rest.join(''));
      });
      const lost = at < run.wire.length ? ['lost', 'connected'] : [];
      assert.deepEqual(
        connections.map(({ state }) => state),
        lost,
        `after ${at} events`,
      );
      const [start, resumed] = server.requests;
      assert.deepEqual([start?.method, start?.path], ['POST', '/api/generate/stream']);
      if (at === run.wire.length) continue;
      assert.deepEqual([resumed?.method, resumed?.path], ['GET', `/api/runs/${runId}/stream`]);
      assert.equal(resumed?.headers['last-event-id'], at === 0 ? undefined : `${runId}:${at}`);
    }
  });

  it('is resumed after each event of one run, waiting anew each time', async () => {
    const connections = await generate((_connection, [first = '', ...rest], response) => {
      return rest.length === 0 ? Promise.resolve(void response.end(first)) : cut(response, first);
    });
    const lost = connections.filter((state) => state.state === 'lost');
    assert.equal(lost.length, run.wire.length - 1);
    for (const { attempt, retryInMs } of lost) assert.deepEqual([attempt, retryInMs], [1, 250]);
  });

  it('is resumed after a hundred bytes anywhere, three times over', async function () {
    this.timeout(180_000);
    let seed = 20_261_122;
    const random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    for (let count = 0; count < 100; count += 1) {
      await generate(async (connection, rest, response) => {
        const bytes = Buffer.from(rest.join(''));
        const end = Math.floor(random() * (bytes.length + 1));
        if (connection > 3) response.end(bytes);
        else await cut(response, bytes.subarray(0, end));
      });
    }
  });

  it('is resumed when the server ends the stream in good order but too soon', async () => {
    await generate((connection, rest, response) => {
      return Promise.resolve(void response.end(connection === 1 ? rest.slice(0, 5).join('') : rest.join('')));
    });
  });

  it('takes no event twice when the server sends more than was asked for', async () => {
    await generate(async (connection, _rest, response) => {
      if (connection === 1) await cut(response, run.wire.slice(0, 9).join(''));
      else response.end([run.wire[3], ...run.wire, ...run.wire].join(''));
    });
  });

  it('starts again with the same key where no answer came to the start', async () => {
    await generate(async (connection, rest, response) => {
      if (connection <= 2) response.destroy();
      else response.end(rest.join(''));
    });
    // The head of the first answers may have arrived, or not.
    const starts = server.requests.filter(({ method }) => method === 'POST');
    assert.equal(new Set(starts.map(({ headers }) => headers['idempotency-key'])).size, 1);
    assert.deepEqual(new Set(starts.map(({ body }) => body)), new Set([JSON.stringify(request)]));
  });

  it('comes back by its id when all of it is wanted again', async () => {
    server.handler = (incoming, response) => {
      beginStream(response, runId);
      response.end(remaining(incoming, run).join(''));
    };
    const { generator } = remoteClient(server);
    const whole = await collect(generator.attach(runId, 0, { signal: never }));
    assert.deepEqual([withoutIds(whole.events), whole.result], [run.events, run.result]);
    const rest = await collect(generator.attach(runId, 7, { signal: never }));
    assert.deepEqual([withoutIds(rest.events), rest.result], [run.events.slice(7), run.result]);
    assert.deepEqual(
      server.requests.map(({ method, path, headers }) => [method, path, headers['last-event-id']]),
      [
        ['GET', '/api/runs/run-1/stream', undefined],
        ['GET', '/api/runs/run-1/stream', 'run-1:7'],
      ],
    );
  });

  it('numbers the events it passes on, so that a host can come back to it', async () => {
    server.handler = (_incoming, response) => {
      beginStream(response, runId);
      response.end(run.wire.join(''));
    };
    const { events } = await collect(remoteClient(server).generator.generate(request, { signal: never }));
    assert.deepEqual(
      events.map((event) => [event.runId, event.seq]),
      run.events.map((_, index) => [runId, index + 1]),
    );
  });
});
