import assert from 'node:assert/strict';
import type { WriteRecord } from '../../../src/core/project-writer.ts';
import { GenerationStore, keptGenerations, type StoredGeneration } from '../../../src/vscode/undo/generation-store.ts';
import { MemoryUndoStorage } from '../../support/memory-undo-storage.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (content: Uint8Array | undefined) =>
  content === undefined ? undefined : new TextDecoder().decode(content);

const record: WriteRecord = {
  files: [
    { path: 'README.md', sha256: 'aa', previous: bytes('# Theirs') },
    { path: 'src/app.ts', sha256: 'bb' },
  ],
  unchanged: ['LICENSE'],
  folders: ['src'],
};

describe('the store of generations', () => {
  let storage: MemoryUndoStorage;
  let now: number;
  let store: GenerationStore;
  beforeEach(() => {
    storage = new MemoryUndoStorage();
    now = 1_000_000;
    store = new GenerationStore(storage, () => now++);
  });

  const save = (projectName = 'Library', folder = 'file:///w/library') => store.save({ projectName, folder, record });
  const loaded = async (id: string): Promise<StoredGeneration> => {
    const generation = await store.load(id);
    assert.ok(typeof generation === 'object', String(generation));
    return generation;
  };

  it('gives back what was saved, to the byte', async () => {
    const id = await save();
    const generation = await loaded(id);
    assert.deepEqual(generation.record, record);
    assert.equal(generation.projectName, 'Library');
    assert.equal(generation.undoneAt, undefined);
  });

  it('lists every project, the newest first, and forgets the oldest beyond its bound', async () => {
    for (let number = 1; number <= keptGenerations + 3; number += 1) await save(`Project ${number}`);
    const { generations } = await store.list();
    assert.equal(generations.length, keptGenerations);
    assert.equal(generations[0]?.projectName, `Project ${keptGenerations + 3}`);
    assert.equal(generations.at(-1)?.projectName, 'Project 4');
    assert.ok(![...storage.files.keys()].some((path) => path.includes('undefined')));
    const ids = new Set([...storage.files.keys()].map((path) => path.split('/')[1]));
    assert.equal(ids.size, keptGenerations, 'nothing of the others is left');
  });

  it('keeps what an undo takes away until it is brought back', async () => {
    const id = await save();
    await store.claim(id, ({ setUndone }) => setUndone(new Map([['src/app.ts', bytes('app')]])));
    const undone = await loaded(id);
    assert.ok(undone.undoneAt !== undefined);
    assert.equal(text(undone.taken.get('src/app.ts')), 'app');
    await store.claim(id, ({ setWritten }) => setWritten({ keepTaken: false }));
    const back = await loaded(id);
    assert.deepEqual([back.undoneAt, back.taken.size], [undefined, 0]);
    assert.deepEqual(back.record, record);
  });

  it('keeps what half an undo took away for the next one', async () => {
    const id = await save();
    await store.claim(id, async ({ setUndone, setWritten }) => {
      await setUndone(new Map([['src/app.ts', bytes('app')]]));
      await setWritten({ keepTaken: true });
    });
    assert.equal((await loaded(id)).undoneAt, undefined);
    await store.claim(id, ({ setUndone }) => setUndone(new Map([['README.md', bytes('# Ours')]])));
    const { taken } = await loaded(id);
    assert.deepEqual([text(taken.get('src/app.ts')), text(taken.get('README.md'))], ['app', '# Ours']);
  });

  it('lets one of two windows have a generation, and shows it to neither other meanwhile', async () => {
    const id = await save();
    const other = new GenerationStore(storage, () => now++);
    let finish = (): void => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const works = [store, other].map((window) => window.claim(id, () => held.then(() => 'mine')));
    // Whoever was too late comes back at once.
    assert.equal(await Promise.race(works), undefined);
    assert.deepEqual((await other.list()).generations, []);
    assert.equal(await other.load(id), 'gone');
    finish();
    assert.deepEqual((await Promise.all(works)).sort(), ['mine', undefined]);
    assert.equal((await other.list()).generations.length, 1);
  });

  it('gets back a generation from a window that went away in the middle', async () => {
    const id = await save();
    await new Promise<void>((hasBegun) => {
      void store.claim(id, () => {
        hasBegun();
        return new Promise(() => {});
      });
    });
    const other = new GenerationStore(storage, () => now++);
    assert.deepEqual((await other.list()).generations, []);
    now += 10 * 60_000;
    assert.equal((await other.list()).generations[0]?.id, id);
    assert.equal(await other.claim(id, () => Promise.resolve('done')), 'done');
  });

  it('keeps the generations of two windows apart when both save at once', async () => {
    const other = new GenerationStore(storage, () => now);
    await Promise.all([save('A'), other.save({ projectName: 'B', folder: 'file:///w/b', record }), save('C')]);
    const { generations, setAside } = await store.list();
    assert.deepEqual(generations.map(({ projectName }) => projectName).sort(), ['A', 'B', 'C']);
    assert.equal(setAside, 0);
  });

  for (const [what, content] of [
    ['cut off', '{"version":2,"projectNa'],
    ['of another version', '{"version":9}'],
    ['empty', ''],
  ] as const) {
    it(`sets a record aside that is ${what}, says so once, and lists the others`, async () => {
      const [broken, whole] = [await save('Broken'), await save('Whole')];
      storage.files.set(`generations/${broken}/manifest.json`, bytes(content));
      const first = await store.list();
      assert.deepEqual([first.generations.map(({ id }) => id), first.setAside], [[whole], 1]);
      assert.equal((await store.list()).setAside, 0);
      assert.equal(text(storage.files.get(`unreadable/${broken}/manifest.json`)), content, 'not thrown away');
      assert.ok(storage.files.has(`unreadable/${broken}/previous/0`));
    });
  }

  it('sets a record aside whose contents are missing', async () => {
    const id = await save();
    storage.files.delete(`generations/${id}/previous/0`);
    assert.equal(await store.load(id), 'unreadable');
    assert.equal(await store.load(id), 'gone');
  });

  it('leaves nothing of a generation that could not be saved', async () => {
    storage.beforeChange = (path) => {
      if (path.endsWith('manifest.json')) throw new Error('ENOSPC');
    };
    await assert.rejects(save());
    assert.deepEqual([...storage.files.keys()], []);
  });

  it('gives a generation back to the others when work with it fails', async () => {
    const id = await save();
    await assert.rejects(store.claim(id, () => Promise.reject(new Error('no'))));
    assert.equal((await store.list()).generations.length, 1);
  });
});
