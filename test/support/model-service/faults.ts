import type { ApiError } from './api-error.ts';
import type { Asked } from './asked.ts';

/** What goes wrong with one request. Events of a stream count from 1, pings included. */
export type Fault =
  /** An error instead of an answer. */
  | { readonly kind: 'error'; readonly error: ApiError }
  /** The connection is reset before anything is answered. */
  | { readonly kind: 'reset' }
  /** The connection is cut after so many events. */
  | { readonly kind: 'cut'; readonly afterEvents: number }
  /** Nothing comes any more after so many events, or only pings. The connection stays. */
  | { readonly kind: 'silence'; readonly afterEvents: number; readonly pingEveryMs?: number }
  /** A proxy in between keeps everything, headers included, until the answer is whole. */
  | { readonly kind: 'held-back' }
  /** An `error` event in a stream that began well. */
  | { readonly kind: 'error-event'; readonly afterEvents: number; readonly error: ApiError }
  /** Of each tool call only so many deltas are sent, then it ends as if it were whole. */
  | { readonly kind: 'truncated-json'; readonly afterDeltas: number }
  /** The answer ends with this reason after so many events. */
  | { readonly kind: 'stop'; readonly afterEvents: number; readonly reason: 'max_tokens' | 'refusal' };

export const refusedKey: Fault = error(401, 'authentication_error', 'invalid x-api-key');

export const noCredit: Fault = error(
  400,
  'invalid_request_error',
  'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
);

/** As organizations that are billed otherwise hear it. */
export const paymentRequired: Fault = error(402, 'billing_error', 'Your organization has no credit left.');

export const overloaded: Fault = error(529, 'overloaded_error', 'Overloaded');

export const internalError: Fault = error(500, 'api_error', 'Internal server error');

export function rateLimited(retryAfterSeconds: number): Fault {
  return error(429, 'rate_limit_error', 'This request would exceed your rate limit.', {
    'retry-after': String(retryAfterSeconds),
    'anthropic-ratelimit-requests-remaining': '0',
  });
}

/** The service has too much to do, and says so in the middle of an answer. */
export function overloadedAfter(afterEvents: number): Fault {
  return { kind: 'error-event', afterEvents, error: { status: 529, type: 'overloaded_error', message: 'Overloaded' } };
}

export function error(
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Fault {
  return { kind: 'error', error: { status, type, message, headers } };
}

interface PlannedFault {
  readonly fault: Fault;
  left: number;
  readonly when: (asked: Asked) => boolean;
}

/** Which requests something goes wrong with. */
export class FaultPlan {
  #planned: PlannedFault[] = [];

  /** The next `times` requests of which `when` is true have this fault; those planned first go first. */
  add(fault: Fault, { times = 1, when = () => true }: { times?: number; when?: (asked: Asked) => boolean } = {}): void {
    this.#planned.push({ fault, left: times, when });
  }

  clear(): void {
    this.#planned = [];
  }

  take(asked: Asked): Fault | undefined {
    const next = this.#planned.find(({ left, when }) => left > 0 && when(asked));
    if (next !== undefined) next.left -= 1;
    return next?.fault;
  }
}
