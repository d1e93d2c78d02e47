import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from './api-error.ts';

/** The header by which a page says that the key in it is the user's own. */
const optIn = 'anthropic-dangerous-direct-browser-access';

/** What a browser asks before it sends a request to another origin. */
export interface Preflight {
  readonly method: string;
  /** Names of headers, in lower case. */
  readonly headers: readonly string[];
}

/** The question of a browser; undefined for every other request. */
export function preflightOf({ method, headers }: IncomingMessage): Preflight | undefined {
  const asked = headers['access-control-request-method'];
  if (method !== 'OPTIONS' || headers.origin === undefined || asked === undefined) return undefined;
  const names = headers['access-control-request-headers'] ?? '';
  return { method: asked, headers: names.toLowerCase().split(/\s*,\s*/) };
}

/** Answers a browser: requests from pages are allowed to those who mean to opt in, and to nobody else. */
export function answerPreflight({ method, headers }: Preflight, response: ServerResponse): void {
  if (headers.includes(optIn)) {
    // Named one by one: a star would not stand for `authorization`.
    response.setHeader('access-control-allow-headers', headers.join(', '));
    response.setHeader('access-control-allow-methods', method);
    response.setHeader('access-control-allow-origin', '*');
  }
  response.writeHead(204).end();
}

/** Lets the page of another origin that opts in read the answer; what is wrong with a page that does not. */
export function allowPage(request: IncomingMessage, response: ServerResponse, hides: boolean): ApiError | undefined {
  if (request.headers.origin === undefined) return undefined;
  if (request.headers[optIn] !== 'true') {
    return { status: 401, type: 'authentication_error', message: `CORS requests must set '${optIn}' header` };
  }
  response.setHeader('access-control-allow-origin', '*');
  if (!hides) response.setHeader('access-control-expose-headers', '*');
  return undefined;
}
