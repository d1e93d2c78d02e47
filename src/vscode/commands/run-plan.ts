import * as vscode from 'vscode';
import { TakossError } from '../../core/errors.ts';
import { type ConflictResolver, neverOverwrite } from '../../core/project-writer.ts';
import { shortWarning } from '../../core/run-words.ts';
import { chooseEngine } from '../engine/choose-engine.ts';
import { folderLabel } from '../folder-label.ts';
import type { GeneratedProject } from '../generated-project.ts';
import { requireNoRun } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import type { RunPlan } from '../plan.ts';
import { offer, type Remedy, remedy } from '../problems.ts';
import { askAboutConflicts } from '../questions/conflict-question.ts';
import { askAboutWarning } from '../questions/warning-question.ts';
import type { RunQuestions } from '../run-parts.ts';
import type { Services } from '../services.ts';
import { WorkspaceFileSystem } from '../workspace-file-system.ts';

/** What to do without asking. */
export interface RunPolicies {
  /** About files that are there with other content. */
  readonly conflicts: 'ask' | 'overwrite' | 'cancel';
  /** About a project that has nothing of its requirements in it. */
  readonly warning: 'ask' | 'write' | 'cancel';
}

const askAlways: RunPolicies = { conflicts: 'ask', warning: 'ask' };

/**
 * Runs a plan with the tracker in view and says how it went. Returns undefined when the user cancelled, or left the question for a model; throws the error of a run that failed.
 */
export async function runPlan(
  services: Services,
  plan: RunPlan,
  policies: RunPolicies = askAlways,
): Promise<GeneratedProject | undefined> {
  requireNoRun(services.runs);
  const choice = await chooseEngine(services);
  if (choice === undefined) return undefined;
  services.tracker.show({ preserveFocus: true });
  return await finish(services, services.runs.start(plan, questionsOf(services, plan, policies), choice));
}

/** Goes on with the run from before a reload of the window, and says how it went, as {@link runPlan} does. */
export async function resumePlan(services: Services): Promise<GeneratedProject | undefined> {
  return await finish(
    services,
    services.runs.resume((plan) => questionsOf(services, plan, askAlways)),
  );
}

async function finish(services: Services, run: Promise<GeneratedProject>): Promise<GeneratedProject | undefined> {
  try {
    const project = await run;
    // What was not understood will be said in other words: the answers stay.
    const isSettled = project.warning === undefined;
    if (isSettled && services.answers.answers.projectName.trim() === project.projectName)
      await services.answers.settle();
    announce(project, services.host.canStartPrograms);
    return project;
  } catch (error) {
    if (error instanceof TakossError && error.code === 'cancelled') return undefined;
    throw error;
  }
}

function questionsOf(services: Services, plan: RunPlan, policies: RunPolicies): RunQuestions {
  return {
    conflicts: resolver(services, plan, policies.conflicts),
    warning: (warning) =>
      policies.warning === 'ask'
        ? askAboutWarning(services, plan, warning)
        : Promise.resolve(policies.warning === 'write'),
  };
}

function resolver({ runs, documents }: Services, plan: RunPlan, policy: RunPolicies['conflicts']): ConflictResolver {
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

function announce(project: GeneratedProject, canStartPrograms: boolean): void {
  const { projectName, folder, files, shortfalls, warning, undoId } = project;
  const state = warning === undefined ? 'is ready' : 'was written with a warning';
  const sentence = `${projectName} ${state}: ${files.length} files in ${folderLabel(folder)}.`;
  const concerns = warning === undefined ? shortfalls : [`${shortWarning(warning)}.`, ...shortfalls];
  const show = concerns.length === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  offer(show, [sentence, ...concerns].join(' '), [
    ...(concerns.length === 0 ? [] : [remedy('Show Progress', commandIds.showProgress)]),
    ...openRemedies(folder),
    ...(canStartPrograms ? [remedy('Run It', commandIds.runProject)] : []),
    remedy('Open README', commandIds.openReadme),
    ...(undoId === undefined ? [] : [remedy('Undo', commandIds.undoGeneration, { id: undoId })]),
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
