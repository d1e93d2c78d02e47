import * as vscode from 'vscode';
import type { RunWarning } from '../../core/run-warning.ts';
import { shortWarning } from '../../core/run-words.ts';
import type { RunPlan } from '../plan.ts';
import type { Services } from '../services.ts';
import { editRequirements } from './requirements-question.ts';

/**
 * Says that a project has nothing of its requirements in it, before it is written, and what to do. Returns whether to write it all the same;
 * the run is cancelled otherwise, and *Edit Requirements* opens them after it. Where VS Code shows no dialog, as while tests run, the project is written, and
 * the warning stands there afterwards.
 */
export async function askAboutWarning(
  { runs, answers, log }: Services,
  { request }: RunPlan,
  warning: RunWarning,
): Promise<boolean> {
  const edit = { title: 'Edit Requirements' };
  const write = { title: 'Write Files Anyway' };
  const detail = `${warning.message}\n\nNo file of ${request.projectName} has been written yet.`;
  log.warn(`${warning.code}: the user is asked whether to write the project all the same.`);
  const answer = await ask(`${shortWarning(warning)}.`, detail, [edit, write]).catch((error: unknown) => {
    log.warn(`The question could not be shown: ${error instanceof Error ? error.message : String(error)}`);
    return write;
  });
  if (answer === write) return true;
  // To the user this is a cancelled run, not a failed one.
  runs.requestCancel();
  if (answer === edit) await editRequirements(answers, request);
  return false;
}

async function ask<T extends vscode.MessageItem>(
  question: string,
  detail: string,
  answers: readonly T[],
): Promise<T | undefined> {
  return await vscode.window.showWarningMessage(question, { modal: true, detail }, ...answers);
}
