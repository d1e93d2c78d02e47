import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TakossServer } from '../integration/support/takoss-server.ts';
import { UnreliableNetwork } from '../integration/support/unreliable-network.ts';
import { blog } from './projects.ts';
import { Workbench } from './workbench.ts';

describe('A person with VS Code and a Takoss server', function () {
  this.timeout(300_000);
  let vscode: Workbench;
  let server: TakossServer;
  let network: UnreliableNetwork;

  before(async () => {
    server = await TakossServer.start();
    network = await UnreliableNetwork.to(server.port);
    vscode = await Workbench.open();
  });
  after(async () => {
    await vscode?.close();
    await network?.close();
    await server?.stop();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await vscode?.screenshot(`failed-${this.currentTest.title.slice(0, 40)}`);
  });

  const project = () => join(vscode.folder, 'blog-platform');
  const isLost = /Connection lost, trying again (in \d+ s|now)/;

  it('signs in with an address and a key, and is told what is wrong with either', async () => {
    await vscode.runCommand('Takoss: Sign In to Server');
    await vscode.question(/The address of the Takoss server/);
    await vscode.answer('http://takoss.example.com');
    await vscode.quickInput.locator('.quick-input-message', { hasText: /not encrypted/ }).waitFor();
    await vscode.answer(network.endpoint);
    await vscode.question(/Your key or token/);
    const input = vscode.quickInput.locator('input[type="password"]').first();
    await input.waitFor();
    await vscode.answer('wrong');
    const refused = await vscode.notified(/Sign in again with a valid one/);
    await refused.getByRole('button', { name: 'Try Again' }).click();
    await vscode.question(/The address of the Takoss server/);
    await vscode.answer(network.endpoint);
    await vscode.question(/Your key or token/);
    await input.fill(server.key);
    await vscode.screenshot('remote-sign-in');
    await input.press('Enter');
    const done = await vscode.notified(/You are signed in to 127\.0\.0\.1/);
    await done.getByRole('button', { name: 'Generate on This Server' }).click();
  });

  it('tests the connection', async () => {
    await vscode.runCommand('Takoss: Test Connection');
    await vscode.notified(/accepts your key or token. It runs Takoss \d/);
    await vscode.screenshot('remote-test-connection');
    await vscode.page.keyboard.press('Escape');
  });

  it('sees that the connection is lost, and the run go on', async () => {
    network.after(60_000, () => network.cut());
    await vscode.generate(blog);
    await vscode.statusBar(isLost).waitFor();
    await vscode.tracker.locator('.header .connection', { hasText: isLost }).waitFor();
    await vscode.tracker.locator('.header .connection', { hasText: /in [1-9]\d* s/ }).waitFor();
    await vscode.screenshot('remote-connection-lost');
    network.restore();
    await vscode.statusBar('Blog Platform is ready').waitFor();
    await vscode.tracker.locator('.header .connection').waitFor({ state: 'detached' });
    assert.ok(existsSync(join(project(), 'package.json')));
  });

  it('reloads the window in the middle of a run, and gets the project after signing in again', async () => {
    await vscode.runCommand('Takoss: Undo Generation');
    await vscode.answerDialog('Undo');
    await vscode.notified(/removed|undone/i);
    assert.equal(existsSync(project()), false);
    let isStalled = false;
    network.after(60_000, () => {
      isStalled = true;
    });
    await vscode.generate(blog);
    await vscode.tracker.locator('[data-phase="database"]').waitFor();
    for (let tries = 0; tries < 300 && !isStalled; tries += 1) await vscode.page.waitForTimeout(100);
    assert.ok(isStalled);
    await vscode.reload();
    // A VS Code in a browser whose server keeps no half of a key has forgotten its secrets by now.
    await vscode.tracker.getByRole('button', { name: 'Sign In' }).click();
    await vscode.question(/Your key or token/);
    await vscode.quickInput.locator('input[type="password"]').first().waitFor();
    await vscode.answer(server.key);
    await vscode.notified(/You are signed in to/);
    await vscode.tracker.getByRole('button', { name: 'Retry' }).click();
    await vscode.statusBar('Blog Platform is ready').waitFor();
    assert.match(await vscode.tracker.locator('h1').innerText(), /Blog Platform/);
    await vscode.screenshot('remote-after-reload');
    const takoss = JSON.parse(await readFile(join(project(), 'takoss.json'), 'utf8'));
    assert.equal(takoss.request.projectName, 'Blog Platform');
  });
});
