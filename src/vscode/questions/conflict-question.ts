import * as vscode from 'vscode';
import type { ConflictAnswer } from '../../core/project-writer.ts';
import type { WriteConflict } from '../../core/write-plan.ts';
import { folderLabel } from '../folder-label.ts';
import type { GeneratedDocuments } from '../generated-documents.ts';
import { WorkspaceFileSystem } from '../workspace-file-system.ts';
import { askPick, type Position } from './multi-step.ts';
import { askForFolder } from './project-questions.ts';

interface ConflictItem extends vscode.QuickPickItem {
  /** Returns the answer, or undefined to ask again. */
  readonly decide?: () => Promise<ConflictAnswer | undefined>;
}

/** Shows which files are in the way and asks what to do. What comes without a deliberate second yes overwrites nothing. */
export async function askAboutConflicts(
  plan: { readonly projectName: string; readonly folder: vscode.Uri },
  conflicts: readonly WriteConflict[],
  documents: GeneratedDocuments,
): Promise<ConflictAnswer> {
  const different = conflicts.filter(({ kind }) => kind === 'different');
  const isBlocked = different.length < conflicts.length;
  const label = folderLabel(plan.folder);
  const position: Position = { title: `${label} is not empty`, step: 1, total: 1, canGoBack: false };
  const items: ConflictItem[] = [
    {
      label: '$(folder-opened) Choose another folder…',
      description: 'leaves these files alone',
      decide: async () => {
        const folder = await askForFolder(plan.projectName);
        return folder && { action: 'elsewhere', fileSystem: new WorkspaceFileSystem(folder) };
      },
    },
    { label: '$(close) Cancel', description: 'writes nothing', decide: async () => ({ action: 'cancel' }) },
  ];
  if (different.length > 0) {
    items.splice(1, 0, {
      label: '$(diff) Compare…',
      description: 'what is there with what would be written',
      decide: () => compare(plan.folder, different, documents),
    });
  }
  if (different.length > 0 && !isBlocked) {
    items.push({
      label: `$(replace-all) Overwrite ${files(different.length)}…`,
      description: 'asks once more',
      decide: () => confirmOverwrite(label, different),
    });
  }
  items.push(
    { label: 'Already there', kind: vscode.QuickPickItemKind.Separator },
    ...conflicts.map((conflict) => describeConflict(conflict, plan.folder, documents)),
  );
  const placeholder = `${files(conflicts.length)} ${conflicts.length === 1 ? 'is' : 'are'} already in ${label} with other content. What now?`;
  try {
    for (;;) {
      const picked = await askPick(position, { placeholder, items });
      if (picked.kind !== 'next') return { action: 'cancel' };
      const answer = await picked.value.decide?.();
      if (answer !== undefined) return answer;
    }
  } finally {
    documents.clear();
  }
}

function describeConflict(conflict: WriteConflict, folder: vscode.Uri, documents: GeneratedDocuments): ConflictItem {
  if (conflict.kind === 'blocked') {
    return { label: `$(error) ${conflict.path}`, description: 'a folder or link is in the way and is never replaced' };
  }
  return {
    label: `$(file) ${conflict.path}`,
    description: 'compare',
    decide: () => compare(folder, [conflict], documents),
  };
}

async function compare(
  folder: vscode.Uri,
  conflicts: readonly WriteConflict[],
  documents: GeneratedDocuments,
): Promise<undefined> {
  await documents.compare(folder, conflicts);
}

async function confirmOverwrite(
  label: string,
  different: readonly WriteConflict[],
): Promise<ConflictAnswer | undefined> {
  const position: Position = { title: `Overwrite in ${label}?`, step: 2, total: 2, canGoBack: true };
  const yes = { label: `$(warning) Overwrite ${files(different.length)}`, description: 'Undo can bring them back' };
  const no = { label: '$(arrow-left) No, go back' };
  const picked = await askPick(position, {
    placeholder: `The present content of ${files(different.length)} will be replaced`,
    items: [no, yes],
  });
  return picked.kind === 'next' && picked.value === yes ? { action: 'overwrite' } : undefined;
}

function files(count: number): string {
  return `${count} ${count === 1 ? 'file' : 'files'}`;
}
