import * as vscode from 'vscode';

/** What the settings call a language model of VS Code: `copilot/gpt-5`. */
export function nameOf(chat: vscode.LanguageModelChat): string {
  return `${chat.vendor}/${chat.id}`;
}

/** Requests quote the files that a feature is built on: with less room than this, nothing can be written. */
const leastInputTokens = 8000;

/** The language models that VS Code has now and that have enough room, those with the most of it first. */
export async function vscodeModels(): Promise<readonly vscode.LanguageModelChat[]> {
  const chats = await vscode.lm.selectChatModels();
  return chats
    .filter(({ maxInputTokens }) => maxInputTokens >= leastInputTokens)
    .sort((a, b) => b.maxInputTokens - a.maxInputTokens);
}
