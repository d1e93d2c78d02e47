import { TakossError } from '../core/errors.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { Endpoint } from '../transport/endpoint.ts';
import type { Environment } from './credentials.ts';

/**
 * Where the service of a provider is, if not at its usual place. Throws `invalid-request` for an address over which a key may not travel: one
 * that is not encrypted, except on this machine, or that has a name, a password or a query in it. `problem` begins the sentence.
 */
export function serviceAddress(typed: string | undefined, problem: string): string | undefined {
  const address = typed?.trim() ?? '';
  if (address === '') return undefined;
  try {
    return new Endpoint(address).url('');
  } catch (error) {
    if (!(error instanceof TakossError)) throw error;
    throw invalid(`${problem} cannot be used: ${error.message}`, error);
  }
}

/** The address that the environment says for a provider. Throws as {@link serviceAddress} does. */
export function environmentAddress({ address }: ModelProvider, environment: Environment): string | undefined {
  return address === undefined ? undefined : serviceAddress(environment(address.variable), address.variable);
}

function invalid(message: string, cause: TakossError): TakossError {
  return new TakossError('invalid-request', message, { cause });
}
