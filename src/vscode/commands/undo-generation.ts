import * as vscode from 'vscode';
import * as z from 'zod';
import { undoWrite } from '../../core/project-writer.ts';
import { planRedo, planUndo, readBeforeUndo, redoWrite } from '../../core/undo-plan.ts';
import { requireNoRun, requireTrust } from '../guards.ts';
import { commandIds } from '../identifiers.ts';
import { offer, Refusal, remedy } from '../problems.ts';
import { stopProject } from '../project-task.ts';
import type { Services } from '../services.ts';
import type { GenerationStore, GenerationSummary, StoredGeneration } from '../undo/generation-store.ts';
import { askForGeneration, confirmRedo, confirmUndo, folderOf, labelOf } from '../undo/undo-questions.ts';
import { files } from '../undo/undo-words.ts';
import { fileType, WorkspaceFileSystem } from '../workspace-file-system.ts';

/** What happened to the files of an undone generation. */
export interface UndoOutcome {
  readonly removed: number;
  readonly restored: number;
  /** Files that were changed since, which are still there. */
  readonly kept: readonly string[];
}

/** What happened to the files of a generation that was brought back. */
export interface RedoOutcome {
  readonly written: number;
  /** Places where something else was by then, which is still there. */
  readonly kept: readonly string[];
}

/** What buttons and other code may pass. */
const optionsSchema = z.object({
  /** The generation that is meant: `undoId` of a generated project. */
  id: z.string().optional(),
  /** Whether the person has agreed already. Without it, they are asked. */
  confirmed: z.boolean().default(false),
  /** With `confirmed`: what becomes of files that were changed since. */
  changed: z.enum(['keep', 'discard']).default('keep'),
});
type Options = z.infer<typeof optionsSchema>;

/**
 * *Takoss: Undo Generation…*: removes what a generation wrote and restores what it overwrote, after a question that names the project and what will happen. Files that were
 * changed since are kept unless the user says otherwise. A generation that was undone is brought back. Returns undefined when the user leaves.
 */
export async function undoGeneration(
  services: Services,
  argument?: unknown,
): Promise<UndoOutcome | RedoOutcome | undefined> {
  requireTrust('Undoing a generation');
  requireNoRun(services.runs);
  const options = optionsSchema.parse(argument ?? {});
  const store = await services.undo.open();
  const { generations, setAside } = await store.list();
  if (setAside > 0) sayUnreadable(services, setAside);
  const chosen = await choose(services, generations, options);
  if (chosen === undefined) return undefined;
  const generation = await store.load(chosen.id);
  if (generation === 'gone') throw new Refusal(goneWords(chosen), []);
  if (generation === 'unreadable') {
    sayUnreadable(services, 1, chosen.projectName);
    return undefined;
  }
  const work = { services, store, options, generation };
  if (generation.undoneAt !== undefined) return await redo(work);
  return await undo(work, laterIn(generations, generation));
}

/** The generation that is meant. After a run that wrote nothing, none is taken for it: a person has to pick it. */
async function choose(
  { runs }: Services,
  generations: readonly GenerationSummary[],
  { id }: Options,
): Promise<GenerationSummary | undefined> {
  if (id !== undefined) {
    const named = generations.find((generation) => generation.id === id);
    if (named !== undefined) return named;
    throw new Refusal('This generation can no longer be undone: only the last ten of a workspace are kept.', []);
  }
  const [only] = generations;
  if (only === undefined) {
    throw new Refusal('There is nothing to undo: Takoss has written no project in this workspace.', []);
  }
  const { run, projectName } = runs.state;
  const wroteNothing = run.status === 'cancelled' || run.status === 'failed';
  if (generations.length === 1 && !wroteNothing) return only;
  const placeholder = wroteNothing
    ? `Nothing of ${projectName ?? 'the last run'} was written. Which other project should be undone?`
    : 'Which project should be undone?';
  return await askForGeneration(generations, placeholder);
}

interface Work {
  readonly services: Services;
  readonly store: GenerationStore;
  readonly options: Options;
  readonly generation: StoredGeneration;
}

