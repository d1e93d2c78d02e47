import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import { beginStream, cut, FakeServer } from '../../support/fake-server.ts';
import { collect } from '../../support/generations.ts';
import { files, recordRun, request } from '../../support/recorded-run.ts';
import { never, remoteClient, withoutIds } from './remote.ts';

/** What the documentation of the first version shows, word for word. */
const events = [
  { type: 'phase_start', phase: 'analysis', message: 'Analyzing requirements', progress: 10 },
  { type: 'phase_complete', phase: 'analysis', message: 'Found 3 entities', progress: 20, data: { entities: 3 } },
  {
    type: 'complete',
    phase: 'complete',
    message: 'Successfully generated My Application',
    progress: 100,
    data: { projectId: 'proj-1234567890' },
  },
];
const write = (...messages: unknown[]) => messages.map((message) => `data: ${JSON.stringify(message)}\n\n`).join('');

describe('a server of the first version', () => {
  let server: FakeServer;

  beforeEach(async () => {
    server = await FakeServer.start();
  });
  afterEach(() => server.stop());

  const generate = (text: string) => {
    server.handler = (_request, response) => {
      beginStream(response);
      response.end(text);
    };
    return collect(remoteClient(server).generator.generate(request, { signal: never }));
  };

  it('is followed to its result, which is kept as it is and filled up with nothing', async () => {
    const phases = { analysis: { entities: 3, note: 'kept' }, complexity: { score: 65 }, custom: { a: 1 } };
    const outcome = await generate(
      write(...events, { type: 'result', data: { success: true, projectId: 'proj-1', phases } }),
    );
    assert.equal(outcome.error, undefined);
    assert.deepEqual(outcome.events, events);
    assert.deepEqual(JSON.parse(JSON.stringify(outcome.result)), {
      success: true,
      projectId: 'proj-1',
      phases: {
        analysis: {
          actors: [],
          entities: [],
          features: [],
          pages: [],
          theme: {
            background: '#ffffff',
            component: '#000000',
            origin: { by: 'assumed', reason: 'The server does not say.' },
          },
          sentences: [],
          phrases: [],
          note: 'kept',
        },
        complexity: { score: 65, cfp: 0, processes: [] },
        database: { dialect: 'none', tables: [] },
        frontend: { components: [], pages: [] },
        deployment: { targets: [] },
        custom: { a: 1 },
      },
      files: [],
    });
  });

  it('may leave out everything but success and project', async () => {
    const { result, events: seen } = await generate(
      write(events[0], { type: 'result', data: { success: true, projectId: 'proj-123' } }),
    );
    assert.deepEqual([result?.projectId, result?.files, result?.phases.complexity.score], ['proj-123', [], 0]);
    assert.deepEqual(
      seen.map(({ type }) => type),
      ['phase_start', 'complete'],
      'hosts hear of the end',
    );
  });

  it('may send files, with or without checksums', async () => {
    const run = await recordRun();
    const bare = run.events.map((event) =>
      event.type === 'code_chunk'
        ? { ...event, data: { file: event.data.file, chunk: event.data.chunk, isComplete: event.data.isComplete } }
        : event,
    );
    for (const sent of [run.events, bare]) {
      const outcome = await generate(write(...sent, { type: 'result', data: { success: true, projectId: 'p' } }));
      assert.equal(outcome.error, undefined);
      assert.equal(outcome.events.length, run.events.length);
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
      assert.deepEqual(outcome.result?.files, [...run.result.files].sort(byPath));
      assert.equal(outcome.result?.files.length, files.length);
    }
  });

  it('ends a run with an error event without data', async () => {
    const { error } = await generate(
      write(events[0], { type: 'error', phase: 'error', message: 'Generation failed: API rate limit exceeded' }),
    );
    assert.ok(error instanceof TakossError);
    assert.deepEqual([error.code, error.message], ['internal', 'API rate limit exceeded']);
  });

  it('cannot resume: a connection lost after the first event ends the run, and nothing is generated twice', async () => {
    for (const end of ['cut', 'end'] as const) {
      server.requests.length = 0;
      server.handler = async (_request, response) => {
        // A name for the run is of no use while its events have no numbers.
        beginStream(response, 'run-1');
        if (end === 'cut') await cut(response, write(events[0]));
        else response.end(write(events[0]));
      };
      const { error } = await collect(remoteClient(server).generator.generate(request, { signal: never }));
      assert.ok(error instanceof TakossError && error.code === 'network');
      assert.match(error.message, /cannot resume.*Nothing was written/);
      const starts = server.requests.filter(({ path }) => !path.endsWith('/cancel'));
      assert.equal(starts.length, 1);
    }
  });

  it('is asked again when the connection was lost before anything came', async () => {
    server.handler = (_request, response) => {
      beginStream(response);
      response.end(
        server.requests.length === 1
          ? ''
          : write(...events, { type: 'result', data: { success: true, projectId: 'p' } }),
      );
    };
    const { result, events: seen } = await collect(remoteClient(server).generator.generate(request, { signal: never }));
    assert.equal(result?.projectId, 'p');
    assert.deepEqual(withoutIds(seen), events);
    const keys = server.requests.map(({ headers }) => headers['idempotency-key']);
    assert.equal(keys.length, 2);
    assert.equal(keys[0], keys[1]);
  });

  it('is not believed a result that says it failed, or that is none', async () => {
    for (const [data, says] of [
      [{ success: false, projectId: 'p' }, /generation failed/],
      ['done', /cannot be read/],
      [undefined, /cannot be read/],
    ] as const) {
      const { error } = await generate(write(events[0], { type: 'result', data }));
      assert.ok(error instanceof TakossError);
      assert.match(error.message, says);
    }
  });
});
