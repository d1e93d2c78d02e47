import { commandIds } from './identifiers.ts';
import { Refusal, remedy } from './problems.ts';
import type { TokenStore } from './remote/token-store.ts';
import type { GeneratorOptions, RunGenerator } from './run-generator.ts';

/**
 * The generator the settings ask for. Engines, templates and the client of servers are loaded here, when the first run begins. Throws
 * `invalid-request` without a usable address of a server, and `auth` without a key or token for it.
 */
export async function createGenerator(
  tokens: TokenStore,
  { onConnection, endpoint }: GeneratorOptions,
): Promise<RunGenerator> {
  const { readSettings } = await import('./settings.ts');
  const settings = readSettings();
  if (endpoint === undefined && settings.engine === 'offline') {
    const { createLocalGenerator } = await import('../local-generator.ts');
    return { generator: createLocalGenerator() };
  }
  const server = endpoint ?? settings.remote.endpoint;
  if (server === undefined) {
    throw new Refusal('No server is set. Sign in to one, or set its address in the settings, and try again.', [
      remedy('Sign In', commandIds.signIn),
      openEndpointSetting,
    ]);
  }
  const { createRemoteGenerator } = await import('./remote/remote-generator.ts');
  return await createRemoteGenerator(server, tokens, onConnection);
}

export const openEndpointSetting = remedy('Open Settings', 'workbench.action.openSettings', 'takoss.remote.endpoint');
