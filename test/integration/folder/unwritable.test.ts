import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { MemoryProvider } from '../support/memory-provider.ts';
import { failureOf, generate, takoss } from '../support/takoss.ts';

describe('a target that cannot be written to', () => {
  let provider: MemoryProvider;
  let registration: vscode.Disposable;
  let folder: vscode.Uri;
  let count = 0;
  beforeEach(() => {
    // VS Code never answers a second write to a file of a virtual file system whose first write failed.
    count += 1;
    folder = vscode.Uri.parse(`takoss-test:/project-${count}`);
    provider = new MemoryProvider();
    registration = vscode.workspace.registerFileSystemProvider('takoss-test', provider);
  });
  afterEach(() => registration.dispose());

  it('is reported as read-only, with what to do', async () => {
    provider.isReadonly = true;
    const error = await failureOf(generate({ folder }));
    assert.equal(error.code, 'write-failed');
    assert.match(error.message, /read-only.*Choose another folder/);
    const { run, actions } = (await takoss()).state;
    assert.equal(run.status, 'failed');
    assert.deepEqual(actions, ['retry', 'show-log', 'clear']);
  });

  it('is left as it was when the disk is full in the middle', async () => {
    provider.capacity = 12;
    const error = await failureOf(generate({ folder }));
    assert.equal(error.code, 'write-failed');
    assert.match(error.message, /disk is full.*Free some space/);
    assert.deepEqual([...provider.files.keys()], []);
    assert.deepEqual([...provider.folders], ['/']);
  });

  it('works after Retry, once it can be written to', async () => {
    provider.isReadonly = true;
    await failureOf(generate({ folder }));
    provider.isReadonly = false;
    await vscode.commands.executeCommand('takoss.retryGeneration');
    assert.equal((await takoss()).state.run.status, 'succeeded');
    assert.ok(provider.files.has(`${folder.path}/README.md`));
  });
});
