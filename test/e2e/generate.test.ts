import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blog } from './projects.ts';
import { Workbench } from './workbench.ts';

const phases = ['Initialization', 'Analysis', 'Complexity', 'Database', 'Frontend', 'Deployment', 'Complete'];

describe('A person with VS Code', function () {
  this.timeout(300_000);
  let vscode: Workbench;

  before(async () => {
    vscode = await Workbench.open();
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const project = () => join(vscode.folder, 'blog-platform');
  const phaseRow = (name: string) => vscode.tracker.locator(`[data-phase="${name.toLowerCase()}"]`);

  it('is told what is wrong with an answer, and goes back to correct one', async () => {
    await vscode.startGenerating();
    await vscode.answer('../../etc');
    await vscode.quickInput.locator('.quick-input-message', { hasText: /name/i }).waitFor();
    await vscode.answer('Wrong Name');
    await vscode.question(/What is it, in a sentence/);
    await vscode.quickInput.getByRole('button', { name: /^Back/ }).click();
    await vscode.question('The name of the project');
    assert.equal(await vscode.quickInput.locator('input[type="text"]').first().inputValue(), 'Wrong Name');
    await vscode.dismiss();
    await vscode.quickInput.waitFor({ state: 'hidden' });
  });

  it('answers the questions and watches every phase pass', async () => {
    await vscode.generate(blog);
    await vscode.statusBar('Blog Platform is ready').waitFor();
    for (const phase of phases) {
      // The tracker hears of it a moment later.
      await vscode.tracker.locator(`[data-phase="${phase.toLowerCase()}"].is-done`).waitFor();
      assert.equal(await phaseRow(phase).getByRole('img', { name: 'Done' }).count(), 1);
    }
    assert.equal(await vscode.tracker.locator('[data-phase]').count(), phases.length, 'one row per phase');
    assert.match(await vscode.tracker.locator('h1').innerText(), /Blog Platform/);
  });

  it('finds the application in the folder', async () => {
    const takoss = JSON.parse(await readFile(join(project(), 'takoss.json'), 'utf8'));
    assert.equal(takoss.request.projectName, 'Blog Platform');
    const { scripts } = JSON.parse(await readFile(join(project(), 'package.json'), 'utf8'));
    for (const script of ['dev', 'build', 'test']) assert.ok(script in scripts, `npm run ${script}`);
    await vscode.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'blog-platform' }).waitFor();
  });

  it('opens the README with a click', async () => {
    await vscode.tracker.getByRole('button', { name: 'Open README' }).click();
    await vscode.page.locator('.tab.active', { hasText: /README/ }).waitFor();
    await vscode.runCommand('Takoss: Show Progress');
    await vscode.tracker.getByRole('heading', { name: 'Blog Platform' }).waitFor();
  });

  it('opens a file of the list', async () => {
    const file = vscode.tracker.getByRole('button', { name: /package\.json/ }).first();
    await file.scrollIntoViewIfNeeded();
    await file.click();
    await vscode.page.locator('.tab.active', { hasText: 'package.json' }).waitFor();
    await vscode.runCommand('Takoss: Show Progress');
  });

  it('takes everything back with Undo', async () => {
    await vscode.tracker.getByRole('button', { name: 'Undo' }).click();
    await vscode.answerDialog('Undo');
    await vscode.notified(/removed|undone/i);
    assert.equal(existsSync(project()), false);
    assert.deepEqual(await readdir(vscode.folder), []);
  });

  it('cancels in the middle, and nothing is written', async () => {
    await vscode.runCommand('Takoss: Show Progress');
    await vscode.generate(blog);
    const running = vscode.tracker.locator('[data-phase="analysis"].is-running, [data-phase="analysis"].is-done');
    await vscode.pauseWhen(async () => (await running.count()) > 0, 'the requirements were being read');
    await vscode.screenshot('cancel-in-the-middle');
    await vscode.tracker.getByRole('button', { name: 'Cancel' }).click();
    vscode.resume();
    await vscode.tracker
      .getByText(/cancelled/i)
      .first()
      .waitFor();
    assert.equal(existsSync(project()), false);
    assert.deepEqual(await readdir(vscode.folder), []);
  });

  it('needs no mouse', async () => {
    await vscode.startWith(blog);
    await vscode.type('Type them');
    await vscode.acceptFirst('Type them here');
    await vscode.question('What should the application do?');
    await vscode.answer(blog.requirements);
    await vscode.question(/Where should the project go/);
    await vscode.acceptFirst();
    await vscode.statusBar('Blog Platform is ready').waitFor();

    await vscode.runCommand('Takoss: Show Progress');
    await vscode.trackerHasKeyboard();
    const readme = vscode.tracker.getByRole('button', { name: 'Open README' });
    const isReached = () =>
      readme.evaluate((button) => button.ownerDocument.hasFocus() && button === button.ownerDocument.activeElement);
    // From where the keyboard was last in the tracker, it may be once around the whole window.
    for (let presses = 0; presses < 80 && !(await isReached()); presses += 1) await vscode.page.keyboard.press('Tab');
    assert.ok(await isReached());
    await vscode.screenshot('keyboard-focus');
    await vscode.page.keyboard.press('Enter');
    await vscode.page.locator('.tab.active', { hasText: /README/ }).waitFor();
  });

  it('is asked before a file that is there is overwritten', async () => {
    const readme = join(project(), 'README.md');
    await writeFile(readme, 'my own words\n');
    await vscode.startWith(blog);
    await vscode.pick('Use what was entered last');
    await vscode.question(/Where should the project go/);
    await vscode.pick(/not empty/);
    await vscode.question(/is not empty/);
    await vscode.screenshot('conflicts');
    await vscode.dismiss();
    await vscode.tracker
      .getByText(/cancelled/i)
      .first()
      .waitFor();
    assert.equal(await readFile(readme, 'utf8'), 'my own words\n');
  });
});
