import { TakossError } from '../../core/errors.ts';
import { leaveRunning, RemoteGenerator } from '../../transport/remote-generator.ts';
import { systemParts } from '../../transport/remote-parts.ts';
import type { ConnectionListener, RunGenerator } from '../run-generator.ts';
import { parseServerAddress } from './server-address.ts';
import type { TokenStore } from './token-store.ts';

/** Runs generations on a server. Throws `invalid-request` for an unusable address, and `auth` without a key or token for it. */
export async function createRemoteGenerator(
  endpoint: string,
  tokens: TokenStore,
  onConnection: ConnectionListener,
): Promise<RunGenerator> {
  const address = parseServerAddress(endpoint);
  if ((await tokens.get(address)) === undefined) {
    throw new TakossError('auth', `There is no key or token for ${address.host}. Sign in to it, and try again.`);
  }
  const generator = new RemoteGenerator({
    ...systemParts,
    endpoint: address.endpoint,
    token: () => tokens.get(address),
    onConnection,
  });
  return {
    generator,
    server: {
      endpoint: address.endpoint,
      host: address.host,
      leaveReason: leaveRunning,
      // From the beginning: the pieces of files that came before the reload went with it.
      attach: (runId, options) => generator.attach(runId, 0, options),
    },
  };
}
