import * as vscode from 'vscode';
import { providerNamed } from '../../hosts/engine-names.ts';
import type { TrackerAction } from '../../protocol/messages.ts';
import { extensionProviders } from '../engine/extension-providers.ts';
import { commandIds } from '../identifiers.ts';
import { openBilling, openSetting, setKey } from '../problems.ts';
import type { TrackerHandlers } from './tracker-panel.ts';

/** Buttons that are about the provider of the run. */
type ProviderAction = 'open-billing' | 'set-key';

const changeBudget = openSetting('Change Budget', 'budgetUsd');

/** The command behind each button of the tracker. */
const commands: Readonly<Record<Exclude<TrackerAction, ProviderAction | 'change-budget'>, string>> = {
  cancel: commandIds.cancelGeneration,
  clear: commandIds.clearProgress,
  generate: commandIds.generateProject,
  'open-readme': commandIds.openReadme,
  'run-app': commandIds.runProject,
  undo: commandIds.undoGeneration,
  retry: commandIds.retryGeneration,
  'show-log': commandIds.showLog,
  'sign-in': commandIds.signIn,
  'choose-model': commandIds.chooseModel,
};

/** A click in the tracker is the same as the command from the palette. */
export const trackerHandlers: TrackerHandlers = {
  act: (action, { generation, engine }) => {
    if (action === 'open-billing' || action === 'set-key') return actFor(action, engine?.kind);
    if (action === 'change-budget') {
      void changeBudget.run();
      return;
    }
    // What is undone is the run that is shown, not one of others.
    const argument = action === 'undo' && generation !== undefined ? [{ id: generation }] : [];
    // Commands tell the user themselves what goes wrong.
    void vscode.commands.executeCommand(commands[action], ...argument).then(undefined, () => undefined);
  },
  openFile: (path) => void vscode.commands.executeCommand(commandIds.openGeneratedFile, path),
};

function actFor(action: ProviderAction, engine: string | undefined): void {
  const provider = engine === undefined ? undefined : providerNamed(extensionProviders, engine);
  if (provider === undefined) return;
  const remedies = action === 'set-key' ? [setKey(provider)] : openBilling(provider);
  for (const { run } of remedies) void Promise.resolve(run()).then(undefined, () => undefined);
}
