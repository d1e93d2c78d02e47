import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blog } from './projects.ts';
import { Workbench } from './workbench.ts';

const library = {
  name: 'Lending Library',
  description: 'Books that neighbours lend each other',
  requirements: 'Members lend books with a title and an author. Every book has reviews.',
};

describe('A person who takes a project back', function () {
  this.timeout(300_000);
  let vscode: Workbench;

  before(async () => {
    vscode = await Workbench.open({ theme: 'Default Light Modern' });
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const at = (...path: string[]) => join(vscode.folder, ...path);
  const filesIn = async (folder: string) =>
    (await readdir(at(folder), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

  it('after a cancelled run has to pick another project, by its name, and to confirm it', async () => {
    await vscode.generate(library);
    await vscode.statusBar('Lending Library is ready').waitFor();
    await vscode.generate(blog);
    await vscode.tracker.locator('[data-phase="initialization"]').waitFor();
    await vscode.pauseWhen(
      async () => (await vscode.tracker.locator('[data-phase="analysis"]').count()) > 0,
      'the requirements were being read',
    );
    await vscode.tracker.getByRole('button', { name: 'Cancel' }).click();
    vscode.resume();
    await vscode.statusBar('cancelled').waitFor();

    await vscode.runCommand('Takoss: Undo Generation');
    await vscode.question(/Nothing of Blog Platform was written\. Which other project should be undone\?/);
    await vscode.screenshot('undo-pick-after-cancel');
    await vscode.acceptFirst('Lending Library');
    await vscode.dialog.waitFor();
    await vscode.screenshot('undo-confirm');
    const files = await filesIn('lending-library');
    const text = await vscode.answerDialog('Cancel');
    assert.match(text, /Undo the generation of Lending Library\?/);
    assert.match(text, new RegExp(`Written into lending-library on [\\s\\S]*${files} files will be removed`));
    assert.equal(await filesIn('lending-library'), files, 'nothing was touched');
  });

  it('does so with the keyboard alone, and brings it back', async () => {
    const files = await filesIn('lending-library');
    await writeFile(at('lending-library', 'README.md'), 'my own words\n');
    await vscode.runCommand('Takoss: Undo Generation');
    await vscode.acceptFirst('Lending Library');
    await vscode.dialog.getByText(/1 file changed since is kept: README\.md/).waitFor();
    await vscode.screenshot('undo-confirm-changed');
    await vscode.page.keyboard.press('Enter');
    const message = await vscode.notified(
      /Lending Library was undone: \d+ files removed from lending-library\. 1 file kept\./,
    );
    assert.deepEqual(await readdir(at('lending-library')), ['README.md']);
    await vscode.screenshot('undo-done');
    await message.getByRole('button', { name: 'Redo' }).click();
    await vscode.notified(/Lending Library is back: \d+ files/);
    assert.equal(await filesIn('lending-library'), files);
    assert.equal(await readFile(at('lending-library', 'README.md'), 'utf8'), 'my own words\n');
  });

  it('finds what was undone in the same list', async () => {
    await vscode.runCommand('Notifications: Clear All Notifications');
    await vscode.runCommand('Takoss: Undo Generation');
    await vscode.acceptFirst('Lending Library');
    await vscode.dialog.getByRole('button', { name: 'Changed Files…' }).click();
    await vscode.question(/1 file changed since it was generated/);
    await vscode.screenshot('undo-changed-files');
    await vscode.pick('Undo everything');
    await vscode.notified(/Lending Library was undone/);
    assert.equal(existsSync(at('lending-library')), false);

    await vscode.runCommand('Takoss: Undo Generation');
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Redo Lending Library' }).waitFor();
    await vscode.screenshot('undo-list-undone');
    await vscode.acceptFirst('Redo Lending Library');
    assert.match(await vscode.answerDialog('Redo'), /Bring back Lending Library\?/);
    await vscode.notified(/Lending Library is back/);
    assert.equal(await readFile(at('lending-library', 'README.md'), 'utf8'), 'my own words\n');
    await rm(at('lending-library'), { recursive: true });
  });
});
