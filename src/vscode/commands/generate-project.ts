import * as vscode from 'vscode';
import * as z from 'zod';
import { parseRequest } from '../../core/request.ts';
import type { GeneratedProject } from '../generated-project.ts';
import { requireNoRun, requireTrust } from '../guards.ts';
import type { RunPlan } from '../plan.ts';
import { Refusal, remedy } from '../problems.ts';
import { askForPlan } from '../questions/project-questions.ts';
import { textsOfActiveEditor } from '../questions/requirements-text.ts';
import { defaultTarget } from '../questions/target-question.ts';
import type { Services } from '../services.ts';
import { type RunPolicies, runPlan } from './run-plan.ts';

/** What other code may pass besides the fields of the request. */
const optionsSchema = z.object({
  /** Where the project goes. By default a new folder in the first folder of the workspace. */
  folder: z.custom<vscode.Uri>((value) => value instanceof vscode.Uri, 'folder must be a vscode.Uri.').optional(),
  onConflict: z.enum(['ask', 'overwrite', 'cancel']).default('ask'),
  /** What to do where nothing in the requirements was understood. */
  onWarning: z.enum(['ask', 'write', 'cancel']).default('ask'),
});

/**
 * *Takoss: Generate Project*. Asks for everything, or takes a request (`projectName`, `description`, `requirements`) with the options
 * above from the code that calls it. Returns undefined when the user leaves or cancels.
 */
export async function generateProject(services: Services, argument?: unknown): Promise<GeneratedProject | undefined> {
  requireTrust('Generating a project');
  requireNoRun(services.runs);
  if (argument !== undefined && argument !== null) {
    const { plan, policies } = planFrom(argument);
    return await runPlan(services, plan, policies);
  }
  const plan = await askForPlan(services.answers);
  return plan && (await runPlan(services, plan));
}

/** *Takoss: Generate with Takoss*, from the text of the active editor. */
export async function generateFromDocument(services: Services): Promise<GeneratedProject | undefined> {
  requireTrust('Generating a project');
  requireNoRun(services.runs);
  const [first] = textsOfActiveEditor();
  if (first === undefined) {
    throw new Refusal(
      'There are no requirements in the active editor. Write what the application should do, and try again.',
      [],
    );
  }
  const plan = await askForPlan(services.answers, { requirements: first.text });
  return plan && (await runPlan(services, plan));
}

function planFrom(argument: unknown): { plan: RunPlan; policies: RunPolicies } {
  const request = parseRequest(argument);
  const { folder, onConflict, onWarning } = optionsSchema.parse(argument);
  const target = folder ?? defaultTarget(request.projectName);
  if (target === undefined) {
    throw new Refusal('No folder is open, so there is no place for the project. Open a folder, or pass one.', [
      remedy('Open Folder…', 'vscode.openFolder'),
    ]);
  }
  return { plan: { request, folder: target }, policies: { conflicts: onConflict, warning: onWarning } };
}
