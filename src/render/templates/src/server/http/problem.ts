import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { z } from 'zod';

/** What is wrong with one field of a request. An empty field name is the request as a whole. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** The body of every answer that is not a success (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ id: 'Problem' });

const titles: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  413: 'The request is too large',
  415: 'The body is not JSON',
  500: 'Something went wrong on the server',
};

/** An answer other than success, thrown wherever it is found out. */
export class Problem extends Error {
  readonly status: ContentfulStatusCode;
  readonly errors: readonly FieldError[];

  constructor(status: ContentfulStatusCode, detail: string, errors: readonly FieldError[] = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

/** The problem that says what a schema found. */
export function invalid(error: z.ZodError): Problem {
  const errors = error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((field) => ({ field, message: `There is no parameter "${field}".` }));
    }
    return [{ field: String(issue.path[0] ?? ''), message: issue.message }];
  });
  return new Problem(400, 'Check the fields named in "errors".', errors);
}

function answer(c: Context, status: ContentfulStatusCode, detail: string, errors: readonly FieldError[]): Response {
  const title = titles[status] ?? 'The request failed';
  const body = { type: 'about:blank', title, status, detail, ...(errors.length > 0 ? { errors } : {}) };
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json' });
}

/** Turns whatever was thrown into an answer. What is not ours is logged, and the client learns nothing of it. */
export function answerError(error: Error, c: Context): Response {
  if (error instanceof Problem) return answer(c, error.status, error.message, error.errors);
  if (error instanceof HTTPException && error.status < 500) {
    return answer(c, error.status as ContentfulStatusCode, error.message, []);
  }
  console.error(`${c.req.method} ${c.req.path} failed:`, error);
  return answer(c, 500, 'The error has been logged. Try again later.', []);
}

export function answerNotFound(c: Context): Response {
  return answer(c, 404, `There is nothing at ${c.req.path}.`, []);
}
