import * as vscode from 'vscode';
import { findChangedFiles, undoWrite } from '../../core/project-writer.ts';
import { folderLabel } from '../folder-label.ts';
import { requireNoRun, requireTrust } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import { Refusal, remedy } from '../problems.ts';
import { stopProject } from '../project-task.ts';
import { askPick } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import type { UndoEntry } from '../undo-store.ts';
import { fileType, WorkspaceFileSystem } from '../workspace-file-system.ts';

/** What happened to the files of an undone generation. */
export interface UndoOutcome {
  readonly removed: number;
  readonly restored: number;
  /** Files the user changed, which are still there. */
  readonly kept: readonly string[];
}

/**
 * *Takoss: Undo Last Generation*: removes what was written, restores what was overwritten, and asks first about files that were
 * changed since. Returns undefined when the user leaves.
 */
export async function undoGeneration(services: Services): Promise<UndoOutcome | undefined> {
  requireTrust('Undoing a generation');
  requireNoRun(services.runs);
  const entry = await services.undo.load();
  if (entry === undefined) {
    throw new Refusal('There is nothing to undo: no generation in this workspace, or it was undone already.', []);
  }
  const fileSystem = new WorkspaceFileSystem(entry.folder);
  const changed = await findChangedFiles(fileSystem, entry.record);
  const keep = changed.length === 0 ? [] : await askAboutChanges(entry, changed);
  if (keep === undefined) return undefined;
  stopProject(entry.folder);
  const failed = await undoWrite(fileSystem, entry.record, new Set(keep));
  if (failed.length > 0) {
    services.log.warn(`Undo left ${failed.length} files: ${failed.join(', ')}`);
    throw new Refusal(
      `${count(failed.length)} could not be taken back, for instance ${failed[0]}. Close programs that use them and undo again.`,
      [remedy('Undo Again', commandIds.undoGeneration)],
    );
  }
  await services.undo.clear();
  services.runs.clear();
  const outcome = describeOutcome(entry, keep);
  services.log.info(`Undone: ${outcome.removed} files removed, ${outcome.restored} restored, ${keep.length} kept.`);
  void vscode.window.showInformationMessage(await sentence(entry, outcome));
  return outcome;
}

/** Returns the files to keep, or undefined when nothing is to be done at all. */
async function askAboutChanges(entry: UndoEntry, changed: readonly string[]): Promise<readonly string[] | undefined> {
  const what = changed.length === 1 ? 'the file you changed' : `the ${changed.length} files you changed`;
  const keep = { label: `$(check) Keep ${what}`, description: 'and undo the rest' };
  const drop = { label: `$(trash) Undo everything`, description: `your changes to ${count(changed.length)} are lost` };
  const separator = { label: 'Changed since', kind: vscode.QuickPickItemKind.Separator };
  const files = changed.map((path) => ({ label: `$(file) ${path}`, description: 'open', path }));
  for (;;) {
    const answer = await askPick<vscode.QuickPickItem & { readonly path?: string }>(
      { title: `Undo ${entry.projectName}`, step: 1, total: 1, canGoBack: false },
      {
        placeholder: `${count(changed.length)} changed since ${changed.length === 1 ? 'it was' : 'they were'} generated`,
        items: [keep, drop, separator, ...files],
      },
    );
    if (answer.kind !== 'next') return undefined;
    if (answer.value === keep) return changed;
    if (answer.value === drop) return [];
    const { path } = answer.value;
    if (path !== undefined) await vscode.window.showTextDocument(vscode.Uri.joinPath(entry.folder, path));
  }
}

function describeOutcome({ record }: UndoEntry, kept: readonly string[]): UndoOutcome {
  const undone = record.files.filter(({ path }) => !kept.includes(path));
  const restored = undone.filter(({ previous }) => previous !== undefined).length;
  return { removed: undone.length - restored, restored, kept };
}

async function sentence(entry: UndoEntry, { removed, restored, kept }: UndoOutcome): Promise<string> {
  const label = folderLabel(entry.folder);
  const parts = [
    `${entry.projectName} was undone: ${count(removed)} removed from ${label}.`,
    ...(restored === 0 ? [] : [`${count(restored)} restored.`]),
    ...(kept.length === 0 ? [] : [`${count(kept.length)} kept.`]),
  ];
  const isLeft = kept.length === 0 && entry.record.folders.includes('') && (await fileType(entry.folder)) !== undefined;
  return [...parts, ...(isLeft ? ['What Takoss did not write is still there.'] : [])].join(' ');
}

function count(number: number): string {
  return `${number} ${number === 1 ? 'file' : 'files'}`;
}
