import * as vscode from 'vscode';

/** A place for a project that nothing is at yet. */
export async function freshPlace(): Promise<vscode.Uri> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(process.env.TMPDIR ?? '/tmp');
  const parent = vscode.Uri.joinPath(root, `place-${process.pid}-${crypto.randomUUID().slice(0, 8)}`);
  await vscode.workspace.fs.createDirectory(parent);
  return vscode.Uri.joinPath(parent, 'project');
}

export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

export async function readText(folder: vscode.Uri, path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, path)));
}

export async function writeText(folder: vscode.Uri, path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder, path), new TextEncoder().encode(text));
}

/** Every file below a folder, as sorted paths; none where there is no folder. */
export async function filesBelow(folder: vscode.Uri, prefix = ''): Promise<string[]> {
  if (!(await exists(folder))) return [];
  const files: string[] = [];
  for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
    if (type === vscode.FileType.Directory) {
      files.push(...(await filesBelow(vscode.Uri.joinPath(folder, name), `${prefix}${name}/`)));
    } else {
      files.push(prefix + name);
    }
  }
  return files.sort();
}
