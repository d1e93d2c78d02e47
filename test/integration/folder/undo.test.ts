import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { RedoOutcome, UndoOutcome } from '../../../src/vscode/commands/undo-generation.ts';
import { exists, filesBelow, freshPlace, readText, writeText } from '../support/folders.ts';
import { failureOf, generate, stateWhere, takoss, until } from '../support/takoss.ts';

interface UndoOptions {
  readonly id: string | undefined;
  readonly confirmed?: boolean;
  readonly changed?: 'keep' | 'discard';
}

/** Runs *Takoss: Undo Generation…* as a button of a message does. */
async function undo(options: UndoOptions): Promise<UndoOutcome | RedoOutcome | undefined> {
  return await vscode.commands.executeCommand('takoss.undoGeneration', options);
}

/** What has been agreed to: a window that runs tests shows no dialog. */
const agreed = { confirmed: true } as const;

describe('Takoss: Undo Generation', () => {
  it('removes every file and folder that was written', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    const outcome = await undo({ id: project?.undoId, ...agreed });
    assert.deepEqual(outcome, { removed: project?.files.length, restored: 0, kept: [] });
    assert.equal(await exists(folder), false);
    assert.deepEqual((await takoss()).state.actions, ['generate']);
  });

  it('touches nothing that nobody has agreed to', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    // VS Code refuses to show the question while tests run.
    await failureOf(undo({ id: project?.undoId }));
    assert.equal((await filesBelow(folder)).length, project?.files.length);
  });

  it('takes no other project for a run that was cancelled, but asks which', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    const running = generate({ folder: await freshPlace() });
    await stateWhere(({ run }) => run.status === 'running');
    await vscode.commands.executeCommand('takoss.cancelGeneration');
    await running;
    const undoing = vscode.commands.executeCommand('takoss.undoGeneration');
    let ended = false;
    void undoing.then(() => {
      ended = true;
    });
    await until(
      () => ended,
      () => vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
    );
    assert.equal(await undoing, undefined);
    assert.equal((await filesBelow(folder)).length, project?.files.length);
    assert.equal((await takoss()).state.run.status, 'cancelled', 'the tracker still shows the cancelled run');
  });

  it('undoes any project of the workspace, not only the last', async () => {
    const [first, second] = [await freshPlace(), await freshPlace()];
    const older = await generate({ folder: first, projectName: 'Older' });
    await generate({ folder: second, projectName: 'Newer' });
    await undo({ id: older?.undoId, ...agreed });
    assert.equal(await exists(first), false);
    assert.ok(await exists(vscode.Uri.joinPath(second, 'README.md')));
    assert.equal((await takoss()).state.projectName, 'Newer', 'the tracker goes on showing the other');
  });

  it('can be undone itself: every byte is back, and can be taken back again', async () => {
    const folder = await freshPlace();
    await writeText(folder, 'README.md', '# Mine\n');
    const project = await generate({ folder, onConflict: 'overwrite' });
    const files = await filesBelow(folder);
    const readme = await readText(folder, 'README.md');
    await undo({ id: project?.undoId, ...agreed });
    assert.deepEqual([await filesBelow(folder), await readText(folder, 'README.md')], [['README.md'], '# Mine\n']);
    assert.deepEqual(await undo({ id: project?.undoId, ...agreed }), { written: files.length, kept: [] });
    assert.deepEqual([await filesBelow(folder), await readText(folder, 'README.md')], [files, readme]);
    await undo({ id: project?.undoId, ...agreed });
    assert.deepEqual([await filesBelow(folder), await readText(folder, 'README.md')], [['README.md'], '# Mine\n']);
  });

  it('leaves alone what it did not write', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    await writeText(folder, 'src/mine.ts', 'export {};\n');
    await undo({ id: project?.undoId, ...agreed });
    assert.deepEqual(await filesBelow(folder), ['src/mine.ts']);
  });

  it('keeps files that were changed since', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    await writeText(folder, 'README.md', '# Mine now\n');
    assert.deepEqual((await undo({ id: project?.undoId, ...agreed }))?.kept, ['README.md']);
    assert.deepEqual(await filesBelow(folder), ['README.md']);
    assert.equal(await readText(folder, 'README.md'), '# Mine now\n');
  });

  it('gives changes up where the user says so, and brings them back with the rest', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    await writeText(folder, 'README.md', '# Mine now\n');
    await undo({ id: project?.undoId, ...agreed, changed: 'discard' });
    assert.equal(await exists(folder), false);
    await undo({ id: project?.undoId, ...agreed });
    assert.equal(await readText(folder, 'README.md'), '# Mine now\n');
  });

  it('says so when nothing of a project is left, and when it is not known', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    await vscode.workspace.fs.delete(folder, { recursive: true });
    assert.match(
      (await failureOf(undo({ id: project?.undoId, ...agreed }))).message,
      /Nothing of Blog Platform is left/,
    );
    assert.match((await failureOf(undo({ id: project?.undoId, ...agreed }))).message, /can no longer be undone/);
  });
});
