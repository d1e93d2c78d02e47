import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { freshPlace } from '../support/folders.ts';
import { generate, takoss, until } from '../support/takoss.ts';

function trackerTabs(): vscode.Tab[] {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter(
    ({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('takoss.tracker'),
  );
}

async function nextSnapshot(action: () => Thenable<unknown>): Promise<void> {
  const api = await takoss();
  const delivered = new Promise<void>((resolve) => {
    const listener = api.onDidDeliverSnapshot(() => {
      listener.dispose();
      resolve();
    });
  });
  await action();
  await delivered;
}

describe('the tracker', () => {
  beforeEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens by its command and its page gets a snapshot', async () => {
    await nextSnapshot(() => vscode.commands.executeCommand('takoss.showProgress'));
    assert.equal(trackerTabs().length, 1);
  });

  it('is one, however often it is shown', async () => {
    await vscode.commands.executeCommand('takoss.showProgress');
    await vscode.commands.executeCommand('takoss.showProgress');
    await until(() => trackerTabs().length === 1);
  });

  it('opens with a run, is named after the project, and follows it to the end', async () => {
    await nextSnapshot(async () => await generate({ folder: await freshPlace() }));
    await until(() => trackerTabs()[0]?.label === 'Takoss: Blog Platform');
    await vscode.commands.executeCommand('takoss.clearProgress');
    await until(() => trackerTabs()[0]?.label === 'Takoss');
    assert.equal((await takoss()).state.run.status, 'idle');
  });

  it('gets a new snapshot when it comes back after being hidden', async () => {
    await nextSnapshot(() => vscode.commands.executeCommand('takoss.showProgress'));
    const document = await vscode.workspace.openTextDocument({ content: 'in front of it' });
    await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Active });
    await until(() => trackerTabs()[0]?.isActive === false);
    await nextSnapshot(() => vscode.commands.executeCommand('takoss.showProgress'));
    assert.equal(trackerTabs().length, 1);
  });

  it('gets a new snapshot when it is moved to another group', async () => {
    await nextSnapshot(() => vscode.commands.executeCommand('takoss.showProgress'));
    await nextSnapshot(() => vscode.commands.executeCommand('workbench.action.moveEditorToNextGroup'));
    assert.equal(trackerTabs().length, 1);
  });
});
