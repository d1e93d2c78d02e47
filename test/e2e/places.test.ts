import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { blog } from './projects.ts';
import { Workbench, type WorkbenchOptions } from './workbench.ts';

describe('Where nothing can be generated', function () {
  this.timeout(300_000);
  let vscode: Workbench | undefined;

  const open = async (options: WorkbenchOptions): Promise<Workbench> => {
    vscode = await Workbench.open(options);
    return vscode;
  };
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
    await vscode?.close();
    vscode = undefined;
  });

  it('says why an untrusted folder is refused, and writes nothing', async () => {
    const window = await open({ trust: false });
    await window.runCommand('Takoss: Generate Project');
    await window.notification(/trust/i).waitFor();
    await window.screenshot('untrusted');
    assert.equal(await window.quickInput.count(), 0, 'asks nothing');
    assert.deepEqual(await readdir(window.folder), []);
  });

  it('offers a folder to choose where none is open', async () => {
    const window = await open({ folder: false });
    await window.runCommand('Takoss: Generate Project');
    await window.question('The name of the project');
    await window.answer(blog.name);
    await window.question(/What is it, in a sentence/);
    await window.answer(blog.description);
    await window.question(/Where are the requirements/);
    await window.pick('Type them here');
    await window.question('What should the application do?');
    await window.answer(blog.requirements);
    await window.question(/No folder is open/);
    await window.screenshot('no-folder');
    const choices = await window.page.locator('.quick-input-list .monaco-list-row').allInnerTexts();
    assert.ok(choices.some((choice) => /Choose another folder/.test(choice)));
    assert.ok(choices.some((choice) => /Open a folder first/.test(choice)));
  });
});
