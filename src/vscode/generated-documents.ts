import * as vscode from 'vscode';
import type { WriteConflict } from '../core/write-plan.ts';
import { generatedScheme } from './identifiers.ts';

/** Shows what a generation wants to write, as read-only documents to compare with. */
export class GeneratedDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #contents = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(generatedScheme, this);

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.#contents.get(uri.path);
  }

  /** Opens the differences between what is in a folder, left, and what would be written, right. */
  async compare(folder: vscode.Uri, conflicts: readonly WriteConflict[]): Promise<void> {
    const resources = conflicts
      .filter(({ kind }) => kind === 'different')
      .map(({ path, generated }) => {
        const present = vscode.Uri.joinPath(folder, path);
        this.#contents.set(present.path, new TextDecoder().decode(generated));
        return [present, present, vscode.Uri.from({ scheme: generatedScheme, path: present.path })];
      });
    await vscode.commands.executeCommand('vscode.changes', 'What is there ↔ What Takoss would write', resources);
  }

  /** Forgets contents nobody decides about any more. */
  clear(): void {
    this.#contents.clear();
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
