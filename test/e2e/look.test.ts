import assert from 'node:assert/strict';
import { blog } from './projects.ts';
import { type Theme, Workbench } from './workbench.ts';

const themes: readonly [name: string, theme: Theme][] = [
  ['light', 'Default Light Modern'],
  ['dark', 'Default Dark Modern'],
  ['high-contrast', 'Default High Contrast'],
];

describe('The look', function () {
  this.timeout(300_000);
  let vscode: Workbench | undefined;
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
    await vscode?.close();
    vscode = undefined;
  });

  for (const [name, theme] of themes) {
    it(`is that of the theme: ${name}`, async () => {
      vscode = await Workbench.open({ theme });
      const { tracker } = vscode;
      await vscode.runCommand('Takoss: Show Progress');
      await tracker.getByRole('button', { name: 'Generate Project' }).waitFor();
      await vscode.screenshot(`${name}-1-empty`);

      await vscode.startGenerating();
      await vscode.screenshot(`${name}-2-question`);
      await vscode.dismiss();
      await vscode.quickInput.waitFor({ state: 'hidden' });

      await vscode.generate(blog);
      await vscode.pauseWhen(
        async () =>
          (await tracker.locator('[data-phase].is-running').count()) > 0 &&
          (await tracker.locator('.file').count()) > 0,
        'files were arriving',
      );
      await vscode.screenshot(`${name}-3-running`);
      const background = await tracker.locator('body').evaluate((body) => {
        const color = getComputedStyle(body).getPropertyValue('--vscode-editor-background').trim();
        return [color, document.documentElement.scrollWidth > document.documentElement.clientWidth] as const;
      });
      assert.equal(background[1], false, 'nothing is cut off at the side');
      vscode.resume();

      await vscode.statusBar('Blog Platform is ready').waitFor();
      await tracker.getByRole('button', { name: 'Run It' }).waitFor();
      await vscode.screenshot(`${name}-4-done`);
    });
  }
});
