import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SliceFile } from '../../../src/core/slices.ts';
import { CheckFolder } from '../../../src/node/check-folder.ts';

describe('The folder of a check', () => {
  let base: string;
  let folder: CheckFolder;
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'takoss-folder-'));
    await mkdir(join(base, 'packages/node_modules'), { recursive: true });
    folder = await CheckFolder.create(join(base, 'project'));
  });
  afterEach(() => rm(base, { recursive: true, force: true }));

  const file = (path: string, content = path): SliceFile => ({ path, content });
  const sync = (...files: SliceFile[]) => folder.sync(files, join(base, 'packages'));

  async function assertHolds(...paths: string[]): Promise<void> {
    const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
    const found = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.path.length + 1));
    assert.deepEqual(found.sort(), paths.sort());
    for (const path of paths) assert.equal(await readFile(join(folder.path, path), 'utf8'), path);
  }

  it('follows what is to be checked, also where a file takes the name of a folder that was', async () => {
    await sync(file('src/a/b.ts'), file('src/c.ts'), file('d'));
    await sync(file('src/a'), file('d/e.ts'));
    await assertHolds('src/a', 'd/e.ts');
  });

  for (const [what, first, second] of [
    ['a folder with the name of a file', 'src/a.ts', 'src/a.ts/b.ts'],
    ['a file with the name of a folder', 'src/a.ts/b.ts', 'src/a.ts'],
    ['another case', 'src/Page.tsx', 'src/page.tsx'],
    ['another way to write a letter', 'src/caf\u00e9.ts', 'src/cafe\u0301.ts'],
    ['a compatible sign', 'src/page1.ts', 'src/page\u00b9.ts'],
    ['a name that is too long in bytes', 'src/a.ts', `src/${'\u3164'.repeat(100)}.ts`],
    ['a path out of the folder', 'src/a.ts', '../a.ts'],
  ] as const) {
    it(`says which file cannot be there and changes nothing: ${what}`, async () => {
      await sync(file('src/before.ts'));
      const failure = { name: 'UnwritableFileError', path: second, message: /^The file cannot be written: / };
      await assert.rejects(sync(file(first), file(second)), failure);
      await assertHolds('src/before.ts');
      await sync(file('src/after.ts'));
      await assertHolds('src/after.ts');
    });
  }

  it('says which file the disk refuses, and mends what was left half done', async () => {
    // Something that nobody knows of stands in the way.
    await mkdir(join(folder.path, 'src/b.ts'), { recursive: true });
    await assert.rejects(sync(file('src/a.ts'), file('src/b.ts'), file('src/c.ts')), {
      name: 'UnwritableFileError',
      path: 'src/b.ts',
    });
    await sync(file('src/c.ts'));
    await assertHolds('src/c.ts');
  });
});