async function undo(
  { services, store, options, generation }: Work,
  later: GenerationSummary | undefined,
): Promise<UndoOutcome | undefined> {
  const { id, record, projectName } = generation;
  const fileSystem = new WorkspaceFileSystem(folderOf(generation));
  const plan = await planUndo(fileSystem, record);
  if (plan.remove.length + plan.restore.length + plan.changed.length === 0) {
    await store.remove(id);
    throw new Refusal(`Nothing of ${projectName} is left in ${labelOf(generation)}, so there is nothing to undo.`, []);
  }
  const agreed = options.changed === 'discard' ? plan.changed : [];
  const discard = options.confirmed ? agreed : await confirmUndo(generation, plan, later);
  if (discard === undefined) return undefined;
  const outcome = await store.claim(id, async (claimed): Promise<UndoOutcome> => {
    stopProject(folderOf(generation));
    // Looked at once more: the question may have stood there for an hour.
    const { contents, changed } = await readBeforeUndo(fileSystem, record, new Set(discard));
    await claimed.setUndone(contents);
    const failed = await undoWrite(fileSystem, record, new Set(changed));
    if (failed.length > 0) {
      await claimed.setWritten({ keepTaken: true });
      services.log.warn(`Undo left ${failed.length} files: ${failed.join(', ')}`);
      throw new Refusal(
        `${files(failed.length)} of ${projectName} could not be taken back, for instance ${failed[0]}. Close programs that use them and undo again.`,
        [remedy('Undo Again', commandIds.undoGeneration, { id })],
      );
    }
    const restored = record.files.filter((file) => file.previous !== undefined && !changed.includes(file.path)).length;
    const removed = [...contents.keys()].filter((path) => isNew(record, path)).length;
    return { removed, restored, kept: changed };
  });
  if (outcome === undefined) throw new Refusal(goneWords(generation), []);
  if (services.runs.state.generation === id) services.runs.clear();
  services.log.info(`Undone: ${outcome.removed} removed, ${outcome.restored} restored, ${outcome.kept.length} kept.`);
  offer(vscode.window.showInformationMessage, await undoneWords(generation, outcome), [
    remedy('Redo', commandIds.undoGeneration, { id, confirmed: true }),
  ]);
  return outcome;
}

async function redo({ services, store, options, generation }: Work): Promise<RedoOutcome | undefined> {
  const { id, projectName, record, taken } = generation;
  const fileSystem = new WorkspaceFileSystem(folderOf(generation));
  const plan = await planRedo(fileSystem, record, taken);
  const isAgreed = options.confirmed && plan.changed.length === 0;
  if (!isAgreed && !(await confirmRedo(generation, plan))) return undefined;
  const outcome = await store.claim(id, async (claimed): Promise<RedoOutcome> => {
    const { changed: kept } = await planRedo(fileSystem, record, taken);
    const failed = await redoWrite(fileSystem, taken, new Set(kept));
    if (failed.length > 0) {
      services.log.warn(`Redo left ${failed.length} files: ${failed.join(', ')}`);
      throw new Refusal(
        `${files(failed.length)} of ${projectName} could not be written again, for instance ${failed[0]}. Make room or change the permissions of the folder, and try again.`,
        [remedy('Redo Again', commandIds.undoGeneration, { id, confirmed: true })],
      );
    }
    // What was kept here is in nobody's way: the content of the project stays for another time.
    await claimed.setWritten({ keepTaken: kept.length > 0 });
    return { written: taken.size - kept.length, kept };
  });
  if (outcome === undefined) throw new Refusal(goneWords(generation), []);
  services.log.info(`Brought back: ${outcome.written} files written, ${outcome.kept.length} kept.`);
  const keptWords = outcome.kept.length === 0 ? '' : ` ${files(outcome.kept.length)} that you made since kept.`;
  offer(
    vscode.window.showInformationMessage,
    `${projectName} is back: ${files(outcome.written)} in ${labelOf(generation)}.${keptWords}`,
    [remedy('Undo', commandIds.undoGeneration, { id })],
  );
  return outcome;
}

function isNew(record: StoredGeneration['record'], path: string): boolean {
  return record.files.find((file) => file.path === path)?.previous === undefined;
}

/** The newest generation into the same folder after this one that is not undone. */
function laterIn(
  generations: readonly GenerationSummary[],
  { folder, at }: GenerationSummary,
): GenerationSummary | undefined {
  return generations.find((other) => other.folder === folder && other.at > at && other.undoneAt === undefined);
}

function goneWords({ projectName }: GenerationSummary): string {
  return `The generation of ${projectName} was undone or removed in another window meanwhile.`;
}

function sayUnreadable({ log }: Services, count: number, projectName?: string): void {
  const what = projectName === undefined ? (count === 1 ? 'a generation' : `${count} generations`) : projectName;
  log.warn(`The records of ${count} generations could not be read and were set aside in the folder "unreadable".`);
  offer(
    vscode.window.showWarningMessage,
    `Takoss cannot read what it recorded about ${what}, so that cannot be undone. The record was set aside, and no file of a project was touched.`,
    [remedy('Show Log', commandIds.showLog)],
  );
}

async function undoneWords(generation: StoredGeneration, { removed, restored, kept }: UndoOutcome): Promise<string> {
  const parts = [
    `${generation.projectName} was undone: ${files(removed)} removed from ${labelOf(generation)}.`,
    ...(restored === 0 ? [] : [`${files(restored)} restored.`]),
    ...(kept.length === 0 ? [] : [`${files(kept.length)} kept.`]),
  ];
  const isLeft =
    kept.length === 0 && generation.record.folders.includes('') && (await fileType(folderOf(generation))) !== undefined;
  return [...parts, ...(isLeft ? ['What Takoss did not write is still there.'] : [])].join(' ');
}
