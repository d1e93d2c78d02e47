import * as vscode from 'vscode';
import { toTakossError } from '../../core/errors.ts';
import { checkRequirements, type ProjectRequest } from '../../core/request.ts';
import type { AnswerStore } from '../answer-store.ts';
import { offer } from '../problems.ts';
import { type Answer, askPick, askText, type Position } from './multi-step.ts';
import { hintedDocument, readTextFile, stripHint, textsOfActiveEditor } from './requirements-text.ts';

interface SourceItem extends vscode.QuickPickItem {
  /** Gets the requirements, or undefined to ask for the source again. */
  readonly obtain: () => Promise<Answer<string> | undefined>;
}

/** Asks where the requirements are, and gets them from there. */
export async function askRequirements(position: Position, store: AnswerStore): Promise<Answer<string>> {
  for (;;) {
    const picked = await askPick(position, {
      placeholder: 'Where are the requirements? Plain English: sentences, bullets or user stories',
      items: sources(position, store),
    });
    if (picked.kind !== 'next') return picked;
    const answer = await picked.value.obtain();
    if (answer?.kind === 'next') {
      const problem = checkRequirements(answer.value);
      if (problem !== undefined) {
        offer(vscode.window.showErrorMessage, problem, []);
        continue;
      }
      await store.update({ requirements: answer.value });
    }
    if (answer !== undefined) return answer;
  }
}

function sources(position: Position, store: AnswerStore): SourceItem[] {
  const last = store.answers.requirements;
  const fromEditor = textsOfActiveEditor().map(({ text, origin }) => ({
    label: `$(file-text) Use ${origin}`,
    description: describe(text),
    obtain: async () => next(text),
  }));
  const lastUsed = {
    label: '$(history) Use what was entered last',
    description: describe(last),
    detail: excerpt(last),
    obtain: async () => next(last),
  };
  return [
    ...fromEditor,
    {
      label: '$(keyboard) Type them here',
      description: 'one line, for a short description',
      obtain: () => typeHere(position, store),
    },
    {
      label: '$(edit) Write them in an editor',
      description: 'opens a document; your other answers are kept',
      obtain: () => writeInEditor(store),
    },
    { label: '$(folder-opened) Read them from a file…', obtain: readFromFile },
    ...(last.trim() === '' ? [] : [lastUsed]),
  ];
}

async function typeHere(position: Position, store: AnswerStore): Promise<Answer<string> | undefined> {
  const { requirements } = store.answers;
  const answer = await askText(
    { ...position, canGoBack: true },
    {
      // A line cannot hold what was written elsewhere.
      value: /[\r\n]/.test(requirements) ? '' : requirements,
      prompt: 'What should the application do?',
      placeholder: 'Users write posts with a title and a body. Visitors can search posts and leave comments.',
      check: checkRequirements,
      onChange: (value) => void store.update({ requirements: value }),
    },
  );
  return answer.kind === 'back' ? undefined : answer;
}

/** Opens the requirements of a request, where they are open already or in a new document, with its other answers given. */
export async function editRequirements(store: AnswerStore, request: ProjectRequest): Promise<void> {
  await store.update(request);
  const open = vscode.workspace.textDocuments.find(
    (document) => stripHint(document.getText()).trim() === request.requirements.trim(),
  );
  if (open === undefined) {
    await writeInEditor(store);
    return;
  }
  await vscode.window.showTextDocument(open);
  await store.update({ isWriting: true });
}

async function writeInEditor(store: AnswerStore): Promise<Answer<string>> {
  const { projectName, requirements } = store.answers;
  const content = hintedDocument(projectName.trim() || 'the application', requirements);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  const editor = await vscode.window.showTextDocument(document);
  const end = document.lineAt(document.lineCount - 1).range.end;
  editor.selection = new vscode.Selection(end, end);
  await store.update({ isWriting: true });
  return { kind: 'dismissed' };
}

async function readFromFile(): Promise<Answer<string> | undefined> {
  const [uri] = (await vscode.window.showOpenDialog({
    title: 'Choose a file with the requirements',
    openLabel: 'Use as Requirements',
    filters: { Text: ['md', 'markdown', 'txt', 'adoc', 'rst'], 'All files': ['*'] },
  })) ?? [undefined];
  if (uri === undefined) return undefined;
  try {
    return next(await readTextFile(uri));
  } catch (error) {
    offer(vscode.window.showErrorMessage, toTakossError(error).message, []);
    return undefined;
  }
}

function next(value: string): Answer<string> {
  return { kind: 'next', value };
}

function describe(text: string): string {
  const words = text.split(/\s+/).filter((word) => word !== '').length;
  return `${words.toLocaleString('en')} ${words === 1 ? 'word' : 'words'}`;
}

function excerpt(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
