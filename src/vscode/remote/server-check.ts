import * as z from 'zod';
import { type ConnectionCheck, checkConnection } from '../../transport/check-connection.ts';
import { Endpoint } from '../../transport/endpoint.ts';
import { systemParts } from '../../transport/remote-parts.ts';
import type { ServerAddress } from './server-address.ts';

/** What a test of a server found. */
export type ServerCheck = ConnectionCheck & {
  /** The version of a server that can be used, where it tells. */
  readonly version?: string;
};

const healthSchema = z.object({ version: z.string().regex(/^[\w.+-]{1,40}$/) });

/** How long the version is waited for, in ms: the server has just answered, and it is not essential. */
const versionLimitMs = 3000;

/** Asks a server whether it is there and takes the key or token. Never throws. */
export async function checkServer(
  { endpoint }: ServerAddress,
  token: string | undefined,
  signal: AbortSignal,
): Promise<ServerCheck> {
  const check = await checkConnection({ ...systemParts, endpoint, token: () => token }, signal);
  if (!check.ok) return check;
  const version = await readVersion(endpoint, signal);
  return version === undefined ? check : { ...check, version };
}

async function readVersion(endpoint: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const response = await systemParts.fetch(new Endpoint(endpoint).url('/healthz'), {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(versionLimitMs)]),
    });
    return healthSchema.safeParse(await response.json()).data?.version;
  } catch {
    return undefined;
  }
}
