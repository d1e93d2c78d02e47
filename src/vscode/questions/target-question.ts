import * as vscode from 'vscode';
import { slugify } from '../../core/request.ts';
import { folderLabel } from '../folder-label.ts';
import { isEmptyOrMissing } from '../workspace-file-system.ts';
import { type Answer, askPick, type Position } from './multi-step.ts';

interface TargetItem extends vscode.QuickPickItem {
  /** Gets the folder, `dismissed` when the questions end here, or undefined to ask again. */
  readonly obtain: () => Promise<Answer<vscode.Uri> | undefined>;
}

/** Asks for the folder the project goes into. */
export async function askTarget(position: Position, projectName: string): Promise<Answer<vscode.Uri>> {
  const slug = slugify(projectName);
  for (;;) {
    const inWorkspace = await workspaceTargets(slug);
    const items = [...inWorkspace, ...otherTargets(slug, inWorkspace.length > 0)];
    const placeholder =
      inWorkspace.length > 0
        ? 'Where should the project go?'
        : 'No folder is open that can be written to. Where should the project go?';
    const picked = await askPick(position, { placeholder, items });
    if (picked.kind !== 'next') return picked;
    const answer = await picked.value.obtain();
    if (answer !== undefined) return answer;
  }
}

/** The folder of a project that nobody chose one for: new, in the first folder of the workspace. */
export function defaultTarget(projectName: string): vscode.Uri | undefined {
  const [first] = writableFolders();
  return first === undefined ? undefined : vscode.Uri.joinPath(first.uri, slugify(projectName));
}

/** Asks for any folder; one that holds something already gets a new folder for the project in it. */
export async function chooseFolder(slug: string): Promise<vscode.Uri | undefined> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showOpenDialog({
    title: `Choose a folder. Unless it is empty, ${slug} is made in it.`,
    openLabel: 'Generate Here',
    canSelectFiles: false,
    canSelectFolders: true,
    ...(first === undefined ? {} : { defaultUri: first.uri }),
  });
  const folder = chosen?.[0];
  if (folder === undefined) return undefined;
  return (await isEmptyOrMissing(folder)) ? folder : await freeFolder(folder, slug);
}

async function workspaceTargets(slug: string): Promise<TargetItem[]> {
  const perFolder = await Promise.all(
    writableFolders().map(async ({ uri, name }) => {
      const isEmpty = await isEmptyOrMissing(uri);
      const whole = item(`$(root-folder) ${name}`, 'the workspace folder itself, which is empty', uri);
      const named = vscode.Uri.joinPath(uri, slug);
      if (await isEmptyOrMissing(named)) {
        const fresh = item(`$(new-folder) ${slug}`, `new folder in ${name}`, named);
        return isEmpty ? [fresh, whole] : [fresh];
      }
      const free = await freeFolder(uri, slug);
      return [
        item(`$(new-folder) ${free.path.split('/').at(-1) ?? slug}`, `new folder in ${name}`, free),
        item(`$(folder) ${slug}`, `in ${name}; not empty, and you are asked before any file is overwritten`, named),
      ];
    }),
  );
  return perFolder.flat();
}

function otherTargets(slug: string, hasWorkspaceTargets: boolean): TargetItem[] {
  const choose: TargetItem = {
    label: '$(folder-opened) Choose another folder…',
    obtain: async () => {
      const folder = await chooseFolder(slug);
      return folder && { kind: 'next', value: folder };
    },
  };
  const open: TargetItem = {
    label: '$(root-folder-opened) Open a folder first…',
    description: 'your answers are kept; run the command again in the new window',
    obtain: async () => {
      await vscode.commands.executeCommand('vscode.openFolder');
      return { kind: 'dismissed' };
    },
  };
  return hasWorkspaceTargets ? [choose] : [choose, open];
}

function item(label: string, description: string, folder: vscode.Uri): TargetItem {
  return { label, description, detail: folderDetail(folder), obtain: async () => ({ kind: 'next', value: folder }) };
}

function folderDetail(folder: vscode.Uri): string {
  return folder.scheme === 'file' ? folder.fsPath : folderLabel(folder);
}

function writableFolders(): readonly vscode.WorkspaceFolder[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.filter(({ uri }) => vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== false);
}

/** The first of `blog`, `blog-2`, `blog-3`… that is not in use. */
async function freeFolder(parent: vscode.Uri, slug: string): Promise<vscode.Uri> {
  for (let number = 1; ; number += 1) {
    const folder = vscode.Uri.joinPath(parent, number === 1 ? slug : `${slug}-${number}`);
    if (await isEmptyOrMissing(folder)) return folder;
  }
}
