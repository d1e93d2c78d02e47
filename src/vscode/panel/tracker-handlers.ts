import * as vscode from 'vscode';
import type { TrackerAction } from '../../protocol/messages.ts';
import { commandIds } from '../identifiers.ts';
import type { TrackerHandlers } from './tracker-panel.ts';

/** The command behind each button of the tracker. */
const commands: Readonly<Record<TrackerAction, string>> = {
  cancel: commandIds.cancelGeneration,
  clear: commandIds.clearProgress,
  generate: commandIds.generateProject,
  'open-readme': commandIds.openReadme,
  'run-app': commandIds.runProject,
  undo: commandIds.undoGeneration,
  retry: commandIds.retryGeneration,
  'show-log': commandIds.showLog,
  'sign-in': commandIds.signIn,
};

/** A click in the tracker is the same as the command from the palette. */
export const trackerHandlers: TrackerHandlers = {
  act: (action) => void vscode.commands.executeCommand(commands[action]),
  openFile: (path) => void vscode.commands.executeCommand(commandIds.openGeneratedFile, path),
};
