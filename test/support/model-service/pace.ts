import { setTimeout as sleep } from 'node:timers/promises';

/** How fast the model answers. */
export interface Pace {
  /** From the request to the first token, in ms. */
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
}

/**
 * Waits until a token is due. Reckoned from the beginning of the request, so that late timers do not add up, as they do where every token waits
 * for the one before.
 */
export async function waitForToken(pace: Pace, startedAt: number, token: number, signal: AbortSignal): Promise<void> {
  const due = startedAt + pace.firstTokenMs + (token * 1000) / pace.tokensPerSecond;
  const left = due - performance.now();
  if (left > 0) await sleep(left, undefined, { signal });
}
