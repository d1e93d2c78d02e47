import * as vscode from 'vscode';
import type { WorkStore } from '../../core/slices.ts';

/** How long finished work is kept, in ms, and how many pieces of it at most. */
const maxAge = 30 * 24 * 3_600_000;
const maxFiles = 500;

/** Keeps finished work of models in a folder of the extension's own storage: a file for each piece, named by its key. */
export class WorkFolder implements WorkStore {
  readonly #folder: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.#folder = vscode.Uri.joinPath(storage, 'work');
  }

  async get(key: string): Promise<string | undefined> {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#file(key)));
    } catch {
      return undefined;
    }
  }

  async set(key: string, value: string): Promise<void> {
    try {
      // Half a file, left by a window that was closed, would be taken for a whole one.
      const draft = this.#file(`${key}.${crypto.randomUUID()}`);
      await vscode.workspace.fs.writeFile(draft, new TextEncoder().encode(value));
      await vscode.workspace.fs.rename(draft, this.#file(key), { overwrite: true });
    } catch {
      // It is only lost for the next run.
    }
  }

  /** Forgets what is old, and of too much the oldest. Never throws. */
  async prune(now: number): Promise<void> {
    try {
      const entries = await vscode.workspace.fs.readDirectory(this.#folder);
      const files = await Promise.all(
        entries.map(async ([name]) => {
          const uri = vscode.Uri.joinPath(this.#folder, name);
          return { uri, at: (await vscode.workspace.fs.stat(uri)).mtime };
        }),
      );
      const newestFirst = files.sort((a, b) => b.at - a.at);
      for (const [index, { uri, at }] of newestFirst.entries()) {
        if (index >= maxFiles || now - at > maxAge) await vscode.workspace.fs.delete(uri, { useTrash: false });
      }
    } catch {
      // There is no folder yet, or another window is doing the same.
    }
  }

  #file(key: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#folder, key);
  }
}
