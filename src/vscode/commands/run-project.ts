import * as vscode from 'vscode';
import * as z from 'zod';
import { folderName } from '../folder-label.ts';
import { requireTrust } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import { offer, Refusal, remedy } from '../problems.ts';
import { findProjectTask, missingInstall, startProjectTask, waitUntilReady } from '../project-task.ts';
import { askPick } from '../questions/multi-step.ts';
import { addressOf } from '../running-apps.ts';
import type { Services } from '../services.ts';
import { fileType } from '../workspace-file-system.ts';

/** What the status bar passes: an application that is on, for which the user is asked what to do. */
const optionsSchema = z.object({ running: z.string().optional() });

/** *Takoss: Run Application*: installs what is missing, builds and starts it in a terminal, then opens it in the browser. */
export async function runProject(services: Services, argument?: unknown): Promise<void> {
  const { running } = optionsSchema.parse(argument ?? {});
  if (running !== undefined && (await askAboutRunning(services, running))) return;
  requireTrust('Running a project');
  if (!services.host.canStartPrograms) {
    throw new Refusal(
      'Programs cannot be started in a browser. Open the folder of the project in VS Code on a computer, and run it there.',
      [],
    );
  }
  const folder = (await services.runs.lastPlan())?.folder;
  if (folder === undefined || (await fileType(vscode.Uri.joinPath(folder, 'package.json'))) === undefined) {
    throw new Refusal('There is no generated project here to run. Generate one first.', [
      remedy('Generate Project', commandIds.generateProject),
    ]);
  }
  if (folder.scheme !== 'file') {
    throw new Refusal(
      'The project is on a virtual file system, where npm cannot run. Copy it to a disk and start it there.',
      [],
    );
  }
  await start(services, folder);
}

async function start({ runs, apps, log }: Services, folder: vscode.Uri): Promise<void> {
  const name = runs.state.projectName ?? folderName(folder);
  const task = findProjectTask(folder) ?? (await startProjectTask(folder, name));
  const readiness = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: `Starting ${name}`, cancellable: true },
    async (progress, token) => {
      progress.report({ message: 'the terminal shows how it goes' });
      token.onCancellationRequested(() => task.execution.terminate());
      const outcome = await waitUntilReady(task);
      return token.isCancellationRequested ? undefined : outcome;
    },
  );
  switch (readiness?.kind) {
    case 'ready': {
      log.info(`The project answers on port ${task.port}.`);
      const address = await addressOf(task.port);
      apps.show({ name, folder, address });
      await vscode.env.openExternal(address);
      offer(vscode.window.showInformationMessage, `${name} is running at ${address.toString(true)}`, [
        { title: 'Open', run: () => vscode.env.openExternal(address) },
        { title: 'Stop', run: () => task.execution.terminate() },
      ]);
      return;
    }
    case 'ended': {
      // What is still missing after an installation was not installed by it.
      const install = await missingInstall(folder);
      complain(
        install === undefined
          ? `${name} did not start: its task ended with exit code ${readiness.exitCode ?? 'unknown'}. The terminal says why.`
          : `The packages of ${name} could not be installed: "${install}" failed. The terminal says why; check the connection to the npm registry, and try again.`,
      );
      return;
    }
    case 'too-late':
      complain(`${name} does not answer on port ${task.port}. The terminal may say why.`);
      return;
    default:
  }
}

/** Asks what to do with an application that is running. Returns false where it has stopped or was never started. */
async function askAboutRunning({ apps }: Services, project: string): Promise<boolean> {
  const app = apps.find(project);
  const task = app && findProjectTask(app.folder);
  if (app === undefined || task === undefined) return false;
  const choices: readonly (vscode.QuickPickItem & { readonly run: () => unknown })[] = [
    {
      label: '$(link-external) Open in Browser',
      description: app.address.toString(true),
      run: () => vscode.env.openExternal(app.address),
    },
    {
      label: '$(terminal) Show Terminal',
      run: () => vscode.commands.executeCommand('workbench.action.terminal.focus'),
    },
    { label: '$(debug-stop) Stop', run: () => task.execution.terminate() },
  ];
  const answer = await askPick(
    { title: `${app.name} is running`, step: 1, total: 1, canGoBack: false },
    { placeholder: 'What now?', items: choices },
  );
  if (answer.kind === 'next') await answer.value.run();
  return true;
}

function complain(message: string): void {
  offer(vscode.window.showErrorMessage, message, [
    remedy('Show Terminal', 'workbench.action.terminal.focus'),
    remedy('Try Again', commandIds.runProject),
  ]);
}
