import type * as vscode from 'vscode';
import * as z from 'zod';

const answersSchema = z.object({
  projectName: z.string().catch(''),
  description: z.string().catch(''),
  requirements: z.string().catch(''),
  /** Whether the requirements are being written in an editor, with the other answers given. */
  isWriting: z.boolean().catch(false),
});
/** What the user has answered so far, right or wrong. */
export type Answers = z.infer<typeof answersSchema>;

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
    this.#answers = answersSchema.parse(memento.get('takoss.answers') ?? {});
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
