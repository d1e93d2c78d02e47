import type * as vscode from 'vscode';
import type { HostParts } from './engine/host-parts.ts';
import { commandIds } from './identifiers.ts';
import { openSetting, Refusal, remedy } from './problems.ts';
import type { TokenStore } from './remote/token-store.ts';
import type { GeneratorOptions, RunGenerator } from './run-generator.ts';

export interface GeneratorParts {
  readonly tokens: TokenStore;
  readonly host: HostParts;
  /** Where the extension keeps what all windows share. */
  readonly storage: vscode.Uri;
}

/**
 * The generator for what was chosen. Engines, templates and the client of servers are loaded here, when the first run begins. Throws
 * `invalid-request` without a usable address of a server, `auth` without a key or token for it, and `model-key` without a key for a provider that needs one.
 */
export async function createGenerator(
  { tokens, host, storage }: GeneratorParts,
  { onConnection, endpoint, choice = { kind: 'remote' } }: GeneratorOptions,
): Promise<RunGenerator> {
  if (choice.kind === 'offline') {
    const { createLocalGenerator } = await import('../local-generator.ts');
    return { generator: createLocalGenerator() };
  }
  if (choice.kind !== 'remote') {
    const { createModelRun } = await import('./engine/model-run.ts');
    return { generator: await createModelRun(choice, host, storage) };
  }
  const { readSettings } = await import('./settings.ts');
  const server = endpoint ?? readSettings().remote.endpoint;
  if (server === undefined) {
    throw new Refusal('No server is set. Sign in to one, or set its address in the settings, and try again.', [
      remedy('Sign In', commandIds.signIn),
      openEndpointSetting,
    ]);
  }
  const { createRemoteGenerator } = await import('./remote/remote-generator.ts');
  return await createRemoteGenerator(server, tokens, onConnection);
}

export const openEndpointSetting = openSetting('Open Settings', 'remote.endpoint');
