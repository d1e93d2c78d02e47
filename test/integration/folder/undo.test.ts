import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { UndoOutcome } from '../../../src/vscode/commands/undo-generation.ts';
import { exists, filesBelow, freshPlace, readText, writeText } from '../support/folders.ts';
import { generate, pause, takoss, until } from '../support/takoss.ts';

async function undo(): Promise<UndoOutcome | undefined> {
  return await vscode.commands.executeCommand('takoss.undoGeneration');
}

describe('Takoss: Undo Last Generation', () => {
  it('removes every file and folder that was written', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    const outcome = await undo();
    assert.deepEqual(outcome, { removed: project?.files.length, restored: 0, kept: [] });
    assert.equal(await exists(folder), false);
    assert.deepEqual((await takoss()).state.actions, ['generate']);
  });

  it('leaves alone what it did not write', async () => {
    const folder = await freshPlace();
    await generate({ folder });
    await writeText(folder, 'src/mine.ts', 'export {};\n');
    await undo();
    assert.deepEqual(await filesBelow(folder), ['src/mine.ts']);
  });

  it('asks about files that were changed since, and keeps them unless told otherwise', async () => {
    const folder = await freshPlace();
    await generate({ folder });
    await writeText(folder, 'README.md', '# Mine now\n');
    const undoing = undo();
    await acceptQuestion(undoing);
    assert.deepEqual((await undoing)?.kept, ['README.md']);
    assert.deepEqual(await filesBelow(folder), ['README.md']);
    assert.equal(await readText(folder, 'README.md'), '# Mine now\n');
  });

  it('does nothing at all when that question is dismissed', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    await writeText(folder, 'README.md', '# Mine now\n');
    const undoing = undo();
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
    // And it can still be undone afterwards.
    const again = undo();
    await acceptQuestion(again);
    assert.deepEqual(await filesBelow(folder), ['README.md']);
  });

  it('says so when there is nothing to undo', async () => {
    await generate({ folder: await freshPlace() });
    assert.ok(await undo());
    assert.equal(await undo(), undefined);
  });
});

async function acceptQuestion(undoing: Promise<unknown>): Promise<void> {
  let ended = false;
  void undoing.then(() => {
    ended = true;
  });
  await until(
    () => ended,
    async () => {
      await pause(300);
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    },
  );
}
