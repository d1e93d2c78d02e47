import * as vscode from 'vscode';
import type { UndoStorage } from './storage.ts';

/** Records of generations in the extension's own storage. */
export class WorkspaceStorage implements UndoStorage {
  readonly #root: vscode.Uri;

  constructor(root: vscode.Uri) {
    this.#root = root;
  }

  async list(path: string): Promise<readonly string[]> {
    try {
      return (await vscode.workspace.fs.readDirectory(this.#uri(path))).map(([name]) => name);
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }

  async read(path: string): Promise<Uint8Array> {
    return await vscode.workspace.fs.readFile(this.#uri(path));
  }

  async write(path: string, content: Uint8Array): Promise<void> {
    await vscode.workspace.fs.writeFile(this.#uri(path), content);
  }

  async rename(from: string, to: string): Promise<void> {
    await vscode.workspace.fs.rename(this.#uri(from), this.#uri(to), { overwrite: true });
  }

  async remove(path: string): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.#uri(path), { recursive: true, useTrash: false });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }

  #uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#root, path);
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
}
