import * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import { parseRetryAfter } from './backoff.ts';
import { cleanLine } from './clean-text.ts';
import { Interruption } from './interruption.ts';

/** What a server may say about a failure: `application/problem+json` (RFC 9457) or what the first version sent. */
const problemSchema = z.object({
  detail: z.string().optional().catch(undefined),
  title: z.string().optional().catch(undefined),
  /** The fields at fault. */
  errors: z
    .array(z.object({ field: z.string().optional() }))
    .optional()
    .catch(undefined),
  error: z.string().optional().catch(undefined),
  message: z.string().optional().catch(undefined),
});
type Problem = z.infer<typeof problemSchema>;

const maxProblemBytes = 64 * 1024;

/** Makes of an answer that is not the one hoped for what to throw: an {@link Interruption} where trying again can help. */
export async function responseFailure(
  response: Response,
  host: string,
  now: number,
): Promise<Interruption | TakossError> {
  const { status } = response;
  if (isRedirect(response)) {
    await discard(response);
    return redirected(response, host);
  }
  const problem = await readProblem(response);
  const said = cleanLine(problem.detail ?? problem.message ?? problem.error ?? problem.title ?? '', 500).replace(
    /\.?\s*$/,
    '',
  );
  const because = said === '' ? '' : `: ${said}`;
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), now);
    if (status === 429)
      return new Interruption(said || 'too many requests at once', { code: 'rate-limit', retryAfterMs });
    return new Interruption(`the server answered ${status}${because}`, { retryAfterMs });
  }
  const field = problem.errors?.[0]?.field;
  switch (status) {
    case 400:
    case 422:
      return new TakossError(
        'invalid-request',
        said === '' ? `${host} did not understand the request.` : `${said}.`,
        field ? { field } : {},
      );
    case 401:
      return new TakossError(
        'auth',
        `${host} does not accept the key or token${because}. Sign in again with a valid one.`,
      );
    case 403:
      return new TakossError(
        'auth',
        `Your key or token does not allow this on ${host}${because}. Ask who runs the server.`,
      );
    case 404:
      return new TakossError(
        'protocol',
        `${host} does not know what was asked for${because}. Check the address of the server; if a run was going on, it is gone: run it again.`,
      );
    case 410:
      return new TakossError('protocol', `${host} no longer keeps this run${because}. Run it again.`);
    case 413:
      return new TakossError(
        'invalid-request',
        `The request is too large for ${host}${because}. Shorten the requirements.`,
        { field: 'requirements' },
      );
    default:
      return new TakossError(
        'protocol',
        `${host} answered ${status}${because}. Check the address of the server and that it is a Takoss server.`,
      );
  }
}

/** With `redirect: 'manual'`, browsers hide the answer behind a status of 0. */
function isRedirect({ status, type }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400);
}

/** Not followed: the key or token is for this address, and nobody has chosen the other one. */
function redirected(response: Response, host: string): TakossError {
  const location = cleanLine(response.headers.get('location') ?? '', 200);
  const where = location === '' ? 'another address' : location;
  return new TakossError(
    'protocol',
    `${host} sends requests on to ${where}. If you trust that address, use it as the address of the server.`,
  );
}

const reasons: Readonly<Record<string, string>> = {
  ENOTFOUND: 'there is no server of that name',
  EAI_AGAIN: 'its name cannot be looked up at the moment',
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  ETIMEDOUT: 'it did not answer in time',
  UND_ERR_CONNECT_TIMEOUT: 'it did not answer in time',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_BODY_TIMEOUT: 'it fell silent',
  EHOSTUNREACH: 'it cannot be reached from this network',
  ENETUNREACH: 'it cannot be reached from this network',
};
const untrusted = /^(CERT_|ERR_TLS_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_)/;

/** Makes of what `fetch` or a body's reader threw what to throw. */
export function networkFailure(error: unknown, host: string): Interruption | TakossError {
  const code = causeCode(error);
  if (code !== undefined && untrusted.test(code)) {
    return new TakossError(
      'network',
      `The certificate of ${host} is not trusted (${code}). Check the address, or let this machine trust who issued it.`,
      {
        cause: error,
      },
    );
  }
  const reason = code === undefined ? undefined : reasons[code];
  return new Interruption(reason ?? `the connection failed${code === undefined ? '' : ` (${code})`}`, { cause: error });
}

/** Node puts the code of the system into the cause of a `TypeError`, sometimes two deep. */
function causeCode(error: unknown): string | undefined {
  for (let at = error, depth = 0; typeof at === 'object' && at !== null && depth < 4; depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    at = 'cause' in at ? at.cause : undefined;
  }
  return undefined;
}

async function readProblem(response: Response): Promise<Problem> {
  try {
    const { data } = problemSchema.safeParse(JSON.parse(await readStart(response)));
    return data ?? {};
  } catch {
    // A page of a proxy, or a body that broke off: the status says enough.
    return {};
  }
}

/** The text of a body that is short, and the beginning of one that is not. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  for (let length = 0; length < maxProblemBytes; ) {
    const { done, value } = await reader.read();
    if (done) return text;
    length += value.length;
    text += decoder.decode(value, { stream: true });
  }
  await reader.cancel();
  return text;
}

/** Frees the connection of an answer that nobody reads. */
export async function discard(response: Response): Promise<void> {
  await response.body?.cancel().catch(() => {});
}
