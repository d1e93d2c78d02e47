import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { blog } from './projects.ts';
import { Workbench } from './workbench.ts';

/** A server with nothing to install, in place of the generated one. */
const server = `require('node:http')
  .createServer((request, response) => response.end('it runs'))
  .listen(Number(process.env.PORT));`;

describe('A person who runs the application', function () {
  this.timeout(300_000);
  let vscode: Workbench;

  before(async () => {
    vscode = await Workbench.open();
  });
  after(() => vscode?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const at = (...path: string[]) => join(vscode.folder, 'blog-platform', ...path);

  it('finds its address and a way to stop it after it was opened', async () => {
    await vscode.generate(blog);
    await vscode.statusBar('Blog Platform is ready').waitFor();
    const manifest = { name: 'quick', version: '1.0.0' };
    const scripts = { build: 'node --version', start: 'node server.cjs' };
    const lockfile = { ...manifest, lockfileVersion: 3, requires: true, packages: { '': manifest } };
    await writeFile(at('package.json'), JSON.stringify({ ...manifest, scripts }));
    await writeFile(at('package-lock.json'), JSON.stringify(lockfile));
    await writeFile(at('server.cjs'), server);

    const opened = vscode.page.context().waitForEvent('page');
    await vscode.tracker.getByRole('button', { name: 'Run It' }).click();
    const message = await vscode.notified(/Blog Platform is running at http:\/\/127\.0\.0\.1:\d+\/3\d{3}/);
    assert.deepEqual(await message.getByRole('button', { name: /^(Open|Stop)$/ }).allInnerTexts(), ['Open', 'Stop']);
    await (await opened).getByText('it runs').waitFor();
    await (await opened).close();
    await vscode.screenshot('run-running');
    assert.deepEqual(JSON.parse(await readFile(at('package-lock.json'), 'utf8')), lockfile, 'npm ci leaves it alone');

    const item = vscode.statusBar(/Blog Platform: 127\.0\.0\.1:\d+\/3\d{3}/);
    await item.click();
    await vscode.question('What now?');
    await vscode.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Open in Browser' }).waitFor();
    await vscode.screenshot('run-what-now');
    await vscode.pick('Stop');
    await item.waitFor({ state: 'detached' });
  });

  it('is told when the packages cannot be installed', async () => {
    const lockfile = JSON.parse(await readFile(at('package-lock.json'), 'utf8'));
    const manifest = JSON.parse(await readFile(at('package.json'), 'utf8'));
    const dependencies = { 'not-here': 'file:../not-here.tgz' };
    lockfile.packages[''].dependencies = dependencies;
    lockfile.packages['node_modules/not-here'] = { version: '1.0.0', resolved: 'file:../not-here.tgz' };
    await writeFile(at('package.json'), JSON.stringify({ ...manifest, dependencies }));
    await writeFile(at('package-lock.json'), JSON.stringify(lockfile));
    await vscode.runCommand('Takoss: Run Application');
    await vscode.notified(/packages of Blog Platform could not be installed: "npm ci" failed/);
    await vscode.screenshot('run-install-failed');
  });
});
