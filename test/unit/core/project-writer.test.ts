import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sha256, utf8 } from '../../../src/core/digest.ts';
import { TakossError } from '../../../src/core/errors.ts';
import {
  type ConflictResolver,
  findChangedFiles,
  neverOverwrite,
  ProjectWriter,
  undoWrite,
  type WriteRecord,
} from '../../../src/core/project-writer.ts';
import { failure, MemoryFileSystem } from '../../support/memory-file-system.ts';

const never = new AbortController().signal;
const overwrite: ConflictResolver = () => Promise.resolve({ action: 'overwrite' });

async function stageWhole(writer: ProjectWriter, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, chunk] of Object.entries(files)) await writer.stage({ file, chunk, offset: 0, isComplete: true });
}

async function commit(writer: ProjectWriter, signal = never, onFile: () => void = () => {}): Promise<WriteRecord> {
  const steps = writer.commit(signal);
  for (;;) {
    const next = await steps.next();
    if (next.done) return next.value;
    onFile();
  }
}

function code(expected: string) {
  return (error: unknown) => error instanceof TakossError && error.code === expected;
}

describe('project writer', () => {
  it('writes nothing before commit and everything after it, in an absent folder', async () => {
    const disk = new MemoryFileSystem();
    const writer = new ProjectWriter(disk, neverOverwrite);
    await stageWhole(writer, { 'README.md': '# Hi', 'src/a/b.ts': 'x' });
    assert.deepEqual(disk.snapshot(), {});
    const record = await commit(writer);
    assert.deepEqual(disk.snapshot(), {
      '': '<directory>',
      'README.md': '# Hi',
      src: '<directory>',
      'src/a': '<directory>',
      'src/a/b.ts': 'x',
    });
    assert.deepEqual(record.folders, ['', 'src', 'src/a']);
  });

  it('puts pieces together whatever the order in which files are interleaved', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('a.ts', 'b.ts', 'c/d.ts', 'c/e.ts'), fc.string({ unit: 'grapheme' }), {
          minKeys: 1,
        }),
        fc.infiniteStream(fc.nat(5)),
        async (files, choices) => {
          const disk = new MemoryFileSystem();
          const writer = new ProjectWriter(disk, neverOverwrite);
          const open = Object.entries(files).map(([file, content]) => ({ file, content, offset: 0 }));
          while (open.length > 0) {
            const index = (choices.next().value ?? 0) % open.length;
            const draft = open[index];
            assert.ok(draft);
            const chunk = draft.content.slice(draft.offset, draft.offset + (choices.next().value ?? 0) + 1);
            const isComplete = draft.offset + chunk.length >= draft.content.length;
            const whole = isComplete
              ? { sha256: await sha256(utf8(draft.content)), bytes: utf8(draft.content).length }
              : {};
            await writer.stage({ file: draft.file, chunk, offset: draft.offset, isComplete, ...whole });
            draft.offset += chunk.length;
            if (isComplete) open.splice(index, 1);
          }
          await commit(writer);
          for (const [path, content] of Object.entries(files)) assert.deepEqual(await disk.read(path), utf8(content));
        },
      ),
      { numRuns: 60 },
    );
  });

  for (const [what, pieces] of [
    ['a checksum that does not match', [{ chunk: 'x', offset: 0, isComplete: true, sha256: 'no' }]],
    ['a length that does not match', [{ chunk: 'x', offset: 0, isComplete: true, bytes: 2 }]],
    [
      'a missing piece',
      [
        { chunk: 'x', offset: 0, isComplete: false },
        { chunk: 'z', offset: 2, isComplete: true },
      ],
    ],
    ['a file without an end', [{ chunk: 'x', offset: 0, isComplete: false }]],
  ] as const) {
    it(`writes nothing at all after ${what}`, async () => {
      const disk = new MemoryFileSystem();
      const writer = new ProjectWriter(disk, neverOverwrite);
      await stageWhole(writer, { 'fine.ts': 'fine' });
      await assert.rejects(async () => {
        for (const piece of pieces) await writer.stage({ file: 'broken.ts', ...piece });
        await commit(writer);
      }, code('protocol'));
      assert.deepEqual(disk.snapshot(), {});
    });
  }

  it('refuses two names that are one file on other systems, and a file where a folder must be', async () => {
    const cases = new ProjectWriter(new MemoryFileSystem(), neverOverwrite);
    await assert.rejects(stageWhole(cases, { 'README.md': 'a', 'readme.md': 'b' }), code('protocol'));
    const nested = new ProjectWriter(new MemoryFileSystem(), neverOverwrite);
    await stageWhole(nested, { a: 'file', 'a/b': 'inside' });
    await assert.rejects(commit(nested), code('protocol'));
  });

  it('refuses paths that leave the project', async () => {
    const writer = new ProjectWriter(new MemoryFileSystem(), neverOverwrite);
    await assert.rejects(stageWhole(writer, { '../etc/passwd': 'x' }), code('unsafe-path'));
  });

  it('never overwrites by default, and says what is in the way', async () => {
    const disk = new MemoryFileSystem({ 'README.md': 'mine', 'own.txt': 'mine too' });
    const before = disk.snapshot();
    const writer = new ProjectWriter(disk, neverOverwrite);
    await stageWhole(writer, { 'README.md': 'generated', 'src/new.ts': 'x' });
    await assert.rejects(commit(writer), (error: unknown) => {
      assert.ok(error instanceof TakossError);
      assert.equal(error.code, 'write-conflict');
      assert.match(error.message, /README\.md/);
      return true;
    });
    assert.deepEqual(disk.snapshot(), before);
  });

  it('takes a file that is the same already for no conflict and leaves it out of the undo', async () => {
    const disk = new MemoryFileSystem({ 'README.md': 'same' });
    const writer = new ProjectWriter(disk, neverOverwrite);
    await stageWhole(writer, { 'README.md': 'same', 'new.ts': 'x' });
    const record = await commit(writer);
    assert.deepEqual(record.unchanged, ['README.md']);
    await undoWrite(disk, record, new Set());
    assert.deepEqual(disk.snapshot(), { '': '<directory>', 'README.md': 'same' });
  });

  it('writes somewhere else when told so, and asks again about conflicts there', async () => {
    const first = new MemoryFileSystem({ 'a.ts': 'mine' });
    const second = new MemoryFileSystem({ 'a.ts': 'also mine' });
    const third = new MemoryFileSystem();
    const elsewhere = [second, third];
    const seen: string[] = [];
    const writer = new ProjectWriter(first, (conflicts) => {
      seen.push(...conflicts.map((conflict) => conflict.path));
      const fileSystem = elsewhere.shift();
      return Promise.resolve(fileSystem ? { action: 'elsewhere', fileSystem } : { action: 'cancel' });
    });
    await stageWhole(writer, { 'a.ts': 'generated' });
    await commit(writer);
    assert.deepEqual(seen, ['a.ts', 'a.ts']);
    assert.equal(writer.fileSystem, third);
    assert.equal(first.snapshot()['a.ts'], 'mine');
    assert.equal(third.snapshot()['a.ts'], 'generated');
  });

  it('never replaces a folder or a link, even when told to overwrite', async () => {
    for (const kind of ['directory', 'other'] as const) {
      const disk = new MemoryFileSystem({ 'x.txt': '' });
      disk.entries.set('src', kind);
      if (kind === 'directory') disk.entries.set('src/a.ts', 'directory');
      const before = disk.snapshot();
      const writer = new ProjectWriter(disk, overwrite);
      await stageWhole(writer, { 'src/a.ts': 'generated' });
      await assert.rejects(commit(writer), code('write-conflict'));
      assert.deepEqual(disk.snapshot(), before);
    }
  });

  it('says so when the target is a file', async () => {
    const disk = new MemoryFileSystem();
    disk.entries.set('', utf8('a file'));
    const writer = new ProjectWriter(disk, overwrite);
    await stageWhole(writer, { 'a.ts': 'x' });
    await assert.rejects(commit(writer), /is a file, not a folder/);
  });

  it('leaves the folder as it was when the disk fails at any operation', async () => {
    const files = { 'a.ts': 'new a', 'b/c.ts': 'c', 'b/d.ts': 'd', 'e.ts': 'e' };
    for (const [code, says] of [
      ['ENOSPC', /disk is full/],
      ['EACCES', /may not write/],
      ['EROFS', /read-only/],
    ] as const) {
      for (let failing = 0; failing < 6; failing++) {
        const disk = new MemoryFileSystem({ 'a.ts': 'old a', 'other.ts': 'o' });
        const before = disk.snapshot();
        disk.leavesHalfFiles = true;
        let operations = 0;
        let broken = false;
        disk.beforeChange = (operation, path) => {
          if (broken || operation === 'remove' || operations++ < failing) return;
          broken = true;
          throw failure(code, path);
        };
        const writer = new ProjectWriter(disk, overwrite);
        await stageWhole(writer, files);
        if (failing < 5) {
          await assert.rejects(commit(writer), (error: unknown) => {
            assert.ok(error instanceof TakossError);
            assert.equal(error.code, 'write-failed');
            assert.match(error.message, says);
            return true;
          });
          assert.deepEqual(disk.snapshot(), before, `after a failure of operation ${failing}`);
        }
      }
    }
  });

  it('names the files it could not take back', async () => {
    const disk = new MemoryFileSystem();
    disk.beforeChange = (operation, path) => {
      if (operation === 'remove' || path === 'b.ts') throw failure('EIO', path);
    };
    const writer = new ProjectWriter(disk, neverOverwrite);
    await stageWhole(writer, { 'a.ts': 'a', 'b.ts': 'b' });
    await assert.rejects(commit(writer), /could not be taken back, look at them: a\.ts/);
  });

  it('leaves the folder as it was when it is cancelled between any two files', async () => {
    const files = { 'a.ts': 'a', 'b/c.ts': 'c', 'd.ts': 'd' };
    for (let after = 1; after <= 3; after++) {
      const disk = new MemoryFileSystem({ 'd.ts': 'mine' });
      const before = disk.snapshot();
      const controller = new AbortController();
      const writer = new ProjectWriter(disk, overwrite);
      await stageWhole(writer, files);
      let written = 0;
      await assert.rejects(
        commit(writer, controller.signal, () => {
          written += 1;
          if (written === after) controller.abort();
        }),
        code('cancelled'),
      );
      assert.deepEqual(disk.snapshot(), before);
    }
  });

  it('undoes: removes what it wrote, restores what it overwrote, keeps what was changed since', async () => {
    const disk = new MemoryFileSystem({ 'a.ts': 'old' });
    const writer = new ProjectWriter(disk, overwrite);
    await stageWhole(writer, { 'a.ts': 'generated', 'b/c.ts': 'c', 'b/d.ts': 'd', 'gone.ts': 'g' });
    const record = await commit(writer);
    await disk.write('b/c.ts', utf8('edited by hand'));
    await disk.remove('gone.ts');
    const changed = await findChangedFiles(disk, record);
    assert.deepEqual(changed, ['b/c.ts']);
    assert.deepEqual(await undoWrite(disk, record, new Set(changed)), []);
    assert.deepEqual(disk.snapshot(), {
      '': '<directory>',
      'a.ts': 'old',
      b: '<directory>',
      'b/c.ts': 'edited by hand',
    });
  });
});
