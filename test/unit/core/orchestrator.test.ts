import assert from 'node:assert/strict';
import { TakossError } from '../../../src/core/errors.ts';
import { streamEventSchema } from '../../../src/core/events.ts';
import { Orchestrator } from '../../../src/core/orchestrator.ts';
import { emptyOutline } from '../../../src/core/project-outline.ts';
import { neverOverwrite, ProjectWriter } from '../../../src/core/project-writer.ts';
import type { RenderedFile } from '../../../src/core/rendered-project.ts';
import { initialRunState, reduceRun } from '../../../src/core/run-state.ts';
import { sliceContribution } from '../../../src/core/slice-contribution.ts';
import type { Slice, SlicePlan } from '../../../src/core/slices.ts';
import { writeProject } from '../../../src/core/write-project.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint, customFeature, entity, feature } from '../../support/blueprints.ts';
import { collect, fakeOrchestrator, tickingClock } from '../../support/generations.ts';
import { failure, MemoryFileSystem } from '../../support/memory-file-system.ts';

const request = { projectName: 'Blog Platform', description: '', requirements: 'Posts.' };
const plan = blueprint([entity('Post', 'Posts')], [feature('list', 'Post'), feature('create', 'Post')]);
const files: RenderedFile[] = [
  { path: 'src/schema.ts', content: 'é'.repeat(5000), phase: 'database', task: 'Post table' },
  { path: 'src/seed.ts', content: '', phase: 'database', task: 'Seed data' },
  { path: 'src/app.tsx', content: `${'x'.repeat(2047)}😀😀`, phase: 'frontend', task: 'Home page' },
  { path: 'Dockerfile', content: 'FROM node\n', phase: 'deployment', task: 'Docker image' },
];

function run(controller = new AbortController(), disk = new MemoryFileSystem()) {
  const generation = fakeOrchestrator(plan, files).generate(request, { signal: controller.signal });
  const writer = new ProjectWriter(disk, neverOverwrite);
  return writeProject(generation, writer, { signal: controller.signal, clock: tickingClock() });
}

