import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { sep } from 'node:path';
import * as vscode from 'vscode';
import { commandIds, trackerViewType } from '../../../src/vscode/identifiers.ts';
import { freshPlace } from '../support/folders.ts';
import { generate, pause, takoss } from '../support/takoss.ts';

describe('activation', () => {
  it('waits for a command or an earlier tracker', () => {
    const extension = vscode.extensions.getExtension('takoss.takoss');
    assert.equal(extension?.isActive, false);
    assert.deepEqual(extension?.packageJSON.activationEvents, [`onWebviewPanel:${trackerViewType}`]);
  });

  // The aim is 50 ms with nothing else on the machine. Twice that tells a fault from a busy one, whose cores do less in the same time.
  it('takes little of its thread', async () => {
    // VS Code is still busy with extensions of its own, in the same thread.
    await pause(3000);
    const before = process.threadCpuUsage();
    await takoss();
    const { user, system } = process.threadCpuUsage(before);
    const milliseconds = (user + system) / 1000;
    console.log(`      activation took ${milliseconds.toFixed(0)} ms of the thread`);
    assert.ok(milliseconds < 100, `It took ${milliseconds} ms.`);
  });

  it('loads no engine and no template before the first run, and both with it', async () => {
    const before = loadedBytes();
    assert.ok(before > 10_000 && before < 100_000, `${before} bytes are loaded.`);
    await generate({ folder: await freshPlace() });
    assert.ok(loadedBytes() > 1_000_000, `${loadedBytes()} bytes are loaded.`);
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

/** How much of the extension's code has been loaded so far. */
function loadedBytes(): number {
  const root = vscode.extensions.getExtension('takoss.takoss')?.extensionPath;
  assert.ok(root);
  const files = Object.keys(require.cache).filter((path) => path.startsWith(root + sep));
  return files.reduce((sum, path) => sum + statSync(path).size, 0);
}
