import { TakossError } from '../../core/errors.ts';
import { Endpoint } from '../../transport/endpoint.ts';

/** Where a server is, checked. */
export interface ServerAddress {
  /** As it was given, without spaces around it. */
  readonly endpoint: string;
  /** Host and port, for sentences and the log. */
  readonly host: string;
  /** What a key or token belongs to. */
  readonly origin: string;
}

/** Throws `invalid-request` for what is no address of a server, and for one over which a key may not travel. */
export function parseServerAddress(text: string): ServerAddress {
  const endpoint = text.trim();
  // Said without quoting it: what is before the @ may be a password.
  if (endpoint.includes('@')) {
    throw new TakossError(
      'invalid-request',
      'The address of the server has a name or password in it. Leave it out: you sign in with a key or token.',
      { field: 'endpoint' },
    );
  }
  const { host } = new Endpoint(endpoint);
  return { endpoint, host, origin: new URL(endpoint).origin };
}