describe('orchestrator', () => {
  it('puts a file together from pieces that are each valid text', async () => {
    const { events } = await collect(
      fakeOrchestrator(plan, files).generate(request, { signal: new AbortController().signal }),
    );
    for (const { path, content } of files) {
      const chunks = events.flatMap((event) =>
        event.type === 'code_chunk' && event.data.file === path ? [event.data] : [],
      );
      assert.equal(chunks.map((data) => data.chunk).join(''), content);
      assert.deepEqual(
        chunks.map((data) => data.isComplete),
        chunks.map((_, index) => index === chunks.length - 1),
      );
      assert.ok(chunks.every((data) => !/\p{Surrogate}/u.test(data.chunk)));
      assert.equal(chunks.at(-1)?.bytes, Buffer.byteLength(content));
    }
  });

  it('ends with what it made', async () => {
    const { result } = await collect(run());
    assert.equal(result?.success, true);
    assert.deepEqual(
      result?.files.map((file) => file.path),
      files.map((file) => file.path),
    );
    assert.equal(result?.phases.complexity.cfp, 7);
  });

  it('has written everything by the time it says it is complete', async () => {
    const disk = new MemoryFileSystem();
    let atComplete: readonly string[] = [];
    await collect(run(new AbortController(), disk), (event) => {
      if (event.type === 'complete') atComplete = Object.keys(disk.snapshot());
      else if (event.phase !== 'complete') assert.deepEqual(disk.snapshot(), {});
    });
    assert.ok(files.every((file) => atComplete.includes(file.path)));
  });

  it('stops at every event when it is cancelled there, says so once, and leaves nothing', async () => {
    const { events: all } = await collect(run());
    for (let stop = 0; stop < all.length - 1; stop++) {
      const controller = new AbortController();
      const disk = new MemoryFileSystem();
      let seen = 0;
      const { events, error } = await collect(run(controller, disk), () => {
        if (seen++ === stop) controller.abort();
      });
      assert.ok(error instanceof TakossError && error.code === 'cancelled', `event ${stop}: ${String(error)}`);
      assert.equal(events.filter((event) => event.type === 'error').length, 1);
      assert.equal(events.at(-1)?.type, 'error');
      assert.deepEqual(disk.snapshot(), {}, `event ${stop}`);
    }
  });

  it('leaves nothing when the consumer walks away in the middle of writing', async () => {
    const disk = new MemoryFileSystem();
    for await (const event of run(new AbortController(), disk)) {
      if (event.message === 'Writing src/seed.ts' && event.phase === 'complete') break;
    }
    assert.deepEqual(disk.snapshot(), {});
  });

  it('ends with one error event when the disk fails', async () => {
    const disk = new MemoryFileSystem();
    disk.beforeChange = (operation, path) => {
      if (operation === 'write' && path === 'src/app.tsx') throw failure('ENOSPC');
    };
    const { events, error } = await collect(run(new AbortController(), disk));
    assert.ok(error instanceof TakossError && error.code === 'write-failed');
    const last = events.at(-1);
    assert.ok(last?.type === 'error');
    assert.match(last.message, /^Generation failed: .*disk is full/);
    assert.deepEqual(last.data, { code: 'write-failed', phase: 'complete' });
    assert.ok(!events.some((event) => event.type === 'complete'));
    assert.deepEqual(disk.snapshot(), {});
  });

  it('turns a fault in an engine into an error event with the phase, and keeps the cause for the log', async () => {
    const cause = new Error('boom');
    const broken = fakeOrchestrator(plan, []);
    Object.defineProperty(plan, 'actors', {
      get: () => {
        throw cause;
      },
      configurable: true,
    });
    const { events, error } = await collect(broken.generate(request, { signal: new AbortController().signal }));
    Object.defineProperty(plan, 'actors', { value: [], configurable: true });
    const last = events.at(-1);
    assert.ok(last?.type === 'error' && error instanceof TakossError);
    assert.deepEqual(last.data, { code: 'internal', phase: 'analysis' });
    assert.equal(error.cause, cause);
  });
});

describe('an orchestrator with rules of access that no sentence asks for', () => {
  it('says that they are not checked, in its events and its result', async () => {
    const post = { ...entity('Post', 'Posts'), access: { delete: 'signedIn' as const } };
    const guarded = fakeOrchestrator(blueprint([post], []), []);
    const { events, result } = await collect(guarded.generate(request, { signal: new AbortController().signal }));
    const said = ['Who may delete posts is not checked yet: there are no accounts.'];
    assert.deepEqual(result?.notices, said);
    assert.deepEqual(events.reduce(reduceRun, initialRunState).notices, said);
  });
});

