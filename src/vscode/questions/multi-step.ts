import * as vscode from 'vscode';

/** What came of a question. */
export type Answer<T> =
  | { readonly kind: 'next'; readonly value: T }
  | { readonly kind: 'back' }
  | { readonly kind: 'dismissed' };

/** Where a question stands in its sequence, counted from 1. */
export interface Position {
  readonly title: string;
  readonly step: number;
  readonly total: number;
  readonly canGoBack: boolean;
}

export type Question = (position: Position) => Promise<Answer<unknown>>;

/** Asks one question after the other, going back where the user does. Returns whether the last was answered. */
export async function askInOrder(title: string, questions: readonly Question[], first = 0): Promise<boolean> {
  let index = first;
  for (;;) {
    const question = questions[index];
    if (question === undefined) return true;
    const answer = await question({ title, step: index + 1, total: questions.length, canGoBack: index > 0 });
    if (answer.kind === 'dismissed') return false;
    index = answer.kind === 'back' ? Math.max(0, index - 1) : index + 1;
  }
}

export interface TextOptions {
  readonly value: string;
  readonly prompt: string;
  readonly placeholder: string;
  /** Whether it is hidden while it is typed. */
  readonly isSecret?: boolean;
  /** What is wrong with a value and what to do about it, or undefined. */
  readonly check: (value: string) => string | undefined;
  /** Called at every change, so that nothing typed is lost. */
  readonly onChange: (value: string) => void;
}

/** Asks for a line of text. It is checked while the user types, but not before: nobody likes to be told off on arrival. */
export function askText(position: Position, options: TextOptions): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  input.value = options.value;
  input.prompt = options.prompt;
  input.placeholder = options.placeholder;
  input.password = options.isSecret ?? false;
  return ask(input, position, (finish) => {
    input.onDidChangeValue((value) => {
      input.validationMessage = options.check(value);
      options.onChange(value);
    });
    input.onDidAccept(() => {
      const problem = options.check(input.value);
      input.validationMessage = problem;
      if (problem === undefined) finish({ kind: 'next', value: input.value });
    });
  });
}

/** Asks for one of several. */
export function askPick<T extends vscode.QuickPickItem>(
  position: Position,
  options: { readonly placeholder: string; readonly items: readonly T[]; readonly active?: T | undefined },
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.items = options.items;
  if (options.active !== undefined) pick.activeItems = [options.active];
  return ask(pick, position, (finish) => {
    pick.onDidAccept(() => {
      const [value] = pick.selectedItems;
      if (value !== undefined) finish({ kind: 'next', value });
    });
  });
}

function ask<T>(
  input: vscode.InputBox | vscode.QuickPick<vscode.QuickPickItem>,
  { title, step, total, canGoBack }: Position,
  listen: (finish: (answer: Answer<T>) => void) => void,
): Promise<Answer<T>> {
  input.title = title;
  if (total > 1) {
    input.step = step;
    input.totalSteps = total;
  }
  // A click elsewhere, to read or copy something, is no answer.
  input.ignoreFocusOut = true;
  input.buttons = canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<Answer<T>>((resolve) => {
    const finish = (answer: Answer<T>): void => {
      // The first answer counts: hiding, which disposing brings about, comes after it.
      resolve(answer);
      input.dispose();
    };
    input.onDidTriggerButton(() => finish({ kind: 'back' }));
    input.onDidHide(() => finish({ kind: 'dismissed' }));
    listen(finish);
    input.show();
  });
}
