import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { freshPlace, readText, writeText } from '../support/folders.ts';
import { generate, until } from '../support/takoss.ts';

/** A server that takes a second to start and has nothing to install, in place of the generated one. */
const server = `setTimeout(() => require('node:http')
  .createServer((request, response) => response.end('it runs'))
  .listen(Number(process.env.PORT)), 1000);`;

async function replaceWithQuickServer(folder: vscode.Uri): Promise<void> {
  const manifest = { name: 'quick', version: '1.0.0', scripts: { build: 'node --version', start: 'node server.cjs' } };
  const { scripts: _, ...root } = manifest;
  const lockfile = { ...root, lockfileVersion: 3, requires: true, packages: { '': root } };
  await writeText(folder, 'package.json', JSON.stringify(manifest));
  await writeText(folder, 'package-lock.json', JSON.stringify(lockfile));
  await writeText(folder, 'server.cjs', server);
}

function executions(folder: vscode.Uri): readonly vscode.TaskExecution[] {
  return vscode.tasks.taskExecutions.filter(({ task }) => task.definition.project === folder.toString());
}

function commandLine(execution: vscode.TaskExecution | undefined): string {
  const shell = execution?.task.execution;
  return shell instanceof vscode.ShellExecution ? (shell.commandLine ?? '') : '';
}

describe('Takoss: Run Application', () => {
  it('starts one task and waits until the application answers', async () => {
    const folder = await freshPlace();
    await generate({ folder });
    await replaceWithQuickServer(folder);
    await vscode.commands.executeCommand('takoss.runProject');
    const [execution] = executions(folder);
    assert.ok(execution);
    // The command comes back when the application has been opened, and not before it can be.
    const answer = await fetch(`http://localhost:${execution.task.definition.port}/`);
    assert.equal(await answer.text(), 'it runs');

    await vscode.commands.executeCommand('takoss.runProject');
    assert.equal(executions(folder).length, 1, 'a second run does not start a second server');

    execution.terminate();
    await until(() => executions(folder).length === 0);
  });

  it('installs with npm ci, which leaves the lockfile as it is, and does without where all is installed', async () => {
    const folder = await freshPlace();
    await generate({ folder });
    await replaceWithQuickServer(folder);
    const before = await readText(folder, 'package-lock.json');
    await vscode.commands.executeCommand('takoss.runProject');
    const [first] = executions(folder);
    assert.match(commandLine(first), /^npm ci && npm run build && npm start$/);
    first?.terminate();
    await until(() => executions(folder).length === 0);
    assert.equal(await readText(folder, 'package-lock.json'), before);

    // What npm writes last, of a project without packages.
    await writeText(folder, 'node_modules/.package-lock.json', '{"packages":{}}');
    await vscode.commands.executeCommand('takoss.runProject');
    const [second] = executions(folder);
    assert.match(commandLine(second), /^npm run build && npm start$/);
    second?.terminate();
    await until(() => executions(folder).length === 0);
  });

  it('uses npm install where the lockfile does not know all packages', async () => {
    const folder = await freshPlace();
    await generate({ folder });
    await replaceWithQuickServer(folder);
    const lockfile = JSON.parse(await readText(folder, 'package-lock.json'));
    lockfile.packages[''].dependencies = { 'gone-by-now': '1.0.0' };
    await writeText(folder, 'package-lock.json', JSON.stringify(lockfile));
    await vscode.commands.executeCommand('takoss.runProject');
    const [execution] = executions(folder);
    assert.match(commandLine(execution), /^npm install && /);
    execution?.terminate();
    await until(() => executions(folder).length === 0);
  });

  it('comes back when the project does not start', async () => {
    const folder = await freshPlace();
    await generate({ folder });
    await replaceWithQuickServer(folder);
    await writeText(folder, 'server.cjs', 'process.exit(3);');
    await vscode.commands.executeCommand('takoss.runProject');
    assert.equal(executions(folder).length, 0);
  });
});
