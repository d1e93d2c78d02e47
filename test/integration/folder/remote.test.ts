import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TrackerState } from '../../../src/protocol/messages.ts';
import { exists, filesBelow, freshPlace, readText } from '../support/folders.ts';
import { blog, failureOf, generate, stateWhere, takoss } from '../support/takoss.ts';
import { TakossServer } from '../support/takoss-server.ts';
import { UnreliableNetwork } from '../support/unreliable-network.ts';

describe('on a server', () => {
  let server: TakossServer;
  let network: UnreliableNetwork;
  const configuration = () => vscode.workspace.getConfiguration('takoss');

  before(async () => {
    server = await TakossServer.start();
    network = await UnreliableNetwork.to(server.port);
    await configuration().update('engine', 'remote', vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await configuration().update('engine', undefined, vscode.ConfigurationTarget.Global);
    await configuration().update('remote.endpoint', undefined, vscode.ConfigurationTarget.Global);
    await network?.close();
    await server?.stop();
  });
  const signIn = (token = server.key) =>
    vscode.commands.executeCommand('takoss.signIn', { endpoint: network.endpoint, token });

  it('is refused with a sentence while no server is set, or while nobody is signed in', async () => {
    const folder = await freshPlace();
    const unset = await failureOf(generate({ folder }));
    assert.match(unset.message, /No server is set/);
    assert.equal(unset.code, 'invalid-request');

    await configuration().update('remote.endpoint', network.endpoint, vscode.ConfigurationTarget.Global);
    const unknown = await failureOf(generate({ folder }));
    assert.equal(unknown.code, 'auth');
    assert.match(unknown.message, /no key or token.*Sign in/);
    assert.deepEqual((await takoss()).state.actions, ['sign-in', 'retry', 'show-log', 'clear']);
    assert.equal(await exists(folder), false);
    await configuration().update('remote.endpoint', undefined, vscode.ConfigurationTarget.Global);
  });

  it('refuses addresses over which a key may not travel, without repeating a password in them', async () => {
    for (const [endpoint, words] of [
      ['http://takoss.example.com', /not encrypted/],
      ['ftp://takoss.example.com', /not the address of a server/],
      ['ftp://ann:pass-word@takoss.example.com', /has a name or password/],
    ] as const) {
      const failure = await failureOf(
        Promise.resolve(vscode.commands.executeCommand('takoss.signIn', { endpoint, token: server.key })),
      );
      assert.match(failure.message, words);
      assert.ok(!failure.message.includes('pass-word') && !failure.message.includes(server.key), failure.message);
    }
  });

  it('keeps a key only once the server has accepted it', async () => {
    const wrong = `wrong-${crypto.randomUUID()}`;
    const refused = await failureOf(Promise.resolve(signIn(wrong)));
    assert.equal(refused.code, 'auth');
    assert.ok(!refused.message.includes(wrong), refused.message);
    assert.equal(configuration().get('remote.endpoint'), '', 'the address is not set either');

    assert.deepEqual(await signIn(), { host: new URL(network.endpoint).host });
    assert.equal(configuration().get('remote.endpoint'), network.endpoint);
    assert.ok(!JSON.stringify(configuration()).includes(server.key), 'the key is in no setting');
  });

  it('can be tested, and says which version it is', async () => {
    const check = await vscode.commands.executeCommand<{ ok: boolean; version?: string }>('takoss.testConnection');
    assert.equal(check.ok, true);
    assert.match(check.version ?? '', /^\d+\.\d+\.\d+/);
  });

  it('writes the same files as a run on this machine', async () => {
    const remote = await freshPlace();
    const project = await generate({ folder: remote });
    await configuration().update('engine', 'offline', vscode.ConfigurationTarget.Global);
    const local = await freshPlace();
    await generate({ folder: local });
    await configuration().update('engine', 'remote', vscode.ConfigurationTarget.Global);

    const paths = await filesBelow(local);
    assert.ok(paths.length > 50, `${paths.length} files`);
    assert.deepEqual(await filesBelow(remote), paths);
    assert.deepEqual([...(project?.files ?? [])].sort(), paths);
    for (const path of paths) assert.equal(await readText(remote, path), await readText(local, path), path);
  });

  it('can be undone as any other run', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder });
    await vscode.commands.executeCommand('takoss.undoGeneration', { id: project?.undoId, confirmed: true });
    assert.equal(await exists(folder), false);
  });

  it('says that the connection is lost, and finishes when it is back', async () => {
    const folder = await freshPlace();
    const seen: TrackerState[] = [];
    const listener = (await takoss()).onDidChangeState((state) => seen.push(state));
    network.after(40_000, () => {
      network.cut();
      setTimeout(() => network.restore(), 1500);
    });
    const running = generate({ folder });
    const lost = await stateWhere((state) => state.connection !== undefined);
    assert.equal(lost.run.status, 'running');
    assert.ok((lost.connection?.retryInMs ?? 0) <= 30_000);
    assert.notEqual(lost.connection?.reason, '');
    const project = await running;
    listener.dispose();

    const { run, connection } = (await takoss()).state;
    assert.equal(run.status, 'succeeded');
    assert.equal(connection, undefined);
    const back = seen.findIndex((state, index) => state.connection === undefined && seen[index - 1]?.connection);
    assert.ok(back > 0 && seen[back]?.run.status === 'running', 'it was normal again before the end');
    assert.deepEqual(await filesBelow(folder), [...(project?.files ?? [])].sort());
  });

  it('can be cancelled while the connection is lost', async () => {
    const folder = await freshPlace();
    network.after(40_000, () => network.cut());
    const running = generate({ folder });
    await stateWhere((state) => state.connection !== undefined);
    await vscode.commands.executeCommand('takoss.cancelGeneration');
    network.restore();
    assert.equal(await running, undefined);
    assert.equal((await takoss()).state.run.status, 'cancelled');
    assert.equal(await exists(folder), false);
  });

  it('that does not take the key any more ends the run with Sign In', async () => {
    const other = await TakossServer.start();
    network.target = other.port;
    try {
      const failure = await failureOf(generate({ folder: await freshPlace() }));
      assert.equal(failure.code, 'auth');
      assert.ok(!failure.message.includes(server.key), failure.message);
      assert.equal((await takoss()).state.actions[0], 'sign-in');
      const check = await vscode.commands.executeCommand<{ ok: boolean; error?: { code: string } }>(
        'takoss.testConnection',
      );
      assert.equal(check.error?.code, 'auth');
    } finally {
      network.target = server.port;
      await other.stop();
    }
  });

  it('that is not there is told by the test', async () => {
    network.cut();
    const check = await vscode.commands.executeCommand<{ ok: boolean; error?: { code: string } }>(
      'takoss.testConnection',
    );
    network.restore();
    assert.equal(check.error?.code, 'network');
  });

  it('is forgotten by signing out', async () => {
    await vscode.commands.executeCommand('takoss.signOut');
    const failure = await failureOf(generate({ folder: await freshPlace() }));
    assert.equal(failure.code, 'auth');
    assert.equal((await takoss()).state.projectName, blog.projectName);
  });
});
