import { vi } from 'vitest';
import type { Received } from './fake-api.ts';

/**
 * Answers by method and address without its query, such as `GET /api/posts`: a value to send as JSON, or a function that makes a `Response` of what
 * was received. What is not listed is answered with 404.
 */
type Answers = Readonly<Record<string, unknown>>;

/**
 * Puts an API in place of `fetch` that knows these answers and nothing else; `vi.unstubAllGlobals()` takes it away. Answers what it
 * has received: method, path without the query, query and body.
 */
export function fakeAnswers(answers: Answers): readonly Received[] {
  const received: Received[] = [];
  vi.stubGlobal('fetch', async (address: string, init: RequestInit = {}) => {
    init.signal?.throwIfAborted();
    const { pathname: path, searchParams: query } = new URL(address, 'http://localhost');
    const method = init.method ?? 'GET';
    const request = { method, path, query, body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined };
    received.push(request);
    await Promise.resolve();
    const answer = answers[`${method} ${path}`];
    if (answer === undefined) return fakeProblem(404);
    return typeof answer === 'function' ? answer(request) : Response.json(answer);
  });
  return received;
}

/** What the list of an entity answers, such as `GET /api/posts`, where these are all its records. */
export function fakePage(items: readonly object[]): object {
  return { items, page: 1, pageSize: 100, total: items.length };
}

/** The answer of an API that refuses: `detail` is the sentence that it says, `errors` are about single fields. */
export function fakeProblem(
  status: number,
  errors: readonly { field: string; message: string }[] = [],
  detail = `The answer was ${status}.`,
): Response {
  const body = { type: 'about:blank', title: 'Problem', status, detail, errors };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
