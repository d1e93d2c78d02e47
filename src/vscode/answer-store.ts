import type * as vscode from 'vscode';

/** What the user has answered so far, right or wrong. */
export interface Answers {
  readonly projectName: string;
  readonly description: string;
  readonly requirements: string;
  /** Whether the requirements are being written in an editor, with the other answers given. */
  readonly isWriting: boolean;
}

const noAnswers: Answers = { projectName: '', description: '', requirements: '', isWriting: false };

/**
 * Keeps answers over a dismissed question, a reload, and the opening of a folder, which is a new window with a workspace state of its own:
 * hence the global state.
 */
export class AnswerStore {
  readonly #memento: vscode.Memento;
  /** The memento follows with a delay: VS Code echoes changes of the global state, and an echo may bring back an older value. */
  #answers: Answers;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
    this.#answers = readAnswers(memento.get('takoss.answers'));
  }

  get answers(): Answers {
    return this.#answers;
  }

  async update(changes: Partial<Answers>): Promise<void> {
    this.#answers = { ...this.#answers, ...changes };
    await this.#memento.update('takoss.answers', this.#answers);
  }

  /** After a project was made of them. Requirements stay, to be offered as the last used. */
  async settle(): Promise<void> {
    await this.update({ projectName: '', description: '', isWriting: false });
  }
}

/** Takes over what is of the right type. By hand, because activation does without the schema library. */
function readAnswers(stored: unknown): Answers {
  if (typeof stored !== 'object' || stored === null) return noAnswers;
  const entries = Object.entries(stored).filter(
    ([key, value]) => Object.hasOwn(noAnswers, key) && typeof value === typeof noAnswers[key as keyof Answers],
  );
  return { ...noAnswers, ...Object.fromEntries(entries) };
}
