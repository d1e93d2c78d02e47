import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { neverOverwrite } from '../../../src/core/project-writer.ts';
import { createGenerator } from '../../../src/vscode/create-generator.ts';
import { browserHost } from '../../../src/vscode/engine/host-parts.ts';
import { TokenStore } from '../../../src/vscode/remote/token-store.ts';
import { RunController } from '../../../src/vscode/run-controller.ts';
import { RunMemory } from '../../../src/vscode/run-memory.ts';
import type { RunQuestions } from '../../../src/vscode/run-parts.ts';
import { UndoStore } from '../../../src/vscode/undo-store.ts';
import { exists, filesBelow, freshPlace } from '../support/folders.ts';
import { blog, failureOf, until } from '../support/takoss.ts';
import { TakossServer } from '../support/takoss-server.ts';
import { UnreliableNetwork } from '../support/unreliable-network.ts';

const questions: RunQuestions = { conflicts: neverOverwrite, warning: () => Promise.resolve(true) };

/** What VS Code keeps over a reload: every value goes through JSON, as it does there. */
class KeptState implements vscode.Memento {
  values = new Map<string, string>();

  keys(): readonly string[] {
    return [...this.values.keys()];
  }

  get<T>(key: string): T | undefined;
  get<T>(key: string, fallback: T): T;
  get<T>(key: string, fallback?: T): T | undefined {
    const text = this.values.get(key);
    return text === undefined ? fallback : JSON.parse(text);
  }

  async update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.values.delete(key);
    else this.values.set(key, JSON.stringify(value));
  }
}

describe('after a reload of the window, a run on a server', () => {
  let server: TakossServer;
  let network: UnreliableNetwork;
  let kept: KeptState;
  let logged: string[];

  before(async () => {
    server = await TakossServer.start();
  });
  after(() => server?.stop());
  beforeEach(async () => {
    network = await UnreliableNetwork.to(server.port);
    kept = new KeptState();
    logged = [];
    const configuration = vscode.workspace.getConfiguration('takoss');
    await configuration.update('remote.endpoint', network.endpoint, vscode.ConfigurationTarget.Global);
    await configuration.update('engine', 'remote', vscode.ConfigurationTarget.Global);
  });
  afterEach(async () => {
    const configuration = vscode.workspace.getConfiguration('takoss');
    await configuration.update('engine', undefined, vscode.ConfigurationTarget.Global);
    await configuration.update('remote.endpoint', undefined, vscode.ConfigurationTarget.Global);
    await network.close();
    const everything = [...logged, ...kept.values.values()].join('\n');
    assert.ok(logged.length > 0);
    assert.ok(!everything.includes(server.key), 'the key is in the log or in the state');
  });

  /** A window: what it remembers is what the one before it kept. */
  function openWindow(token: () => string | undefined = () => server.key): RunController {
    const write = (...parts: unknown[]) => {
      logged.push(parts.map((part) => (part instanceof Error ? String(part.stack) : String(part))).join(' '));
    };
    const channel = vscode.window.createOutputChannel('Takoss Test', { log: true });
    const log = { ...channel, info: write, warn: write, error: write, debug: write, trace: write };
    const secrets = {
      get: async () => token(),
      store: async () => undefined,
      delete: async () => undefined,
      onDidChange: () => new vscode.Disposable(() => undefined),
    };
    const tokens = new TokenStore(secrets);
    return new RunController({
      log,
      memory: new RunMemory(kept),
      undo: new UndoStore(vscode.Uri.file('/nowhere')),
      canStartPrograms: true,
      createGenerator: (options) =>
        createGenerator({ tokens, host: browserHost, storage: vscode.Uri.file('/nowhere') }, options),
      canResume: true,
    });
  }

  /** Starts a run of which a part has come, and then nothing more. */
  async function startStalled(window: RunController, folder: vscode.Uri): Promise<void> {
    let isStalled = false;
    network.after(60_000, () => {
      isStalled = true;
    });
    window.start({ request: blog, folder }, questions, { kind: 'remote' }).catch(() => undefined);
    await until(() => isStalled && window.state.run.files.length > 0);
  }

  it('goes on, is followed again, and its files are written', async () => {
    const folder = await freshPlace();
    const first = openWindow();
    await startStalled(first, folder);
    await first.interrupt();
    assert.equal(first.state.run.status, 'running', 'nobody is told that it has ended');
    assert.equal(await exists(folder), false);

    const second = openWindow();
    assert.equal(second.canResume, true);
    assert.equal(second.state.run.status, 'running');
    assert.deepEqual(second.state.actions, ['cancel']);
    const project = await second.resume(() => questions);
    assert.equal(second.state.run.status, 'succeeded');
    assert.equal(second.state.isInterrupted, false);
    assert.equal(project.folder.toString(), folder.toString());
    assert.ok(project.files.length > 50);
    assert.deepEqual(await filesBelow(folder), [...project.files].sort());

    const third = openWindow();
    assert.equal(third.canResume, false);
    assert.equal(third.state.run.status, 'succeeded');
  });

  it('waits for who is not signed in any more, and goes on after that', async () => {
    const folder = await freshPlace();
    const first = openWindow();
    await startStalled(first, folder);
    await first.interrupt();

    let token: string | undefined;
    const second = openWindow(() => token);
    const failure = await failureOf(second.resume(() => questions));
    assert.equal(failure.code, 'auth');
    assert.deepEqual(second.state.actions, ['sign-in', 'retry', 'show-log', 'clear']);
    assert.equal(second.state.run.phases.filter(({ status }) => status === 'failed').length, 1);
    token = server.key;
    assert.equal(second.canResume, true);
    const project = await second.resume(() => questions);
    assert.equal(second.state.run.status, 'succeeded');
    assert.ok(second.state.run.phases.every(({ status }) => status === 'done'));
    assert.deepEqual(await filesBelow(folder), [...project.files].sort());
  });

  it('that was cancelled in time does not come back', async () => {
    const first = openWindow();
    await startStalled(first, await freshPlace());
    await first.cancel();
    assert.equal(openWindow().canResume, false);
    assert.equal(openWindow().state.isInterrupted, false);
  });

  it('that the server no longer has is shown as interrupted, with Retry', async () => {
    const folder = await freshPlace();
    const first = openWindow();
    await startStalled(first, folder);
    await first.interrupt();
    const lost = { ...kept.get<object>('takoss.remoteRun'), runId: crypto.randomUUID() };
    await kept.update('takoss.remoteRun', lost);
    const second = openWindow();
    const failure = await failureOf(second.resume(() => questions));
    assert.equal(failure.code, 'protocol');
    assert.equal(second.state.run.status, 'cancelled');
    assert.equal(second.state.isInterrupted, true);
    assert.match(second.state.run.error?.message ?? '', /no longer has the run.*Retry/);
    assert.deepEqual(second.state.actions, ['retry', 'clear']);
    assert.equal(await exists(folder), false);
    assert.equal(openWindow().canResume, false);
  });
});
