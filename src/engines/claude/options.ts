import type { Connection } from './exchange.ts';
import { type ClaudeTimeouts, defaultTimeouts } from './watchdog.ts';

/** How the service is reached. */
export interface ClaudeConnectionOptions {
  readonly apiKey: string;
  /** Without `/v1`. By default that of Anthropic; the environment is not looked at. */
  readonly baseUrl?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly timeouts?: Partial<ClaudeTimeouts> | undefined;
}

const defaultBaseUrl = 'https://api.anthropic.com';

export function connectionOf({ apiKey, baseUrl, fetch, timeouts }: ClaudeConnectionOptions): Connection {
  return {
    apiKey: apiKey.trim(),
    baseUrl: (baseUrl?.trim() || defaultBaseUrl).replace(/\/+$/, ''),
    fetch: fetch ?? globalThis.fetch,
    timeouts: { ...defaultTimeouts, ...timeouts },
  };
}
