import assert from 'node:assert/strict';
import { sha256 } from '../../../src/core/digest.ts';
import { undoWrite, type WriteRecord } from '../../../src/core/project-writer.ts';
import { planRedo, planUndo, readBeforeUndo, redoWrite } from '../../../src/core/undo-plan.ts';
import { MemoryFileSystem } from '../../support/memory-file-system.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

/** A project of two new files, one of them in a new folder, and one that overwrote the user's. */
async function written(): Promise<{ disk: MemoryFileSystem; record: WriteRecord }> {
  const disk = new MemoryFileSystem({
    'notes.txt': 'mine',
    'README.md': '# Ours',
    'src/app.ts': 'app',
    LICENSE: 'MIT',
  });
  const record: WriteRecord = {
    files: [
      { path: 'LICENSE', sha256: await sha256(bytes('MIT')) },
      { path: 'README.md', sha256: await sha256(bytes('# Ours')), previous: bytes('# Theirs') },
      { path: 'src/app.ts', sha256: await sha256(bytes('app')) },
    ],
    unchanged: [],
    folders: ['src'],
  };
  return { disk, record };
}

async function undo(disk: MemoryFileSystem, record: WriteRecord, discard: readonly string[] = []) {
  const { contents, changed } = await readBeforeUndo(disk, record, new Set(discard));
  assert.deepEqual(await undoWrite(disk, record, new Set(changed)), []);
  return contents;
}

describe('an undo', () => {
  it('is planned: what is removed, what is restored and what the user has changed', async () => {
    const { disk, record } = await written();
    assert.deepEqual(await planUndo(disk, record), {
      remove: ['LICENSE', 'src/app.ts'],
      restore: ['README.md'],
      changed: [],
    });
    await disk.write('src/app.ts', bytes('my app'));
    await disk.remove('LICENSE');
    assert.deepEqual(await planUndo(disk, record), { remove: [], restore: ['README.md'], changed: ['src/app.ts'] });
  });

  it('is undone to the byte, with the folders', async () => {
    const { disk, record } = await written();
    const before = disk.snapshot();
    const contents = await undo(disk, record);
    assert.deepEqual(disk.snapshot(), { '': '<directory>', 'README.md': '# Theirs', 'notes.txt': 'mine' });
    const plan = await planRedo(disk, record, contents);
    assert.deepEqual(plan.changed, []);
    assert.deepEqual(await redoWrite(disk, contents, new Set()), []);
    assert.deepEqual(disk.snapshot(), before);
  });

  it('keeps what was changed after it was planned', async () => {
    const { disk, record } = await written();
    await planUndo(disk, record);
    await disk.write('LICENSE', bytes('mine alone'));
    await undo(disk, record);
    assert.equal(disk.snapshot().LICENSE, 'mine alone');
  });

  it('brings back changes that were given up with it', async () => {
    const { disk, record } = await written();
    await disk.write('LICENSE', bytes('mine alone'));
    const contents = await undo(disk, record, ['LICENSE']);
    assert.equal(disk.snapshot().LICENSE, undefined);
    await redoWrite(disk, contents, new Set());
    assert.equal(disk.snapshot().LICENSE, 'mine alone');
  });

  it('says what has taken the places of the files when it is undone, and keeps that', async () => {
    const { disk, record } = await written();
    const contents = await undo(disk, record);
    await disk.write('LICENSE', bytes('another'));
    await disk.createDirectory('src');
    await disk.createDirectory('src/app.ts');
    const plan = await planRedo(disk, record, contents);
    assert.deepEqual(plan, { write: ['README.md'], changed: ['LICENSE', 'src/app.ts'], blocked: ['src/app.ts'] });
    await redoWrite(disk, contents, new Set(plan.changed));
    assert.equal(disk.snapshot().LICENSE, 'another');
    assert.equal(disk.snapshot()['README.md'], '# Ours');
  });

  it('removes no folder or link that took the place of a file', async () => {
    const { disk, record } = await written();
    await disk.remove('LICENSE');
    disk.entries.set('LICENSE', 'other');
    await undo(disk, record, ['LICENSE']);
    assert.equal(disk.snapshot().LICENSE, '<other>');
  });
});
