import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { exists, filesBelow, freshPlace, readText } from '../support/folders.ts';
import { blog, failureOf, generate, stateWhere, takoss } from '../support/takoss.ts';

describe('Takoss: Generate Project', () => {
  it('writes the whole project into the folder and says which files', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    assert.ok(project);
    assert.deepEqual(await filesBelow(folder), [...project.files].sort());
    assert.ok(project.files.length > 20, `${project.files.length} files`);
    assert.match(await readText(folder, 'README.md'), /Blog Platform/);
    const manifest = JSON.parse(await readText(folder, 'takoss.json'));
    assert.deepEqual(manifest.request, blog);
    const { scripts } = JSON.parse(await readText(folder, 'package.json'));
    for (const script of ['dev', 'build', 'start', 'test']) assert.ok(scripts[script], `npm run ${script}`);
  });

  it('makes a folder named after the project where none is given', async () => {
    const project = await generate({ projectName: 'Bücher & Co.' });
    const [workspace] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(project && workspace);
    assert.equal(project.folder.toString(), vscode.Uri.joinPath(workspace.uri, 'bucher-co').toString());
    assert.ok(await exists(vscode.Uri.joinPath(project.folder, 'README.md')));
  });

  it('goes through all phases in order and ends with what can be done next', async () => {
    const seen: number[] = [];
    const api = await takoss();
    const listener = api.onDidChangeState((state) => seen.push(state.run.progress));
    await generate({ folder: await freshPlace() });
    listener.dispose();
    const { run, actions, coverage, projectName } = api.state;
    assert.equal(run.status, 'succeeded');
    assert.deepEqual(
      run.phases.map(({ name, status }) => `${name} ${status}`),
      ['initialization', 'analysis', 'complexity', 'database', 'frontend', 'deployment', 'complete'].map(
        (name) => `${name} done`,
      ),
    );
    assert.deepEqual(actions, ['open-readme', 'run-app', 'undo', 'clear']);
    assert.equal(projectName, 'Blog Platform');
    assert.ok(coverage && coverage.sentences > 0);
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
      'progress never falls',
    );
  });

  it('writes nothing and names the field when the request is wrong', async () => {
    const folder = await freshPlace();
    for (const [field, value] of [
      ['projectName', ''],
      ['projectName', '../../etc'],
      ['projectName', 'n'.repeat(300)],
      ['projectName', '🎉'],
      ['projectName', 'CON'],
      ['requirements', ''],
      ['requirements', '!?* ---'],
      ['requirements', 'word '.repeat(200_000)],
    ] as const) {
      const error = await failureOf(generate({ folder, [field]: value }));
      assert.equal(error.code, 'invalid-request', `${field} ${value.slice(0, 20)}`);
      assert.match(error.message, /[a-z].*\./);
    }
    assert.equal(await exists(folder), false);
  });

  it('refuses a second run while one is on, and the first goes on', async () => {
    const [first, second] = [await freshPlace(), await freshPlace()];
    const running = generate({ folder: first });
    await stateWhere((state) => state.run.status === 'running');
    const error = await failureOf(generate({ folder: second, projectName: 'Other' }));
    assert.match(error.message, /already generating Blog Platform/);
    assert.ok(await running);
    assert.ok(await exists(vscode.Uri.joinPath(first, 'README.md')));
    assert.equal(await exists(second), false);
  });

  it('writes into a file system of another extension', async () => {
    // Covered with failures in unwritable.test.ts; here only that the target need not be a disk.
    const { MemoryProvider } = await import('../support/memory-provider.ts');
    const provider = new MemoryProvider();
    const registration = vscode.workspace.registerFileSystemProvider('takoss-memory', provider);
    const folder = vscode.Uri.parse('takoss-memory:/project');
    const project = await generate({ folder });
    assert.deepEqual([...provider.files.keys()].sort(), project?.files.map((path) => `/project/${path}`).sort());
    registration.dispose();
  });
});
