import { fileURLToPath } from 'node:url';
import { blog } from './projects.ts';
import { Workbench } from './workbench.ts';

/** Takes the README's picture of the tracker at work from a real VS Code. */
const path = fileURLToPath(new URL('../../media/tracker.png', import.meta.url));

const vscode = await Workbench.open({ theme: 'Default Dark Modern', size: { width: 1180, height: 760 } });
try {
  const { page, tracker } = vscode;
  await vscode.runCommand('Takoss: Show Progress');
  await tracker.getByRole('button', { name: 'Generate Project' }).waitFor();
  await vscode.generate(blog);
  const files = tracker.locator('.file.is-complete');
  const analysis = tracker.locator('[data-phase="analysis"].is-running');
  const frontend = tracker.locator('[data-phase="frontend"].is-running');
  await vscode.pauseWhen(async () => (await analysis.count()) > 0, 'the requirements were being read');
  vscode.resume();
  await vscode.pauseWhen(
    async () => (await frontend.count()) > 0 && (await files.count()) > 5,
    'the frontend was being made',
    1,
  );
  await page.screenshot({ path, animations: 'disabled' });
  console.log(path);
} finally {
  await vscode.close();
}
