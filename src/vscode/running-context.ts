import * as vscode from 'vscode';
import { contextKeys } from './identifiers.ts';
import type { RunController } from './run-controller.ts';

/** Keeps the context key that enables and disables commands up to date. */
export function keepRunningContext(runs: RunController): vscode.Disposable {
  let shown = false;
  return runs.onDidChange(() => {
    const isRunning = runs.state.run.status === 'running';
    if (isRunning === shown) return;
    shown = isRunning;
    void vscode.commands.executeCommand('setContext', contextKeys.running, isRunning);
  });
}
