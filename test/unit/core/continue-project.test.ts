import assert from 'node:assert/strict';
import { continueProject } from '../../../src/core/continue-project.ts';
import type { EarlierDesign } from '../../../src/core/earlier-design.ts';
import { TakossError } from '../../../src/core/errors.ts';
import type { StreamEvent } from '../../../src/core/events.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import type { Generation, Generator } from '../../../src/core/ports.ts';
import { type GenerationRequest, parseGenerationRequest } from '../../../src/core/request.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint, entity } from '../../support/blueprints.ts';
import { MemoryFileSystem } from '../../support/memory-file-system.ts';

const request = { projectName: 'Inn', description: '', requirements: 'Guests book rooms.' };
const host = { signal: new AbortController().signal, clock: { now: () => 7 }, fieldTypes };
const first = finishBlueprint(blueprint([entity('Room', 'Rooms')], []), fieldTypes);

/** Notes what it is asked, says two events, and fails: what comes of it does not matter here. */
class Listener implements Generator {
  asked: GenerationRequest | undefined;
  isClosed = false;

  async *generate(asked: GenerationRequest): Generation {
    this.asked = asked;
    try {
      yield { type: 'phase_start', phase: 'initialization', message: 'Starting', progress: 0 };
      yield { type: 'phase_complete', phase: 'initialization', message: 'Ready', progress: 10 };
      throw new TakossError('internal', 'The end.');
    } finally {
      this.isClosed = true;
    }
  }
}

async function run(files: Record<string, string> | MemoryFileSystem): Promise<[Listener, StreamEvent[]]> {
  const listener = new Listener();
  const events: StreamEvent[] = [];
  const fileSystem = files instanceof MemoryFileSystem ? files : new MemoryFileSystem(files);
  await assert.rejects(async () => {
    for await (const event of continueProject(listener, request, fileSystem, host)) events.push(event);
  }, /The end/);
  return [listener, events];
}

describe('A project that is generated again', () => {
  it('is given the ids that its folder keeps, and nothing else of it', async () => {
    const [{ asked }, events] = await run({ 'takoss.json': JSON.stringify({ version: 2, request, blueprint: first }) });
    const { id, name, access, fields, relations } = first.entities[0] ?? assert.fail();
    const kept = (items: readonly { id: string; name: string }[]) =>
      items.map((item) => ({ id: item.id, name: item.name }));
    assert.deepEqual(asked, {
      ...request,
      previous: { entities: [{ id, name, access, fields: kept(fields), relations: kept(relations) }] },
    });
    assert.equal(events.length, 2);
  });

  it('begins anew in a folder without a project', async () => {
    const [{ asked }, events] = await run({ 'README.md': '# Mine' });
    assert.deepEqual(asked, request);
    assert.equal(events.length, 2);
  });

  for (const [what, text] of [
    ['is no JSON', '{'],
    ['is of something else', '{"name":"takoss"}'],
    ['is of a newer Takoss', '{"version":99}'],
    [
      'has an entity twice',
      JSON.stringify({
        version: 2,
        request,
        blueprint: { ...first, entities: [...first.entities, ...first.entities] },
      }),
    ],
  ] as const) {
    it(`begins anew and says why where takoss.json ${what}`, async () => {
      const [{ asked }, events] = await run({ 'takoss.json': text });
      assert.deepEqual(asked, request);
      assert.deepEqual(
        events.map(({ type }) => type),
        ['phase_start', 'phase_progress', 'phase_complete'],
      );
      const [, said] = events;
      assert.match(said?.message ?? '', /^Entities and fields get new ids, .* takoss\.json /);
      assert.deepEqual(said, {
        type: 'phase_progress',
        phase: 'initialization',
        message: said?.message,
        progress: 0,
        data: { notice: said?.message },
        at: 7,
      });
    });
  }

  it('says why where the disk does not give takoss.json away', async () => {
    const files = new MemoryFileSystem({ 'takoss.json': '{}' });
    files.read = () => Promise.reject(new Error('EACCES: permission denied'));
    const [, events] = await run(files);
    assert.match(events[1]?.message ?? '', /EACCES/);
  });

  it('is stopped with whoever listens to it', async () => {
    const listener = new Listener();
    const generation = continueProject(listener, request, new MemoryFileSystem(), host);
    await generation.next();
    await generation.return(undefined as never);
    assert.ok(listener.isClosed);
  });
});

describe('A request to generate again', () => {
  const kept: EarlierDesign = { entities: first.entities };
  const [room] = kept.entities;
  assert.ok(room);

  it('may leave out what came before', () => {
    for (const previous of [undefined, null]) {
      assert.equal(parseGenerationRequest({ ...request, previous }).previous ?? undefined, undefined);
    }
    assert.equal(parseGenerationRequest({ ...request, previous: first }).previous?.entities.length, 1);
  });

  for (const [what, entities] of [
    ['an id twice', [room, { ...room, name: 'Guest' }]],
    ['a name twice', [room, { ...room, id: 'guest' }]],
    ['a member twice', [{ ...room, relations: room.fields }]],
    ['an id that is none', [{ ...room, id: '../room' }]],
    ['a name that is none', [{ ...room, name: 'constructor()' }]],
  ] as const) {
    it(`is refused with ${what}`, () => {
      assert.throws(
        () => parseGenerationRequest({ ...request, previous: { entities } }),
        (error) =>
          error instanceof TakossError && error.code === 'invalid-request' && /^previous/.test(error.field ?? ''),
      );
    });
  }
});
