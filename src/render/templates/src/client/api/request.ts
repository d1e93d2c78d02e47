import { problemOf, unreachable } from './problem.ts';

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
}

/** Sends one request to the API. Returns the parsed JSON, `undefined` for 204; throws `ApiProblem` or the abort. */
export async function request(path: string, { method = 'GET', body, signal }: RequestOptions = {}): Promise<unknown> {
  const response = await send(path, {
    method,
    headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await problemOf(response);
  return response.status === 204 ? undefined : await response.json();
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (error) {
    // fetch rejects with a TypeError when there is no answer; an abort must stay an abort.
    if (error instanceof TypeError) throw unreachable();
    throw error;
  }
}
