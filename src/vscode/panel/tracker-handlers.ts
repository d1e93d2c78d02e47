import * as vscode from 'vscode';
import type { TrackerAction } from '../../protocol/messages.ts';
import { commandIds } from '../identifiers.ts';
import { openBilling, openSetting } from '../problems.ts';
import type { TrackerHandlers } from './tracker-panel.ts';

/** Buttons that lead out of the extension. */
const others = {
  'open-billing': openBilling,
  'change-budget': openSetting('Change Budget', 'budgetUsd'),
} as const;

/** The command behind each button of the tracker. */
const commands: Readonly<Record<Exclude<TrackerAction, keyof typeof others>, string>> = {
  cancel: commandIds.cancelGeneration,
  clear: commandIds.clearProgress,
  generate: commandIds.generateProject,
  'open-readme': commandIds.openReadme,
  'run-app': commandIds.runProject,
  undo: commandIds.undoGeneration,
  retry: commandIds.retryGeneration,
  'show-log': commandIds.showLog,
  'sign-in': commandIds.signIn,
  'set-key': commandIds.setClaudeKey,
  'choose-model': commandIds.chooseModel,
};

/** A click in the tracker is the same as the command from the palette. */
export const trackerHandlers: TrackerHandlers = {
  act: (action, { generation }) => {
    if (action === 'open-billing' || action === 'change-budget') {
      void others[action].run();
      return;
    }
    // What is undone is the run that is shown, not one of others.
    const argument = action === 'undo' && generation !== undefined ? [{ id: generation }] : [];
    // Commands tell the user themselves what goes wrong.
    void vscode.commands.executeCommand(commands[action], ...argument).then(undefined, () => undefined);
  },
  openFile: (path) => void vscode.commands.executeCommand(commandIds.openGeneratedFile, path),
};
