import { TakossError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

/** What a remote client needs of the world, passed in so that tests decide about network, time and chance. */
export interface RemoteParts {
  /** The address of the server, such as `https://takoss.example.com`. */
  readonly endpoint: string;
  /** The key or token, asked for before every request, since a token may have been renewed. Undefined or empty: there is none. */
  readonly token: () => string | undefined | Promise<string | undefined>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly clock: Clock;
  /** From 0 up to, but not including, 1. */
  readonly random: () => number;
  /** Resolves after so many ms, or at once when the signal is aborted. */
  readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** What becomes of the connection of a run. */
export type ConnectionState =
  | {
      readonly state: 'lost';
      /** When it is tried again, in ms from now. */
      readonly retryInMs: number;
      /** Counts from 1; from the beginning again after progress. */
      readonly attempt: number;
      /** Why, as a clause without a full stop. */
      readonly reason: string;
    }
  | { readonly state: 'connected' };

export interface RemoteGeneratorParts extends RemoteParts {
  /** Told when the connection is lost and when it is back, so that a host can say so. The run goes on meanwhile. */
  readonly onConnection?: (state: ConnectionState) => void;
}

/** The real world. */
export const systemParts: Omit<RemoteParts, 'endpoint' | 'token'> = {
  // Looked up on use: hosts replace it to go through proxies.
  fetch: (url, init) => fetch(url, init),
  clock: { now: () => Date.now() },
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, milliseconds);
      signal.addEventListener('abort', end);
    }),
};

/** The value of the header that says who asks. Throws `auth` when there is no key or token, or one that no header can hold. */
export async function bearer(parts: Pick<RemoteParts, 'token'>): Promise<string> {
  const token = (await parts.token())?.trim() ?? '';
  if (token === '') throw new TakossError('auth', 'There is no key or token for the server. Sign in to it first.');
  // Refused here, because the error about an invalid header quotes it.
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TakossError('auth', 'The key or token has characters that none has. Copy it again and sign in with it.');
  }
  return `Bearer ${token}`;
}
