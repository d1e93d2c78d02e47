import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandIds, trackerViewType } from '../../../src/vscode/identifiers.ts';
import { takoss } from '../support/takoss.ts';

describe('activation', () => {
  it('waits for a command or an earlier tracker', () => {
    const extension = vscode.extensions.getExtension('takoss.takoss');
    assert.equal(extension?.isActive, false);
    assert.deepEqual(extension?.packageJSON.activationEvents, [`onWebviewPanel:${trackerViewType}`]);
  });

  it('takes less than 50 ms of computing, because engines load on first use', async () => {
    const before = process.cpuUsage();
    await takoss();
    const { user, system } = process.cpuUsage(before);
    const milliseconds = (user + system) / 1000;
    assert.ok(milliseconds < 50, `It took ${milliseconds} ms.`);
  });

  it('registers every command of the manifest, and no others', async () => {
    await takoss();
    const extension = vscode.extensions.getExtension('takoss.takoss');
    const contributed: { command: string; category: string }[] = extension?.packageJSON.contributes.commands;
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('takoss.'));
    assert.deepEqual(contributed.map(({ command }) => command).sort(), Object.values(commandIds).sort());
    for (const { command, category } of contributed) {
      assert.equal(category, 'Takoss');
      assert.ok(registered.includes(command), `${command} has no handler.`);
    }
  });
});
