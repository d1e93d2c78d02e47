import type { ModelProvider } from '../../engines/contract.ts';
import { serviceAddress } from '../../hosts/service-address.ts';
import { readAddress } from '../settings.ts';
import type { HostParts } from './host-parts.ts';

/**
 * Where the service of a provider is: of the settings, else of the environment; undefined for its usual place. Throws `invalid-request` for an
 * address over which a key may not travel.
 */
export function addressOf({ id, label, address }: ModelProvider, host: HostParts): string | undefined {
  if (address === undefined) return undefined;
  const typed = readAddress(id) ?? host.environment(address.variable);
  return serviceAddress(typed, `The address of ${label}'s service`);
}
