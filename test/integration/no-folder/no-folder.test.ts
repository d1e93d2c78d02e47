import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { exists, freshPlace } from '../support/folders.ts';
import { failureOf, generate, takoss } from '../support/takoss.ts';

describe('with no folder open', () => {
  it('a project without a place is refused with a sentence that says what to do', async () => {
    assert.equal(vscode.workspace.workspaceFolders, undefined);
    const error = await failureOf(generate());
    assert.match(error.message, /No folder is open.*Open a folder/);
    assert.equal((await takoss()).state.run.status, 'idle');
  });

  it('a project goes into any folder that is chosen, and can be undone', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    assert.ok(project);
    assert.ok(await exists(vscode.Uri.joinPath(folder, 'README.md')));
    await vscode.commands.executeCommand('takoss.undoGeneration', { id: project.undoId, confirmed: true });
    assert.equal(await exists(folder), false);
    await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder, '..'), { recursive: true });
  });
});