describe('an orchestrator whose engine writes slices', () => {
  const slicePlan: SlicePlan = {
    feature: customFeature('export', 'Export posts'),
    sentences: ['Export posts.'],
    slug: 'export',
    page: '/export',
    api: '/api/export',
    serverFile: 'src/server/modules/export/routes.ts',
    serverFolder: 'src/server/modules/export/',
    routesExport: 'exportRoutes',
    sharedFile: 'src/shared/modules/export.ts',
    screenFile: 'src/client/modules/export/screen.tsx',
    clientFolder: 'src/client/modules/export/',
    serverTestFile: 'tests/server/modules/export.test.ts',
    clientTestFile: 'tests/client/modules/export.test.tsx',
  };
  const screen = { path: slicePlan.screenFile, content: 'export function Screen() {\n  return null;\n}\n' };
  const slice: Slice = sliceContribution(slicePlan, { tables: [], files: [screen], packages: {} });
  const asked = { ...feature('custom'), id: 'export', title: 'Export posts', sentences: [0] };
  const drafted = {
    ...blueprint([entity('Post', 'Posts')], [feature('list', 'Post'), asked]),
    coverage: [{ text: 'Export posts.', start: 0, end: 13, coveredBy: [], note: 'Nothing builds it.' }],
  };

  /** `accepts` decides whether the slice works. Its base has a file that goes and one that changes when it does. */
  function orchestrator(accepts: boolean): Orchestrator {
    const base = files.filter(({ path }) => path !== 'src/schema.ts');
    const projectOf = (rendered: readonly RenderedFile[]) => ({
      files: rendered,
      database: { dialect: 'postgresql' as const, tables: [] },
      frontend: { components: [], pages: [] },
      deployment: { targets: [] },
      outline: emptyOutline,
    });
    const phase = { phase: 'frontend', task: 'Feature' } as const;
    return new Orchestrator({
      createEngine: () => ({
        name: 'claude',
        async *analyze() {
          yield { kind: 'found', item: 'entity', name: 'Post' };
          return await Promise.resolve(drafted);
        },
        async *writeSlices() {
          const outcome = { feature: 'export', title: 'Export posts' };
          yield { kind: 'slice', outcome: { ...outcome, status: 'writing' } };
          for (const [offset, chunk] of [...screen.content].entries()) {
            yield { kind: 'chunk', data: { file: screen.path, chunk, offset, isComplete: false } };
          }
          const status = accepts ? ('accepted' as const) : ('left-out' as const);
          if (!accepts) {
            yield { kind: 'chunk', data: { file: screen.path, chunk: '', isComplete: false, isDiscarded: true } };
          }
          const settled = { ...outcome, status, ...(accepts ? {} : { reason: 'It does not compile.' }) };
          yield { kind: 'slice', outcome: settled };
          return await Promise.resolve({ accepted: accepts ? [slice] : [], outcomes: [settled] });
        },
      }),
      renderer: {
        fieldTypes,
        planSlices: () => [slicePlan],
        render: (_blueprint, _request, slices = []) =>
          slices.length === 0
            ? projectOf([...base, { path: 'static.ts', content: 'gone', phase: 'database', task: 'Server' }])
            : projectOf([
                ...base.map((file) => (file.path === 'src/app.tsx' ? { ...file, content: 'changed' } : file)),
                { path: 'src/new.ts', content: 'new', phase: 'database', task: 'Server' },
                { ...screen, ...phase },
              ]),
      },
      clock: tickingClock(),
      createProjectId: () => 'proj-1',
    });
  }

  async function write(accepts: boolean) {
    const disk = new MemoryFileSystem();
    const { signal } = new AbortController();
    const generation = orchestrator(accepts).generate(request, { signal });
    const written = writeProject(generation, new ProjectWriter(disk, neverOverwrite), {
      signal,
      clock: tickingClock(),
    });
    return { ...(await collect(written)), written: disk.snapshot() };
  }

  it('writes what was accepted and what it changes, and drops what it replaces', async () => {
    const { written, result, events } = await write(true);
    assert.equal(written[screen.path], screen.content);
    assert.equal(written['src/app.tsx'], 'changed');
    assert.equal(written['src/new.ts'], 'new');
    assert.equal('static.ts' in written, false);
    assert.deepEqual(
      result?.files.map(({ path }) => path).sort(),
      Object.keys(written)
        .filter((path) => /\.\w+$|^Dockerfile$/.test(path))
        .sort(),
    );
    const { phrases, features } = result?.phases.analysis ?? {};
    assert.deepEqual(
      phrases?.map(({ state }) => state),
      [{ kind: 'built', by: ['feature:export'] }],
    );
    assert.equal(features?.find(({ id }) => id === 'export')?.built, true);
    for (const event of events) streamEventSchema.parse(event);
    const progress = events.map((event) => event.progress ?? 0);
    assert.deepEqual(
      progress,
      progress.toSorted((a, b) => a - b),
    );
  });

  it('writes nothing of what was left out, and says why where its sentence is', async () => {
    const { written, result } = await write(false);
    assert.equal(screen.path in written, false);
    assert.equal(written['static.ts'], 'gone');
    assert.deepEqual(
      result?.phases.analysis.phrases.map(({ state }) => state),
      [{ kind: 'not-built', why: 'Export posts is not built: It does not compile.' }],
    );
    assert.equal(result?.slices?.[0]?.status, 'left-out');
  });
});
