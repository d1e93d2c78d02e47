import { TakossError } from '../../core/errors.ts';
import { Endpoint } from '../../transport/endpoint.ts';
import { readSettings } from '../settings.ts';
import type { HostParts } from './host-parts.ts';

/**
 * Where the service of Claude is: of the settings, else of the environment; undefined for its usual place. Throws `invalid-request` for an
 * address over which a key may not travel.
 */
export function claudeBaseUrl(host: HostParts): string | undefined {
  const address = readSettings().claude.baseUrl ?? host.environment('ANTHROPIC_BASE_URL')?.trim();
  if (address === undefined || address === '') return undefined;
  try {
    return new Endpoint(address).url('');
  } catch (error) {
    throw error instanceof TakossError ? unusable(error) : error;
  }
}

function unusable(cause: TakossError): TakossError {
  return new TakossError('invalid-request', `The address of Claude's service cannot be used: ${cause.message}`, {
    cause,
  });
}
