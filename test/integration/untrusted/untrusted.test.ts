import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { exists, filesBelow } from '../support/folders.ts';
import { blog, failureOf, generate, takoss } from '../support/takoss.ts';

describe('in a workspace the user does not trust', () => {
  it('generating is refused with a sentence that says what to do, and nothing is written', async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(workspace);
    const error = await failureOf(generate({ folder: vscode.Uri.joinPath(workspace.uri, 'project') }));
    assert.match(error.message, /needs a workspace you trust\. Trust this one/);
    assert.equal(await exists(vscode.Uri.joinPath(workspace.uri, 'project')), false);
    assert.deepEqual(await filesBelow(workspace.uri), []);
    assert.equal((await takoss()).state.run.status, 'idle');
  });

  it('so are retrying, undoing and running', async () => {
    for (const command of ['retryGeneration', 'undoGeneration', 'runProject']) {
      const error = await failureOf(Promise.resolve(vscode.commands.executeCommand(`takoss.${command}`, blog)));
      assert.match(error.message, /needs a workspace you trust/, command);
    }
  });

  it('the tracker and the log can be looked at', async () => {
    await vscode.commands.executeCommand('takoss.showProgress');
    await vscode.commands.executeCommand('takoss.showLog');
  });
});
