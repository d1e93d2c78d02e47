import { APIError } from '@anthropic-ai/sdk/error';
import * as z from 'zod';
import { TakossError } from '../../core/errors.ts';
import { describeConnection, isCertificate } from './connection.ts';
import { retryAfterMs } from './retry.ts';
import { hideSecrets } from './secrets.ts';

/** Why a request failed, and whether sending it again can help. */
export interface Failure {
  readonly error: TakossError;
  readonly again?: {
    readonly reason: 'rate-limit' | 'overloaded' | 'network';
    /** What the service asked to wait at least, in ms. */
    readonly afterMs: number | undefined;
  };
}

/** What a failure is told about. */
export interface Subject {
  readonly model: string;
  /** Where requests go: `api.anthropic.com`. */
  readonly host: string;
  /** The key or token. */
  readonly secret: string;
}

/** What is left of an error of the SDK for the log: those themselves carry headers. */
export class ClaudeApiFailure extends Error {
  override readonly name = 'ClaudeApiFailure';
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

const bodySchema = z.object({
  error: z.object({
    type: z.string().optional().catch(undefined),
    message: z.string().optional().catch(undefined),
    details: z.object({ error_code: z.string() }).optional().catch(undefined),
  }),
});

/** The statuses that errors within a stream would have had: platform.claude.com/docs/en/api/errors. */
const statusOfType: ReadonlyMap<string | undefined, number> = new Map([
  ['invalid_request_error', 400],
  ['authentication_error', 401],
  ['billing_error', 402],
  ['permission_error', 403],
  ['not_found_error', 404],
  ['conflict_error', 409],
  ['request_too_large', 413],
  ['rate_limit_error', 429],
  ['api_error', 500],
  ['timeout_error', 504],
  ['overloaded_error', 529],
]);

/** What the service said. */
interface Said {
  readonly status: number;
  readonly type: string | undefined;
  readonly code: string | undefined;
  /** A clause that can stand after a colon; empty where it said nothing. */
  readonly because: string;
  /** How long the service asked to wait, in ms. */
  readonly afterMs: number | undefined;
  readonly cause: ClaudeApiFailure;
}

/** Makes of anything thrown while a request was sent, or its answer read, what to tell and do. */
export function failureOf(thrown: unknown, subject: Subject): Failure {
  if (thrown instanceof TakossError) return { error: thrown };
  // Errors of the connection are of this class too.
  if (!(thrown instanceof APIError) || (thrown.status === undefined && thrown.error === undefined)) {
    return connectionFailure(thrown, subject);
  }
  const body = bodySchema.safeParse(thrown.error).data?.error;
  const status = thrown.status ?? statusOfType.get(body?.type) ?? 500;
  const message = oneLine(hideSecrets(body?.message ?? '', subject.secret));
  const headers: Headers | undefined = thrown.headers;
  const afterMs = headers === undefined ? undefined : retryAfterMs(headers, Date.now());
  const said: Said = {
    status,
    afterMs,
    type: body?.type,
    code: body?.details?.error_code,
    because: message === '' ? '' : `: ${message}`,
    cause: new ClaudeApiFailure(
      [status, body?.type, message, requestId(thrown)].filter((part) => part !== undefined && part !== '').join(' '),
      status,
    ),
  };
  const failure = serviceFailure(said, subject);
  const asked = headers?.get('x-should-retry');
  if (asked === 'false') return { error: failure.error };
  const again = failure.again ?? (asked === 'true' ? { reason: 'overloaded' as const } : undefined);
  return again === undefined ? failure : { error: failure.error, again: { ...again, afterMs } };
}

function serviceFailure(said: Said, subject: Subject): Failure {
  const { status, because, cause, afterMs } = said;
  const { model, host } = subject;
  const fail = (code: TakossError['code'], message: string): Failure => ({
    error: new TakossError(code, message, { cause }),
  });
  if (isOutOfCredit(said)) {
    return fail(
      'model-credit',
      `The account of this API key has no credit left${because}. Buy credit or raise the limit in the Claude Console, then try again.`,
    );
  }
  if (said.code === 'organization_on_hold' || /organization has been disabled/i.test(because)) {
    return fail(
      'model-key',
      `The organization of this API key may not use Claude${because}. Set a key of another one.`,
    );
  }
  if (status === 429) {
    const error = new TakossError(
      'rate-limit',
      `This API key has used up its share for now${because}. Try again in ${inMinutes(afterMs)}.`,
      { cause },
    );
    return { error, again: { reason: 'rate-limit', afterMs: undefined } };
  }
  if (status === 408 || status === 409 || status >= 500) {
    const error = new TakossError(
      'model-overloaded',
      `Claude cannot answer at the moment (${status})${because}. Try again in ${inMinutes(afterMs)}.`,
      { cause },
    );
    return { error, again: { reason: 'overloaded', afterMs: undefined } };
  }
  switch (status) {
    case 401:
      // The key is good: its organization only keeps browsers away.
      if (/\bCORS\b/.test(because)) {
        return fail(
          'model-key',
          `The organization of this API key does not allow browsers to use it${because}. Use VS Code on the desktop or a Takoss server, or set another key.`,
        );
      }
      return fail('model-key', `${host} does not accept the API key${because}. Set a valid one, then try again.`);
    case 403:
      return fail(
        'model-key',
        `The API key may not be used for this${because}. Check what it is allowed to do, or set another one.`,
      );
    case 404:
      if (said.type === 'not_found_error') {
        return fail('model-unknown', `There is no model “${model}” for this API key. Choose another one.`);
      }
      return fail('network', `${host} does not answer as the Claude API does (404). Check the base URL.`);
    case 413:
      return fail('model', `The request is too long for the Claude API${because}. Shorten the requirements.`);
  }
  if (status < 400) {
    return fail(
      'network',
      `${host} sends requests on to another address (${status}), where the API key does not belong. Check the base URL.`,
    );
  }
  return fail(
    'model',
    `The Claude API did not accept the request (${status})${because}. Choose another model, or report this with the log.`,
  );
}

/** What the SDK names of an account that may spend no more. */
const spendCodes: ReadonlySet<string> = new Set([
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
  'linked_organization_billing_unavailable',
  'linked_organization_spend_limit_reached',
]);

/** Limits on spending come with three statuses; waiting helps with none: platform.claude.com/docs/en/api/rate-limits. */
function isOutOfCredit({ status, type, code, because }: Said): boolean {
  if (status === 402 || type === 'billing_error' || (code !== undefined && spendCodes.has(code))) return true;
  return (
    (status === 400 || status === 429) &&
    /credit balance is too low|reached your (specified )?(workspace )?API usage limits/i.test(because)
  );
}

function connectionFailure(thrown: unknown, { host, secret }: Subject): Failure {
  const description = describeConnection(thrown);
  const cause = new ClaudeApiFailure(hideSecrets(description.log, secret));
  if (isCertificate(description.code)) {
    const message = `The certificate of ${host} is not trusted (${description.code}). Check the address, or let this machine trust who issued it.`;
    return { error: new TakossError('network', message, { cause }) };
  }
  const message = `${host} cannot be reached: ${description.reason}. Check the connection, then try again.`;
  return { error: new TakossError('network', message, { cause }), again: { reason: 'network', afterMs: undefined } };
}

/** The first line, without a full stop, bounded: it comes from outside. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, 400).replace(/\.$/, '');
}

function requestId(error: APIError): string | undefined {
  const id = error.requestID ?? '';
  return /^[\w-]{1,80}$/.test(id) ? id : undefined;
}

/** `3 minutes`, rounded up; `a few minutes` where the service did not say. */
function inMinutes(ms: number | undefined): string {
  if (ms === undefined) return 'a few minutes';
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
