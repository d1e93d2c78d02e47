import * as vscode from 'vscode';
import type { WriteRecord } from '../core/project-writer.ts';
import type { UndoManifest } from './undo-manifest.ts';

/** The last generation, with all that is needed to take it back. */
export interface UndoEntry {
  readonly projectName: string;
  readonly folder: vscode.Uri;
  readonly record: WriteRecord;
}

/**
 * Keeps the record of the last generation in the extension's own storage: a manifest, and beside it the earlier contents of overwritten files,
 * numbered as in the manifest.
 */
export class UndoStore {
  readonly #root: vscode.Uri;

  constructor(storage: vscode.Uri) {
    this.#root = vscode.Uri.joinPath(storage, 'last-generation');
  }

  async save({ projectName, folder, record }: UndoEntry): Promise<void> {
    await this.clear();
    for (const [index, file] of record.files.entries()) {
      if (file.previous !== undefined) await vscode.workspace.fs.writeFile(this.#previous(index), file.previous);
    }
    const manifest: UndoManifest = {
      version: 1,
      projectName,
      folder: folder.toString(),
      files: record.files.map(({ path, sha256, previous }) => ({ path, sha256, hasPrevious: previous !== undefined })),
      unchanged: [...record.unchanged],
      folders: [...record.folders],
    };
    await vscode.workspace.fs.writeFile(this.#manifest, new TextEncoder().encode(JSON.stringify(manifest)));
  }

  /** The last generation, or undefined when there is none or it cannot be read. */
  async load(): Promise<UndoEntry | undefined> {
    try {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.#manifest));
      // Loaded here, so that activation does without the schema library.
      const { undoManifestSchema } = await import('./undo-manifest.ts');
      const manifest = undoManifestSchema.parse(JSON.parse(text));
      const files: { path: string; sha256: string; previous?: Uint8Array }[] = [];
      for (const [index, { path, sha256, hasPrevious }] of manifest.files.entries()) {
        const previous = hasPrevious ? await vscode.workspace.fs.readFile(this.#previous(index)) : undefined;
        files.push(previous === undefined ? { path, sha256 } : { path, sha256, previous });
      }
      const { projectName, unchanged, folders } = manifest;
      return { projectName, folder: vscode.Uri.parse(manifest.folder), record: { files, unchanged, folders } };
    } catch {
      return undefined;
    }
  }

  async clear(): Promise<void> {
    try {
      await vscode.workspace.fs.delete(this.#root, { recursive: true, useTrash: false });
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError && error.code === 'FileNotFound')) throw error;
    }
  }

  get #manifest(): vscode.Uri {
    return vscode.Uri.joinPath(this.#root, 'manifest.json');
  }

  #previous(index: number): vscode.Uri {
    return vscode.Uri.joinPath(this.#root, 'previous', String(index));
  }
}
