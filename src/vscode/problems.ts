import * as vscode from 'vscode';
import { type ErrorCode, TakossError } from '../core/errors.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { providerNamed } from '../hosts/engine-names.ts';
import type { RunEngine } from '../protocol/messages.ts';
import { extensionProviders } from './engine/extension-providers.ts';
import { commandIds } from './identifiers.ts';

/** A button under a message: what to do about a problem. */
export interface Remedy {
  readonly title: string;
  readonly run: () => unknown;
}

/** A remedy that runs one of the extension's or VS Code's commands. */
export function remedy(title: string, command: string, ...args: readonly unknown[]): Remedy {
  return { title, run: () => vscode.commands.executeCommand(command, ...args) };
}

/** A request that is refused before anything happens, with what to do about it. */
export class Refusal extends TakossError {
  readonly remedies: readonly Remedy[];

  constructor(message: string, remedies: readonly Remedy[]) {
    super('invalid-request', message);
    this.remedies = remedies;
  }
}

/** A remedy that shows one of the extension's settings. */
export function openSetting(title: string, name: string): Remedy {
  return remedy(title, 'workbench.action.openSettings', `takoss.${name}`);
}

/** A remedy that shows where credit is bought for a provider; none where that is not known. */
export function openBilling(provider: ModelProvider | undefined): readonly Remedy[] {
  const url = provider?.credential?.billingUrl;
  if (url === undefined) return [];
  return [{ title: 'Open Billing', run: () => vscode.env.openExternal(vscode.Uri.parse(url)) }];
}

/** A remedy that asks for the key of a provider. */
export function setKey({ id, label }: ModelProvider): Remedy {
  return remedy(`Set ${label} API Key`, commandIds.setApiKey, { provider: id });
}

const showLog = remedy('Show Log', commandIds.showLog);
const retry = remedy('Retry', commandIds.retryGeneration);
const signIn = remedy('Sign In', commandIds.signIn);
const testConnection = remedy('Test Connection', commandIds.testConnection);
const chooseModel = remedy('Choose Model', commandIds.chooseModel);
const elsewhere = remedy('Choose Another Folder', commandIds.retryGeneration, { chooseFolder: true });

/** What a person can do about each kind of failure. The sentence itself comes with the error. */
const remedies: Readonly<Record<ErrorCode, readonly Remedy[]>> = {
  'invalid-request': [remedy('Edit Answers', commandIds.generateProject)],
  cancelled: [retry],
  auth: [signIn, showLog],
  'rate-limit': [retry, showLog],
  network: [retry, showLog],
  protocol: [retry, showLog],
  model: [retry, showLog],
  'model-key': [chooseModel, retry, showLog],
  'model-credit': [chooseModel, retry, showLog],
  'model-unknown': [chooseModel, retry, showLog],
  'model-overloaded': [retry, showLog],
  'write-conflict': [elsewhere, retry],
  'write-failed': [elsewhere, retry, showLog],
  'unsafe-path': [retry, showLog],
  budget: [openSetting('Change Budget', 'budgetUsd'), retry, showLog],
  storage: [retry, showLog],
  internal: [showLog, retry],
};

/** Whose key it is about where no run says so. */
const keyed = extensionProviders.find(({ credential }) => credential !== undefined);

/** Where other things help than usually: with a server of ours, with a model that is paid for with a key, with one that is part of a plan. */
function remediesOf(engine: string | undefined, code: ErrorCode): readonly Remedy[] | undefined {
  if (engine === 'remote') {
    if (code === 'network') return [retry, testConnection, showLog];
    return code === 'model-key' || code === 'model-credit' || code === 'model-unknown'
      ? [retry, chooseModel, showLog]
      : undefined;
  }
  const provider = engine === undefined ? keyed : (providerNamed(extensionProviders, engine) ?? keyed);
  if (provider === undefined) return undefined;
  if (provider.credential === undefined) return code === 'network' ? [retry, chooseModel, showLog] : undefined;
  if (code === 'model-key') return [setKey(provider), retry, showLog];
  return code === 'model-credit' ? [...openBilling(provider), retry, showLog] : undefined;
}

/**
 * Tells the user what went wrong, with a button for each thing to do about it. `engine` is that of the run it happened in. A run the user
 * cancelled needs no telling.
 */
export function reportProblem(error: TakossError, engine?: RunEngine['kind']): void {
  if (error.code === 'cancelled') return;
  if (error instanceof Refusal) {
    offer(vscode.window.showWarningMessage, error.message, error.remedies);
    return;
  }
  const own = remediesOf(engine, error.code);
  offer(vscode.window.showErrorMessage, error.message, own ?? remedies[error.code]);
}

/** Shows a message with buttons, and does what is chosen whenever that happens. */
export function offer(
  show: (message: string, ...items: Remedy[]) => Thenable<Remedy | undefined>,
  message: string,
  choices: readonly Remedy[],
): void {
  // Without a button VS Code folds a message to one line, which cuts off the part that says what to do.
  const buttons = choices.length > 0 ? choices : [{ title: 'OK', run: () => undefined }];
  void show(message, ...buttons)
    .then((chosen) => chosen?.run())
    // Commands tell the user themselves what goes wrong.
    .then(undefined, () => undefined);
}
