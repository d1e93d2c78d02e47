import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ModelServiceProcess } from '../integration/support/model-service.ts';
import { Workbench } from './workbench.ts';

const requirements = fileURLToPath(new URL('../fixtures/model/blog/requirements.md', import.meta.url));

describe('A person with VS Code and language models', function () {
  // Packages are installed once, for the checks.
  this.timeout(600_000);
  let vscode: Workbench;
  let service: ModelServiceProcess;

  before(async () => {
    service = await ModelServiceProcess.start(150);
    vscode = await Workbench.open({
      languageModel: { paceMs: 1 },
      settings: { 'takoss.claude.baseUrl': service.url, 'takoss.budgetUsd': 2 },
    });
    await copyFile(requirements, join(vscode.folder, 'requirements.md'));
  });
  after(async () => {
    await vscode?.close();
    await service?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  /** Opens the requirements and answers what *Generate from Active Editor* asks. */
  async function generateFromFile(name: string): Promise<void> {
    await vscode.openFile('requirements.md');
    await vscode.runCommand('Takoss: Generate from Active Editor');
    await vscode.question('The name of the project');
    await vscode.answer(name);
    await vscode.question(/What is it, in a sentence/);
    await vscode.answer('A blog for hikers');
    await vscode.question(/Where should the project go/);
    await vscode.acceptFirst();
  }

  it('is asked whether a language model may read the requirements, and says that rules shall', async () => {
    await generateFromFile('By Rules');
    await vscode.question(/Use a language model to read the requirements/);
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Use Test Model Large' }).waitFor();
    await vscode.screenshot('model-question');
    await vscode.pick('Always by rules');
    await vscode.statusBar('By Rules is ready').waitFor();
    await vscode.tracker.locator('h1', { hasText: 'By Rules' }).waitFor();
  });

  it('sets a key for Claude from the list of models, and is told what is wrong with one', async () => {
    await vscode.runCommand('Takoss: Choose Model');
    await vscode.question(/What reads the requirements/);
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Rules only' }).waitFor();
    await vscode.screenshot('choose-model-without-key');
    await vscode.pick('Set Claude API Key');
    await vscode.question(/Your API key for Claude/);
    const input = vscode.quickInput.locator('input[type="password"]').first();
    await input.waitFor();
    await vscode.answer('sk-ant-wrong-key');
    const refused = vscode.notification(/does not accept the API key/);
    await refused.waitFor();
    // The notification of the check stays a moment longer, and takes later ones with it when it goes.
    await vscode.notification(/Checking the key/).waitFor({ state: 'detached' });
    await vscode.screenshot('claude-key-refused');
    await refused.getByRole('button', { name: 'Try Again' }).click();
    await vscode.question(/Your API key for Claude/);
    await input.fill(service.key);
    await vscode.screenshot('claude-key');
    await input.press('Enter');
    await vscode.notification(/Your Claude API key is set/).waitFor();
  });

  it('chooses a model of Claude by its price', async () => {
    await vscode.runCommand('Takoss: Choose Model');
    await vscode.question(/What reads the requirements/);
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: '$2 read, $10 written' }).waitFor();
    await vscode.screenshot('choose-model');
    await vscode.pick('Claude Sonnet 5.5');
  });

  it('installs the packages for the checks after a question, and sees what the run costs', async () => {
    await generateFromFile('Hiking Club');
    const dialog = vscode.page.locator('.monaco-dialog-box');
    await dialog.waitFor({ timeout: 120_000 });
    assert.match(await dialog.innerText(), /Install the packages[\s\S]*about \d+ MB[\s\S]*once/);
    await vscode.screenshot('checks-question');
    await dialog.getByRole('button', { name: 'Install' }).click();
    const item = vscode.statusBar(/Takoss: .*% · \$0\.\d+/);
    await item.waitFor({ timeout: 120_000 });
    await item.hover();
    await vscode.page.getByText(/\$0\.\d+.*budget\s\$2\.00.*read.*written/).waitFor();
    await vscode.screenshot('model-running');
    await vscode.statusBar(/Hiking Club is ready · \$0\.\d+/).waitFor({ timeout: 400_000 });
    await vscode.page.mouse.move(600, 500);
    await vscode.tracker
      .getByText(/type-checked and tested/)
      .first()
      .waitFor();
    await vscode.page.waitForTimeout(1000);
    await vscode.screenshot('model-ready');
    const { blueprint } = JSON.parse(await readFile(join(vscode.folder, 'hiking-club', 'takoss.json'), 'utf8'));
    assert.ok(
      blueprint.features.some(({ kind, built }: { kind: string; built: boolean }) => kind === 'custom' && built),
    );
    assert.ok(existsSync(join(vscode.folder, 'hiking-club/src/client/modules/keep-reading-list/screen.tsx')));
  });
});
