import * as vscode from 'vscode';
import { AnswerStore } from './answer-store.ts';
import { registerCommands, resumeRun } from './commands/register-commands.ts';
import { createGenerator } from './create-generator.ts';
import { extensionProviders as providers } from './engine/extension-providers.ts';
import { browserHost, type HostParts } from './engine/host-parts.ts';
import { ProviderKeys } from './engine/provider-keys.ts';
import { createApi, type TakossApi } from './extension-api.ts';
import { GeneratedDocuments } from './generated-documents.ts';
import { redactingLog } from './log.ts';
import { trackerHandlers } from './panel/tracker-handlers.ts';
import { TrackerPanel } from './panel/tracker-panel.ts';
import { TokenStore } from './remote/token-store.ts';
import { RunController } from './run-controller.ts';
import { RunMemory } from './run-memory.ts';
import { RunningApps } from './running-apps.ts';
import { keepRunningContext } from './running-context.ts';
import { StatusBar } from './status-bar.ts';
import { UndoStore } from './undo-store.ts';

let stop: (() => Promise<void>) | undefined;

/** Called when one of the commands is first used, or a tracker of an earlier session comes back. `host` adds what only some hosts have. */
export function activate(context: vscode.ExtensionContext, host: HostParts = browserHost): TakossApi {
  const channel = vscode.window.createOutputChannel('Takoss', { log: true });
  const keys = new ProviderKeys(context.secrets, host.environment, providers);
  const log = redactingLog(channel, (text) => keys.redact(text));
  const answers = new AnswerStore(context.globalState);
  const memory = new RunMemory(context.workspaceState);
  // Without a folder there is no storage of the workspace.
  const undo = new UndoStore(context.storageUri ?? context.globalStorageUri);
  const documents = new GeneratedDocuments();
  const tokens = new TokenStore(context.secrets);
  const runs = new RunController({
    log,
    memory,
    undo,
    canStartPrograms: host.canStartPrograms,
    createGenerator: (options) => createGenerator({ tokens, host, storage: context.globalStorageUri }, options),
    canResume: vscode.workspace.isTrusted,
  });
  const tracker = new TrackerPanel(context.extensionUri, runs, trackerHandlers);
  const statusBar = new StatusBar(runs);
  const apps = new RunningApps();
  const services = { log, runs, answers, undo, documents, tracker, tokens, providers, keys, host, apps };
  const commands = registerCommands(services);
  context.subscriptions.push(channel, documents, runs, tracker, statusBar, keepRunningContext(runs), apps, commands);
  stop = () => runs.interrupt();
  void resumeRun(services);
  return createApi(runs, tracker);
}

/** A run that is on when the window closes takes back what it wrote; one on a server goes on there. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
