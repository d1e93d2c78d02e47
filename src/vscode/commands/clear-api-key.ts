import * as vscode from 'vscode';
import { askForKeyedProvider, readKeyArgument } from '../engine/keyed-provider.ts';
import { Refusal } from '../problems.ts';
import type { Services } from '../services.ts';

/** *Takoss: Clear API Key*: forgets the key that is kept for a provider. One in the environment stays in use, and the message says so. */
export async function clearApiKey({ providers, keys, log }: Services, argument?: unknown): Promise<void> {
  const provider = await askForKeyedProvider(providers, readKeyArgument(argument), 'Takoss: Clear API Key');
  if (provider === undefined) return;
  const { label } = provider;
  const before = await keys.get(provider);
  if (before?.source !== 'secrets') {
    throw new Refusal(
      before === undefined
        ? `There is no ${label} API key to clear.`
        : `Takoss keeps no ${label} API key. The one in use is in the environment of VS Code: take it away there.`,
      [],
    );
  }
  await keys.delete(provider);
  log.info(`The key for ${label} was cleared.`);
  const after = await keys.get(provider);
  void vscode.window.showInformationMessage(
    after === undefined
      ? `Your ${label} API key is cleared.`
      : `Your ${label} API key is cleared. There is another one in the environment of VS Code, which is used from now on.`,
  );
}
