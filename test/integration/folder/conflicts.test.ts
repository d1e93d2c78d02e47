import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { exists, filesBelow, freshPlace, readText, writeText } from '../support/folders.ts';
import { failureOf, generate, pause, stateWhere, takoss, until } from '../support/takoss.ts';

const mine = '# Written by hand\n';

describe('a folder that is not empty', () => {
  let folder: vscode.Uri;
  beforeEach(async () => {
    folder = await freshPlace();
    await writeText(folder, 'README.md', mine);
  });

  it('keeps its files when nobody can be asked, and the error names them', async () => {
    const error = await failureOf(generate({ folder, onConflict: 'cancel' }));
    assert.equal(error.code, 'write-conflict');
    assert.match(error.message, /README\.md/);
    assert.deepEqual(await filesBelow(folder), ['README.md']);
    assert.equal(await readText(folder, 'README.md'), mine);
  });

  it('keeps its files when the question is dismissed', async () => {
    const running = generate({ folder });
    await stateWhere((state) => state.run.progress >= 95);
    let ended = false;
    void running.then(() => {
      ended = true;
    });
    await until(
      () => ended,
      () => vscode.commands.executeCommand('workbench.action.closeQuickOpen'),
    );
    assert.equal(await running, undefined);
    assert.equal((await takoss()).state.run.status, 'cancelled');
    assert.deepEqual(await filesBelow(folder), ['README.md']);
    assert.equal(await readText(folder, 'README.md'), mine);
  });

  it('keeps its files when every question is answered with Enter', async () => {
    const running = generate({ folder, projectName: 'Enter Only' });
    await stateWhere((state) => state.run.progress >= 95);
    let ended = false;
    void running.then(() => {
      ended = true;
    });
    await until(
      () => ended,
      async () => {
        await pause(300);
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      },
    );
    // The first choice is another folder, and the first of those is a new one.
    const project = await running;
    assert.ok(project);
    assert.notEqual(project.folder.toString(), folder.toString());
    assert.ok(await exists(vscode.Uri.joinPath(project.folder, 'README.md')));
    assert.deepEqual(await filesBelow(folder), ['README.md']);
    assert.equal(await readText(folder, 'README.md'), mine);
  });

  it('is overwritten on demand, and Undo brings back what was there', async () => {
    await writeText(folder, 'notes/mine.txt', 'mine');
    const project = await generate({ folder, onConflict: 'overwrite' });
    assert.ok(project);
    assert.notEqual(await readText(folder, 'README.md'), mine);
    await vscode.commands.executeCommand('takoss.undoGeneration', { id: project.undoId, confirmed: true });
    assert.deepEqual(await filesBelow(folder), ['README.md', 'notes/mine.txt']);
    assert.equal(await readText(folder, 'README.md'), mine);
  });

  it('is no conflict when the files are the same', async () => {
    const other = await freshPlace();
    const first = await generate({ folder: other });
    const again = await generate({ folder: other, onConflict: 'cancel' });
    assert.deepEqual(again?.files, first?.files);
  });
});
