import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Theme, Workbench } from './workbench.ts';

const nonsense = {
  name: 'Glarp',
  description: 'Something',
  requirements: 'Glarp the xyzzy. Wibble frotz quuxly, and plugh.',
};

const themes: readonly [name: string, theme: Theme][] = [
  ['dark', 'Default Dark Modern'],
  ['light', 'Default Light Modern'],
  ['high-contrast', 'Default High Contrast'],
];

describe('Requirements of which nothing is understood', function () {
  this.timeout(300_000);
  let vscode: Workbench | undefined;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
    await vscode?.close();
    vscode = undefined;
  });

  it('can be edited before anything is written', async () => {
    vscode = await Workbench.open();
    await vscode.generate(nonsense);
    await vscode.dialog.getByText(/did not understand any of the requirements/).waitFor();
    await vscode.screenshot('warning-dialog');
    assert.equal(existsSync(join(vscode.folder, 'glarp')), false);
    await vscode.answerDialog('Edit Requirements');
    await vscode.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    await vscode.page.locator('.view-lines', { hasText: 'Glarp' }).first().waitFor();
    await vscode.statusBar('cancelled').waitFor();
    await vscode.screenshot('warning-edit');
    assert.equal(existsSync(join(vscode.folder, 'glarp')), false);
  });

  for (const [name, theme] of themes) {
    it(`end in a warning that says what to do: ${name}`, async () => {
      vscode = await Workbench.open({ theme });
      await vscode.generate(nonsense);
      await vscode.dialog.waitFor();
      await vscode.answerDialog('Write Files Anyway');
      await vscode.statusBar('Glarp has a warning').waitFor();
      await vscode.tracker.getByText('Nothing in the requirements was understood').first().waitFor();
      await vscode.screenshot(`warning-${name}`);
      assert.equal(existsSync(join(vscode.folder, 'glarp', 'README.md')), true);
    });
  }
});
