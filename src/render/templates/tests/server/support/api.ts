import { beforeEach, expect } from 'vitest';
import { createApp } from '../../../src/server/app.ts';
import { freshDatabase } from './database.ts';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of an answer by looking at it.
  readonly body: any;
}

/** Sends a request to the application, without a network. */
export type Send = (method: string, path: string, body?: unknown) => Promise<Answer>;

/** The application with a fresh database before every test. */
export function testApi(): { readonly send: Send } {
  let app: ReturnType<typeof createApp>;
  beforeEach(async () => {
    app = createApp(await freshDatabase());
  });
  return {
    async send(method, path, body) {
      const headers = { 'Content-Type': 'application/json' };
      const init = body === undefined ? {} : { body: JSON.stringify(body), headers };
      const response = await app.request(path, { method, ...init });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
    },
  };
}

/** Expects an answer that names these fields, and no others, as wrong. */
export function expectFieldErrors(answer: Answer, status: number, fields: readonly string[]): void {
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  const named = (answer.body.errors ?? []).map((error: { field: string }) => error.field);
  expect({ status: answer.status, fields: [...new Set(named)].sort() }).toEqual({ status, fields: [...fields].sort() });
}
