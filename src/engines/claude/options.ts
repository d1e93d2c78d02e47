import { TakossError } from '../../core/errors.ts';
import type { Connection } from './exchange.ts';
import { type ClaudeTimeouts, defaultTimeouts } from './watchdog.ts';

/** How the service is reached. */
export interface ClaudeConnectionOptions {
  /** A key of the service. Not both. */
  readonly apiKey?: string | undefined;
  /** A token that a gateway gave out. */
  readonly authToken?: string | undefined;
  /** With or without `/v1` at its end. By default that of Anthropic; the environment is not looked at. */
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeouts?: Partial<ClaudeTimeouts> | undefined;
}

const defaultBaseUrl = 'https://api.anthropic.com';

/** Throws `model-key` for a key that cannot be one, `network` for a base URL that is none. */
export function connectionOf(options: ClaudeConnectionOptions): Connection {
  const kind = options.authToken === undefined ? 'api-key' : 'auth-token';
  const secret = secretOf(options);
  if (secret === '') throw new TakossError('model-key', 'Claude needs an API key. Set one, then try again.');
  // A header cannot hold anything else, and `fetch` would quote the key to say so.
  if (!/^[\x21-\x7e]+$/.test(secret)) {
    throw new TakossError('model-key', 'The API key has characters that no key has. Set it again.');
  }
  const baseUrl = baseUrlOf(options);
  if (!/^https?:\/\//i.test(baseUrl) || !URL.canParse(baseUrl)) {
    throw new TakossError('network', 'The base URL of the Claude API is not an address. Correct it, then try again.');
  }
  const { fetch = globalThis.fetch, timeouts } = options;
  return { kind, secret, baseUrl, fetch, timeouts: { ...defaultTimeouts, ...timeouts } };
}

/** What says who pays; empty where nothing does. */
export function secretOf({ apiKey = '', authToken }: ClaudeConnectionOptions): string {
  return (authToken ?? apiKey).trim();
}

/** Where requests go, to tell the user: `api.anthropic.com`. */
export function hostOf(options: ClaudeConnectionOptions): string {
  const baseUrl = baseUrlOf(options);
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'The service';
}

/** Every path of the API begins with the version: an address that ends in it already would say it twice, and the service knows no such path. */
function baseUrlOf({ baseUrl }: ClaudeConnectionOptions): string {
  return (baseUrl?.trim() || defaultBaseUrl).replace(/\/+$/, '').replace(/\/v1$/, '');
}
