import * as vscode from 'vscode';
import { TakossError } from '../../core/errors.ts';
import { type ConflictResolver, neverOverwrite } from '../../core/project-writer.ts';
import { chooseEngine } from '../engine/choose-engine.ts';
import { folderLabel } from '../folder-label.ts';
import type { GeneratedProject } from '../generated-project.ts';
import { requireNoRun } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import type { RunPlan } from '../plan.ts';
import { offer, type Remedy, remedy } from '../problems.ts';
import { askAboutConflicts } from '../questions/conflict-question.ts';
import type { Services } from '../services.ts';
import { WorkspaceFileSystem } from '../workspace-file-system.ts';

/** What to do about files that are there with other content. */
export type ConflictPolicy = 'ask' | 'overwrite' | 'cancel';

/**
 * Runs a plan with the tracker in view and says how it went. Returns undefined when the user cancelled, or left the question for a model; throws the error of a run that failed.
 */
export async function runPlan(
  services: Services,
  plan: RunPlan,
  policy: ConflictPolicy = 'ask',
): Promise<GeneratedProject | undefined> {
  requireNoRun(services.runs);
  const choice = await chooseEngine(services);
  if (choice === undefined) return undefined;
  services.tracker.show({ preserveFocus: true });
  return await finish(services, services.runs.start(plan, resolver(services, plan, policy), choice));
}

/** Goes on with the run of before a reload of the window, and says how it went, as {@link runPlan} does. */
export async function resumePlan(services: Services): Promise<GeneratedProject | undefined> {
  return await finish(
    services,
    services.runs.resume((plan) => resolver(services, plan, 'ask')),
  );
}

async function finish(services: Services, run: Promise<GeneratedProject>): Promise<GeneratedProject | undefined> {
  try {
    const project = await run;
    if (services.answers.answers.projectName.trim() === project.projectName) await services.answers.settle();
    announce(project);
    return project;
  } catch (error) {
    if (error instanceof TakossError && error.code === 'cancelled') return undefined;
    throw error;
  }
}

function resolver({ runs, documents }: Services, plan: RunPlan, policy: ConflictPolicy): ConflictResolver {
  if (policy === 'cancel') return neverOverwrite;
  if (policy === 'overwrite') return async () => ({ action: 'overwrite' });
  let { folder } = plan;
  return async (conflicts) => {
    const answer = await askAboutConflicts({ projectName: plan.request.projectName, folder }, conflicts, documents);
    // To the user this is a cancelled run, not a failed one.
    if (answer.action === 'cancel') runs.requestCancel();
    if (answer.action === 'elsewhere' && answer.fileSystem instanceof WorkspaceFileSystem)
      folder = answer.fileSystem.root;
    return answer;
  };
}

function announce({ projectName, folder, files, shortfalls }: GeneratedProject): void {
  const sentence = `${projectName} is ready: ${files.length} files in ${folderLabel(folder)}.`;
  const show = shortfalls.length === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  offer(show, [sentence, ...shortfalls].join(' '), [
    ...(shortfalls.length === 0 ? [] : [remedy('Show Progress', commandIds.showProgress)]),
    ...openRemedies(folder),
    remedy('Run It', commandIds.runProject),
    remedy('Open README', commandIds.openReadme),
    remedy('Undo', commandIds.undoGeneration),
  ]);
}

/** A project outside of the workspace is out of sight until it is opened. */
function openRemedies(folder: vscode.Uri): readonly Remedy[] {
  if (vscode.workspace.getWorkspaceFolder(folder) !== undefined) return [];
  const { workspaceFolders = [] } = vscode.workspace;
  if (workspaceFolders.length === 0) return [remedy('Open Folder', 'vscode.openFolder', folder)];
  const add = (): boolean => vscode.workspace.updateWorkspaceFolders(workspaceFolders.length, 0, { uri: folder });
  return [{ title: 'Add to Workspace', run: add }];
}
