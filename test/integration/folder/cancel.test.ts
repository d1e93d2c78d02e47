import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { exists, freshPlace } from '../support/folders.ts';
import { generate, stateWhere, takoss } from '../support/takoss.ts';

describe('Takoss: Cancel Generation', () => {
  for (const phase of ['analysis', 'frontend', 'complete']) {
    it(`leaves nothing behind when it comes in the phase ${phase}`, async () => {
      const folder = await freshPlace();
      const running = generate({ folder });
      await stateWhere(({ run }) => run.status === 'running' && run.phases.some(({ name }) => name === phase));
      await vscode.commands.executeCommand('takoss.cancelGeneration');
      assert.equal(await running, undefined);
      const { run, actions } = (await takoss()).state;
      assert.equal(run.status, 'cancelled');
      assert.deepEqual(actions, ['retry', 'clear']);
      assert.ok(run.phases.every(({ status }) => status !== 'running'));
      assert.equal(await exists(folder), false);
    });
  }

  it('is followed by Retry, which makes the same project in the same folder', async () => {
    const folder = await freshPlace();
    const running = generate({ folder });
    await stateWhere((state) => state.run.status === 'running');
    await vscode.commands.executeCommand('takoss.cancelGeneration');
    await running;
    await vscode.commands.executeCommand('takoss.retryGeneration');
    assert.equal((await takoss()).state.run.status, 'succeeded');
    assert.ok(await exists(vscode.Uri.joinPath(folder, 'README.md')));
  });

  it('does no harm when nothing is running', async () => {
    await vscode.commands.executeCommand('takoss.cancelGeneration');
  });
});
