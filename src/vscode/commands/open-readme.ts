import * as vscode from 'vscode';
import { commandIds } from '../identifiers.ts';
import { Refusal, remedy } from '../problems.ts';
import type { Services } from '../services.ts';
import { fileType } from '../workspace-file-system.ts';

/** Shows the README of the last generated project. */
export async function openReadme({ runs }: Services): Promise<void> {
  const folder = (await runs.lastPlan())?.folder;
  const readme = folder && vscode.Uri.joinPath(folder, 'README.md');
  if (readme === undefined || (await fileType(readme)) === undefined) {
    throw new Refusal('There is no generated project with a README here. Generate one first.', [
      remedy('Generate Project', commandIds.generateProject),
    ]);
  }
  await vscode.commands.executeCommand('markdown.showPreview', readme);
}

/** Opens a file of the last generated project, once it has been written. */
export async function openGeneratedFile({ runs }: Services, path: string): Promise<void> {
  const folder = (await runs.lastPlan())?.folder;
  const isOurs = runs.state.run.files.some((file) => file.path === path);
  if (folder === undefined || !isOurs || runs.state.run.status !== 'succeeded') return;
  const uri = vscode.Uri.joinPath(folder, path);
  if ((await fileType(uri)) === undefined) throw new Refusal(`${path} is not there any more.`, []);
  await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
}
