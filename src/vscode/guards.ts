import * as vscode from 'vscode';
import { commandIds } from './identifiers.ts';
import { Refusal, remedy } from './problems.ts';
import { busySentence, type RunController } from './run-controller.ts';

/** Throws a {@link Refusal} in a workspace the user does not trust. `what` is a sentence's subject: `Generating a project`. */
export function requireTrust(what: string): void {
  if (vscode.workspace.isTrusted) return;
  throw new Refusal(`${what} needs a workspace you trust. Trust this one, or open another folder, and try again.`, [
    remedy('Manage Workspace Trust', 'workbench.trust.manage'),
  ]);
}

/** Throws a {@link Refusal} while a run is on. */
export function requireNoRun(runs: RunController): void {
  if (!runs.isRunning) return;
  throw new Refusal(busySentence(runs.state.projectName), [
    remedy('Show Progress', commandIds.showProgress),
    remedy('Cancel Generation', commandIds.cancelGeneration),
  ]);
}
