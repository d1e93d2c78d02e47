import * as vscode from 'vscode';
import type { EntryKind, FileSystem } from '../core/ports.ts';

/** The files below a folder, through `workspace.fs`: local disks, remote machines and virtual file systems alike. */
export class WorkspaceFileSystem implements FileSystem {
  readonly root: vscode.Uri;

  constructor(root: vscode.Uri) {
    this.root = root;
  }

  async kind(path: string): Promise<EntryKind | undefined> {
    const type = await fileType(this.#uri(path));
    if (type === undefined) return undefined;
    // The user may well have chosen a link to a folder. Below it, a link could lead anywhere.
    if (path === '' && (type & vscode.FileType.Directory) !== 0) return 'directory';
    if (type === vscode.FileType.File) return 'file';
    return type === vscode.FileType.Directory ? 'directory' : 'other';
  }

  async read(path: string): Promise<Uint8Array> {
    return await vscode.workspace.fs.readFile(this.#uri(path));
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await vscode.workspace.fs.writeFile(this.#uri(path), content);
  }

  async createDirectory(path: string): Promise<void> {
    await vscode.workspace.fs.createDirectory(this.#uri(path));
  }

  async remove(path: string): Promise<void> {
    await vscode.workspace.fs.delete(this.#uri(path), { recursive: false, useTrash: false });
  }

  async list(path: string): Promise<readonly string[]> {
    return (await vscode.workspace.fs.readDirectory(this.#uri(path))).map(([name]) => name);
  }

  #uri(path: string): vscode.Uri {
    return path === '' ? this.root : vscode.Uri.joinPath(this.root, path);
  }
}

/** The type of the entry at a place, with the bit of a link; undefined where there is none. */
export async function fileType(uri: vscode.Uri): Promise<vscode.FileType | undefined> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return undefined;
    throw error;
  }
}

/** What a folder may hold and still be an empty one to the user. */
const unimportant = new Set(['.git', '.vscode', '.idea', '.DS_Store']);

/** Whether nothing of the user's is at that place. */
export async function isEmptyOrMissing(folder: vscode.Uri): Promise<boolean> {
  const type = await fileType(folder);
  if (type === undefined) return true;
  if ((type & vscode.FileType.Directory) === 0) return false;
  return (await vscode.workspace.fs.readDirectory(folder)).every(([name]) => unimportant.has(name));
}
