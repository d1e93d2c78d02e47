import assert from 'node:assert/strict';
import fs, { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileWorkStore } from '../../../src/node/file-work-store.ts';
import { skip } from '../../support/skip.ts';

const key = (letter: string): string => letter.repeat(64);

describe('Finished work in files', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-work-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is there for the next process', async () => {
    await new FileWorkStore(join(folder, 'a', 'b')).set(key('a'), 'wörk');
    assert.equal(await new FileWorkStore(join(folder, 'a', 'b')).get(key('a')), 'wörk');
    assert.equal(await new FileWorkStore(join(folder, 'a', 'b')).get(key('b')), undefined);
  });

  it('is whole however many write it', async () => {
    const store = new FileWorkStore(folder);
    const values = Array.from({ length: 20 }, (_, index) => String(index).repeat(50_000));
    await Promise.all(values.map((value) => store.set(key('a'), value)));
    assert.ok(values.includes(String(await store.get(key('a')))));
    assert.deepEqual(await readdir(folder), [key('a')]);
  });

  it('can be read by its owner only', async function () {
    if (process.platform === 'win32') skip(this, 'Windows keeps no such permissions: run it on Linux or macOS.');
    const inside = join(folder, 'work');
    await new FileWorkStore(inside).set(key('a'), 'x');
    assert.equal((await stat(inside)).mode & 0o777, 0o700);
    assert.equal((await stat(join(inside, key('a')))).mode & 0o777, 0o600);
  });

  it('is lost quietly where it cannot be kept', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const store = new FileWorkStore(join(file, 'below'));
    await store.set(key('a'), 'x');
    assert.equal(await store.get(key('a')), undefined);
  });

  it('is forgotten when it was not used for long', async () => {
    let now = 1_700_000_000_000;
    const open = () => new FileWorkStore(folder, { maxAgeMs: 1000, now: () => now });
    await open().set(key('a'), 'old');
    now += 900;
    assert.equal(await open().get(key('a')), 'old');
    now += 900;
    assert.equal(await open().get(key('a')), 'old', 'using it keeps it');
    now += 1001;
    assert.equal(await open().get(key('a')), undefined);
    await open().set(key('b'), 'new');
    assert.deepEqual(await readdir(folder), [key('b')]);
  });

  it('is kept up to a number of pieces, those used last', async () => {
    let now = 1_700_000_000_000;
    const open = () => new FileWorkStore(folder, { maxEntries: 2, now: () => now });
    for (const letter of ['a', 'b', 'c', 'd']) {
      await open().set(key(letter), letter);
      now += 1000;
    }
    assert.deepEqual((await readdir(folder)).sort(), [key('c'), key('d')]);
  });

  it('is pruned again and again while the store is in use, never twice at once', async () => {
    let now = 1_700_000_000_000;
    const store = new FileWorkStore(folder, { maxEntries: 10, now: () => now });
    const { readdir: original } = fs;
    let prunings = 0;
    let underWay = 0;
    let most = 0;
    // The store looks through its folder to prune it, and for nothing else.
    const counting = async (path: string): Promise<string[]> => {
      prunings += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await new Promise((resolve) => setTimeout(resolve, 5));
      const names = await original(path);
      underWay -= 1;
      return names;
    };
    Object.assign(fs, { readdir: counting });
    syncBuiltinESMExports();
    try {
      for (let index = 0; index < 200; index += 1) {
        now += 1000;
        await store.set(`one ${index}`, 'x');
      }
      assert.equal(prunings, 2, 'with the 1st and the 101st');
      now += 1000;
      await Promise.all(Array.from({ length: 350 }, (_, index) => store.set(`many ${index}`, 'x')));
      assert.ok(prunings > 2);
      assert.equal(most, 1);
    } finally {
      Object.assign(fs, { readdir: original });
      syncBuiltinESMExports();
    }
    for (let index = 0; index < 101; index += 1) {
      now += 1000;
      await store.set(`last ${index}`, 'x');
    }
    assert.ok((await readdir(folder)).length <= 110);
    assert.equal(await store.get('last 100'), 'x');
  });

  it('stays in its folder whatever the key', async () => {
    const store = new FileWorkStore(join(folder, 'work'));
    await store.set('../escaped', 'x');
    assert.equal(await store.get('../escaped'), 'x');
    assert.deepEqual(await readdir(folder), ['work']);
  });
});
