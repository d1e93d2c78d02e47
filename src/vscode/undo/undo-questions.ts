import * as vscode from 'vscode';
import type { RedoPlan, UndoPlan } from '../../core/undo-plan.ts';
import { folderLabel } from '../folder-label.ts';
import { askPick } from '../questions/multi-step.ts';
import type { GenerationSummary } from './generation-store.ts';
import { describeRedo, describeUndo, files } from './undo-words.ts';

/** Asks which generation is meant, the newest first, and those that were undone after the others. Undefined: the user left. */
export async function askForGeneration(
  generations: readonly GenerationSummary[],
  placeholder: string,
): Promise<GenerationSummary | undefined> {
  const item = (generation: GenerationSummary, icon: string, prefix = '') => ({
    label: `$(${icon}) ${prefix}${generation.projectName}`,
    description: `${files(generation.files)} in ${labelOf(generation)}`,
    detail: timeOf(generation.undoneAt ?? generation.at),
    generation,
  });
  const written = generations.filter(({ undoneAt }) => undoneAt === undefined);
  const undone = generations.filter(({ undoneAt }) => undoneAt !== undefined);
  const items = [
    ...written.map((generation) => item(generation, 'discard')),
    ...(undone.length === 0 ? [] : [{ label: 'Undone', kind: vscode.QuickPickItemKind.Separator }]),
    ...undone.map((generation) => item(generation, 'redo', 'Redo ')),
  ];
  const answer = await askPick<vscode.QuickPickItem & { readonly generation?: GenerationSummary }>(
    { title: 'Takoss: Undo Generation', step: 1, total: 1, canGoBack: false },
    { placeholder, items },
  );
  return answer.kind === 'next' ? answer.value.generation : undefined;
}

/** Names the project and what will happen, and asks. Returns the changed files that are given up with the rest; undefined: leave everything. */
export async function confirmUndo(
  generation: GenerationSummary,
  plan: UndoPlan,
  later: GenerationSummary | undefined,
): Promise<readonly string[] | undefined> {
  const undo = { title: 'Undo' };
  const decide = { title: 'Changed Files…' };
  const answer = await vscode.window.showWarningMessage(
    `Undo the generation of ${generation.projectName}?`,
    { modal: true, detail: describeUndo(plan, whereOf(generation), later && timeOf(later.at)) },
    undo,
    ...(plan.changed.length === 0 ? [] : [decide]),
  );
  if (answer === undo) return [];
  return answer === decide ? await askAboutChanges(generation, plan.changed) : undefined;
}

/** Asks before an undo is undone. Returns whether to. */
export async function confirmRedo(generation: GenerationSummary, plan: RedoPlan): Promise<boolean> {
  const redo = { title: 'Redo' };
  const { undoneAt = generation.at } = generation;
  const answer = await vscode.window.showWarningMessage(
    `Bring back ${generation.projectName}?`,
    { modal: true, detail: describeRedo(plan, { label: labelOf(generation), when: timeOf(undoneAt) }) },
    redo,
  );
  return answer === redo;
}

/** Returns the files whose changes are given up, or undefined when nothing is to be done at all. */
async function askAboutChanges(
  generation: GenerationSummary,
  changed: readonly string[],
): Promise<readonly string[] | undefined> {
  const what = changed.length === 1 ? 'the changed file' : `the ${changed.length} changed files`;
  const keep = { label: `$(check) Keep ${what}`, description: 'and undo the rest' };
  const drop = { label: '$(trash) Undo everything', description: `the changes to ${files(changed.length)} go with it` };
  const separator = { label: 'Changed since', kind: vscode.QuickPickItemKind.Separator };
  const items = changed.map((path) => ({ label: `$(file) ${path}`, description: 'open', path }));
  for (;;) {
    const answer = await askPick<vscode.QuickPickItem & { readonly path?: string }>(
      { title: `Undo ${generation.projectName}`, step: 1, total: 1, canGoBack: false },
      {
        placeholder: `${files(changed.length)} changed since ${changed.length === 1 ? 'it was' : 'they were'} generated`,
        items: [keep, drop, separator, ...items],
      },
    );
    if (answer.kind !== 'next') return undefined;
    if (answer.value === keep) return [];
    if (answer.value === drop) return changed;
    const { path } = answer.value;
    if (path !== undefined) await vscode.window.showTextDocument(vscode.Uri.joinPath(folderOf(generation), path));
  }
}

export function folderOf({ folder }: GenerationSummary): vscode.Uri {
  return vscode.Uri.parse(folder);
}

export function labelOf(generation: GenerationSummary): string {
  return folderLabel(folderOf(generation));
}

function whereOf(generation: GenerationSummary): { label: string; when: string } {
  return { label: labelOf(generation), when: timeOf(generation.at) };
}

function timeOf(at: number): string {
  return new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'medium', timeStyle: 'short' });
}
