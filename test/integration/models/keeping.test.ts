import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { modelProviders } from '../../../src/engines/catalog.ts';
import { claudeProvider as claude } from '../../../src/engines/claude/provider.ts';
import { ProviderKeys } from '../../../src/vscode/engine/provider-keys.ts';
import { WorkFolder } from '../../../src/vscode/engine/work-folder.ts';
import { redactingLog } from '../../../src/vscode/log.ts';
import { freshPlace } from '../support/folders.ts';

describe('The key for Claude', () => {
  /** Secrets as VS Code keeps them, for one window. */
  function secretsOf(kept: Map<string, string>): vscode.SecretStorage {
    return {
      keys: async () => [...kept.keys()],
      get: async (name: string) => kept.get(name),
      store: async (name: string, value: string) => void kept.set(name, value),
      delete: async (name: string) => void kept.delete(name),
      onDidChange: () => new vscode.Disposable(() => undefined),
    } as vscode.SecretStorage;
  }

  it('is the one that is kept, else that of the environment', async () => {
    const environment = new Map([['CLAUDE_API_KEY', ' key-of-environment ']]);
    const keys = new ProviderKeys(secretsOf(new Map()), (name) => environment.get(name), modelProviders);
    assert.deepEqual(await keys.get(claude), {
      credential: { kind: 'api-key', secret: 'key-of-environment' },
      source: 'environment',
    });
    environment.set('ANTHROPIC_API_KEY', 'another-key');
    assert.equal((await keys.get(claude))?.credential.secret, 'another-key');
    await keys.set(claude, 'kept-key');
    assert.deepEqual(await keys.get(claude), {
      credential: { kind: 'api-key', secret: 'kept-key' },
      source: 'secrets',
    });
    await keys.delete(claude);
    assert.equal((await keys.get(claude))?.source, 'environment');
  });

  it('never gets into the log, whoever puts it into a message', async () => {
    const keys = new ProviderKeys(
      secretsOf(new Map([['takoss.claudeApiKey', 'a-key-of-any-form']])),
      () => undefined,
      modelProviders,
    );
    await keys.get(claude);
    const lines: string[] = [];
    const write = (...parts: unknown[]): void => void lines.push(parts.map(String).join(' '));
    const channel = vscode.window.createOutputChannel('Takoss Test Keys', { log: true });
    const log = redactingLog(
      { ...channel, info: write, warn: write, error: write } as vscode.LogOutputChannel,
      (text) => keys.redact(text),
    );
    log.info('The key is a-key-of-any-form.');
    log.warn('Another one:', 'sk-ant-api03-abcdefgh_12345678');
    log.error(new Error('Refused: a-key-of-any-form'));
    channel.dispose();
    assert.equal(lines.length, 3);
    assert.ok(!/any-form|abcdefgh/.test(lines.join('\n')), lines.join('\n'));
    assert.match(lines[2] ?? '', /Refused: \[key\]/);
  });
});

describe('Finished work', () => {
  const key = (character: string): string => character.repeat(64);

  it('is found again by its key', async () => {
    const place = await freshPlace();
    const work = new WorkFolder(place);
    assert.equal(await work.get(key('a')), undefined);
    await work.set(key('a'), 'café');
    await work.set(key('a'), 'tea');
    assert.equal(await new WorkFolder(place).get(key('a')), 'tea');
    const names = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(place, 'work'));
    assert.deepEqual(
      names.map(([name]) => name),
      [key('a')],
    );
  });

  it('is forgotten after a month', async () => {
    const work = new WorkFolder(await freshPlace());
    await work.prune(Date.now());
    await work.set(key('b'), 'old');
    await work.prune(Date.now() + 29 * 24 * 3_600_000);
    assert.equal(await work.get(key('b')), 'old');
    await work.prune(Date.now() + 31 * 24 * 3_600_000);
    assert.equal(await work.get(key('b')), undefined);
  });

  it('that cannot be kept does no harm', async () => {
    const work = new WorkFolder(vscode.Uri.parse('takoss-nowhere:/storage'));
    await work.set(key('c'), 'lost');
    await work.prune(Date.now());
    assert.equal(await work.get(key('c')), undefined);
  });
});
