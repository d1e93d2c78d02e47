import * as vscode from 'vscode';

/** A folder as a person reads it: by its place in the workspace, or by its whole path outside of it. */
export function folderLabel(folder: vscode.Uri): string {
  const owner = vscode.workspace.getWorkspaceFolder(folder);
  if (owner?.uri.toString() === folder.toString()) return owner.name;
  if (owner !== undefined) return vscode.workspace.asRelativePath(folder);
  return folder.scheme === 'file' ? folder.fsPath : folder.toString(true);
}

/** The last part of a folder's path. */
export function folderName(folder: vscode.Uri): string {
  return folder.path.replace(/\/+$/, '').split('/').at(-1) || folder.path;
}
