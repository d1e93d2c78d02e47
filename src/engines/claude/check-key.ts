import { Models } from '@anthropic-ai/sdk/resources/models';
import { type TakossError, throwIfCancelled } from '../../core/errors.ts';
import { createClient } from './exchange.ts';
import { failureOf } from './failures.ts';
import { defaultClaudeModel } from './model-list.ts';
import { type ClaudeConnectionOptions, connectionOf, hostOf, secretOf } from './options.ts';

/** A person waits for the answer, in ms. */
const checkWithinMs = 15_000;

/**
 * Asks the service whether it takes an API key, by a request that costs nothing. Returns undefined when it does, else the error that says why not:
 * `model-key` for a key that is refused, `network` for a service that cannot be asked. Throws `cancelled` only.
 */
export async function checkClaudeKey(
  options: ClaudeConnectionOptions,
  { signal }: { signal: AbortSignal },
): Promise<TakossError | undefined> {
  throwIfCancelled(signal);
  const host = hostOf(options);
  try {
    const connection = connectionOf(options);
    const limited = AbortSignal.any([signal, AbortSignal.timeout(checkWithinMs)]);
    await new Models(createClient(connection, connection.fetch)).list({ limit: 1 }, { signal: limited });
    return undefined;
  } catch (thrown) {
    throwIfCancelled(signal);
    return failureOf(thrown, { model: defaultClaudeModel, host, secret: secretOf(options) }).error;
  }
}
