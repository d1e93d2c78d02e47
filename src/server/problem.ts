import type { FastifyReply } from 'fastify';
import { type ErrorCode, TakossError } from '../core/errors.ts';

/** What went wrong with a request, as RFC 9457 writes it. `code` is ours; `errors` names the fields at fault. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

/** An answer other than success, thrown wherever it becomes clear and sent by the error handler. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly statusCode: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    statusCode: number,
    code: string,
    message: string,
    options: { headers?: Readonly<Record<string, string>>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.statusCode = statusCode;
    this.code = code;
    this.headers = options.headers ?? {};
  }
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

const statuses: Partial<Record<ErrorCode, number>> = {
  'invalid-request': 400,
  cancelled: 409,
  'rate-limit': 429,
  network: 502,
  model: 502,
  // Key, credit and model are the operator's: no request of a caller is at fault.
  'model-key': 502,
  'model-credit': 502,
  'model-unknown': 502,
  'model-overloaded': 503,
  budget: 503,
  storage: 503,
};

/** The status a failed run answers with where the answer is not a stream. */
function statusOf(code: ErrorCode): number {
  return statuses[code] ?? 500;
}

/** What is wrong with the request, for the caller; what is wrong with the server is not told in detail. */
export function toProblem(error: unknown): Problem {
  if (error instanceof TakossError) {
    const problem = newProblem(statusOf(error.code), error.code, error.message);
    return error.field === undefined
      ? problem
      : { ...problem, errors: [{ field: error.field, message: error.message }] };
  }
  const status = statusCode(error);
  if (status >= 500 && !(error instanceof HttpError)) {
    return newProblem(status, 'internal', 'The server failed. Its log says more under the id of this request.');
  }
  const code = error instanceof HttpError ? error.code : frameworkCode(status);
  return newProblem(status, code, error instanceof Error ? error.message : 'The request is not valid.');
}

export function newProblem(status: number, code: string, detail: string): Problem {
  return { type: `urn:takoss:problem:${code}`, title: titles[status] ?? 'Error', status, detail, code };
}

export async function sendProblem(reply: FastifyReply, problem: Problem): Promise<void> {
  await reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}

function statusCode(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : undefined;
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : 500;
}

function frameworkCode(status: number): string {
  if (status === 413) return 'too-large';
  return status === 415 ? 'unsupported-media-type' : 'invalid-request';
}
