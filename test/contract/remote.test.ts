import assert from 'node:assert/strict';
import type { GenerationResult, StreamEvent } from '../../src/core/events.ts';
import type { Generator } from '../../src/core/ports.ts';
import { neverOverwrite, ProjectWriter } from '../../src/core/project-writer.ts';
import type { ProjectRequest } from '../../src/core/request.ts';
import { writeProject } from '../../src/core/write-project.ts';
import { createLocalGenerator, systemClock } from '../../src/local-generator.ts';
import { checkConnection } from '../../src/transport/check-connection.ts';
import { RemoteGenerator } from '../../src/transport/remote-generator.ts';
import { type RemoteGeneratorParts, systemParts } from '../../src/transport/remote-parts.ts';
import { collect } from '../support/generations.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { aliceKey, blogRequest, bobKey, TestServer } from '../support/test-server.ts';

const requests: Readonly<Record<string, ProjectRequest>> = {
  'a blog': blogRequest,
  'a page without data': {
    projectName: 'Café "Zürich"',
    description: '',
    requirements: 'A page about our café with opening hours.\u2028The background is navy.\r\nIt says: data: {"a":1}',
  },
  'relations and colours': {
    projectName: 'Shop',
    description: 'Sells things',
    requirements: [
      'Customers place orders. An order has many products.',
      'Each product belongs to a category and has a price.',
      'Search products by name. Send a newsletter every week.',
      'Use a teal background.',
    ].join('\n'),
  },
};

/** Everything that a run says, but for what differs from run to run: times, ids and how it travelled. */
function comparable(events: readonly StreamEvent[], result: GenerationResult | undefined) {
  const text = JSON.stringify({
    events: events.map(({ at: _at, runId: _runId, seq: _seq, ...event }) => event),
    result,
  });
  const known: unknown = JSON.parse(text.replaceAll(result?.projectId ?? '', 'proj'));
  return known;
}

async function generateInto(generator: Generator, request: ProjectRequest) {
  const disk = new MemoryFileSystem();
  const { signal } = new AbortController();
  const generation = generator.generate(request, { signal });
  const writer = new ProjectWriter(disk, neverOverwrite);
  const outcome = await collect(writeProject(generation, writer, { signal, clock: systemClock }));
  return { ...outcome, disk };
}

/** A network that breaks each body after so many bytes, until there are no more breaks. */
function breakingFetch(breaks: number[]): RemoteGeneratorParts['fetch'] {
  return async (url, init) => {
    const response = await fetch(url, init);
    const limit = breaks.shift();
    if (limit === undefined || response.body === null) return response;
    let length = 0;
    const breaking = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        controller.enqueue(chunk.subarray(0, limit - length));
        length += chunk.length;
        if (length >= limit) controller.error(new TypeError('terminated'));
      },
    });
    return new Response(response.body.pipeThrough(breaking), response);
  };
}

/** The same requests through the generator of this machine and through server and client. */
describe('a server and its client', function () {
  this.timeout(180_000);
  let server: TestServer;

  before(async () => {
    server = await TestServer.start({ settings: { maxRuns: 100 } });
  });
  after(() => server.remove());

  const remote = (parts: Partial<RemoteGeneratorParts> = {}) =>
    new RemoteGenerator({ ...systemParts, endpoint: server.url, token: () => aliceKey, random: () => 0, ...parts });

  for (const [what, request] of Object.entries(requests)) {
    it(`generate ${what} with the same events in the same order as this machine, and the same files`, async () => {
      const here = await generateInto(createLocalGenerator(), request);
      const there = await generateInto(remote(), request);
      assert.equal(there.error, undefined);
      assert.deepEqual(comparable(there.events, there.result), comparable(here.events, here.result));
      assert.deepEqual(there.disk.entries, here.disk.entries);
      assert.ok(there.disk.entries.size > 10);
    });
  }

  it('deliver the same over a network that breaks again and again', async () => {
    const whole = await generateInto(remote(), blogRequest);
    let seed = 7;
    const random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    const breaks = Array.from({ length: 100 }, () => 3000 + Math.floor(random() * 30_000));
    const { length } = breaks;
    const lost: string[] = [];
    const client = remote({ fetch: breakingFetch(breaks), onConnection: ({ state }) => lost.push(state) });
    const broken = await generateInto(client, blogRequest);
    assert.equal(broken.error, undefined);
    assert.deepEqual(comparable(broken.events, broken.result), comparable(whole.events, whole.result));
    assert.deepEqual(broken.disk.entries, whole.disk.entries);
    const count = lost.filter((state) => state === 'lost').length;
    // The last connection may have ended before its break.
    const used = length - breaks.length;
    assert.ok(count > 10 && (count === used || count === used - 1), `${count} of ${used}`);
  });

  it('let a run be followed again from its beginning, and from any event', async () => {
    const first = await collect(remote().generate(blogRequest, { signal: new AbortController().signal }));
    const runId = first.events[0]?.runId ?? '';
    for (const seq of [0, 1, first.events.length - 1, first.events.length]) {
      const again = await collect(remote().attach(runId, seq, { signal: new AbortController().signal }));
      assert.equal(again.error, undefined);
      assert.deepEqual(again.result, first.result);
      assert.deepEqual(
        again.events.filter((event) => event.type !== 'complete'),
        first.events.slice(seq, -1),
      );
    }
  });

  it('keep a run from other callers', async () => {
    const { events } = await collect(remote().generate(blogRequest, { signal: new AbortController().signal }));
    const bob = remote({ token: () => bobKey });
    const { error } = await collect(bob.attach(events[0]?.runId ?? '', 0, { signal: new AbortController().signal }));
    assert.match(String(error), /does not know what was asked for/);
  });

  it('name the field of an invalid request', async () => {
    const { error } = await collect(
      remote().generate({ ...blogRequest, requirements: '' }, { signal: new AbortController().signal }),
    );
    assert.deepEqual(error, Object.assign(error as Error, { code: 'invalid-request', field: 'requirements' }));
    assert.match(String(error), /requirements are empty/);
  });

  it('end a run on both sides when the client cancels it', async () => {
    const controller = new AbortController();
    const { events, error } = await collect(remote().generate(blogRequest, { signal: controller.signal }), (event) => {
      if (event.seq === 3) controller.abort();
    });
    assert.match(String(error), /cancelled/);
    assert.equal(events.at(-1)?.type, 'error');
    const snapshot = await server.fetch(`/api/runs/${events[0]?.runId}`);
    const run: unknown = await snapshot.json();
    assert.ok(typeof run === 'object' && run !== null && 'outcome' in run && run.outcome !== null);
  });

  it('can be tested for each other', async () => {
    const test = (token: string) =>
      checkConnection({ ...systemParts, endpoint: server.url, token: () => token }, new AbortController().signal);
    assert.equal((await test(aliceKey)).ok, true);
    const refused = await test('wrong');
    assert.ok(!refused.ok && refused.error.code === 'auth');
  });
});
