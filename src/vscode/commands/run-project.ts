import * as vscode from 'vscode';
import { folderName } from '../folder-label.ts';
import { requireTrust } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import { offer, Refusal, remedy } from '../problems.ts';
import { findProjectTask, startProjectTask, waitUntilReady } from '../project-task.ts';
import type { Services } from '../services.ts';
import { fileType } from '../workspace-file-system.ts';

/** *Takoss: Run Generated Project*: installs, builds and starts it in a terminal, then opens it in the browser. */
export async function runProject(services: Services): Promise<void> {
  requireTrust('Running a project');
  const folder = (await services.runs.lastPlan())?.folder;
  if (folder === undefined || (await fileType(vscode.Uri.joinPath(folder, 'package.json'))) === undefined) {
    throw new Refusal('There is no generated project here to run. Generate one first.', [
      remedy('Generate Project', commandIds.generateProject),
    ]);
  }
  if (!services.host.canStartPrograms) {
    throw new Refusal(
      'Programs cannot be started in a browser. Open the folder of the project in VS Code on a computer, and run it there.',
      [],
    );
  }
  if (folder.scheme !== 'file') {
    throw new Refusal(
      'The project is on a virtual file system, where npm cannot run. Copy it to a disk and start it there.',
      [],
    );
  }
  const name = services.runs.state.projectName ?? folderName(folder);
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
      services.log.info(`The project answers on port ${task.port}.`);
      const address = await vscode.env.asExternalUri(vscode.Uri.parse(`http://localhost:${task.port}/`));
      await vscode.env.openExternal(address);
      return;
    }
    case 'ended':
      complain(
        `${name} did not start: its task ended with exit code ${readiness.exitCode ?? 'unknown'}. The terminal says why.`,
      );
      return;
    case 'too-late':
      complain(`${name} does not answer on port ${task.port}. The terminal may say why.`);
      return;
    default:
  }
}

function complain(message: string): void {
  offer(vscode.window.showErrorMessage, message, [
    remedy('Show Terminal', 'workbench.action.terminal.focus'),
    remedy('Try Again', commandIds.runProject),
  ]);
}
