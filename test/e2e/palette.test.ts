import assert from 'node:assert/strict';
import { Workbench } from './workbench.ts';

/** Every other command that the Command Palette lists in a window with a folder. */
const others = [
  'Open README',
  'Run Application',
  'Retry Last Generation',
  'Undo Generation',
  'Generate from Active Editor',
  'Show Log',
  'Show Progress',
  'Sign In to Server',
  'Set Claude API Key',
  'Clear Claude API Key',
  'Choose Model',
];

describe('The Command Palette', function () {
  this.timeout(300_000);
  let vscode: Workbench;

  before(async () => {
    vscode = await Workbench.open();
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  it('starts Generate Project by its name, whatever else was used last', async () => {
    // An editor, so that the command that reads it is listed.
    await vscode.page.keyboard.press('Control+Alt+N');
    await vscode.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
    for (const title of others) {
      await vscode.runCommand(`Takoss: ${title}`);
      await vscode.leaveQuestions();
    }
    for (const typed of ['Takoss: Generate Project', 'generate project']) {
      await vscode.page.keyboard.press('F1');
      await vscode.type(`>${typed}`);
      const focused = vscode.page.locator('.quick-input-list .monaco-list-row.focused');
      await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Generate Project' }).waitFor();
      await vscode.screenshot(`palette-${typed.split(' ').length}`);
      assert.match(await focused.innerText(), /^Takoss: Generate Project/);
      await vscode.acceptFirst();
      await vscode.question('The name of the project');
      await vscode.dismiss();
      await vscode.quickInput.waitFor({ state: 'hidden' });
    }
  });
});
