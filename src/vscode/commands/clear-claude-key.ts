import * as vscode from 'vscode';
import { Refusal } from '../problems.ts';
import type { Services } from '../services.ts';

/** *Takoss: Clear Claude API Key*: forgets the key that is kept. One in the environment stays in use, and the message says so. */
export async function clearClaudeKey({ keys, log }: Services): Promise<void> {
  const before = await keys.get();
  if (before?.source !== 'secrets') {
    throw new Refusal(
      before === undefined
        ? 'There is no Claude API key to clear.'
        : 'Takoss keeps no Claude API key. The one in use is in the environment of VS Code: take it away there.',
      [],
    );
  }
  await keys.delete();
  log.info('The key for Claude was cleared.');
  const after = await keys.get();
  void vscode.window.showInformationMessage(
    after === undefined
      ? 'Your Claude API key is cleared.'
      : 'Your Claude API key is cleared. There is another one in the environment of VS Code, which is used from now on.',
  );
}
