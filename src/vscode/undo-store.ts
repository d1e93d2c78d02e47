import type * as vscode from 'vscode';
import type { GenerationStore } from './undo/generation-store.ts';

/** Where what Takoss wrote in this workspace is recorded. What reads and writes the records is loaded with the first of them. */
export class UndoStore {
  readonly #storage: vscode.Uri;
  #opened: Promise<GenerationStore> | undefined;

  /** `storage` is a folder of the extension's own. */
  constructor(storage: vscode.Uri) {
    this.#storage = storage;
  }

  open(): Promise<GenerationStore> {
    this.#opened ??= openStore(this.#storage);
    return this.#opened;
  }
}

async function openStore(storage: vscode.Uri): Promise<GenerationStore> {
  const [{ GenerationStore }, { WorkspaceStorage }] = await Promise.all([
    import('./undo/generation-store.ts'),
    import('./undo/workspace-storage.ts'),
  ]);
  return new GenerationStore(new WorkspaceStorage(storage));
}
