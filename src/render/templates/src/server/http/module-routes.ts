import { OpenAPIHono } from '@hono/zod-openapi';
import type { z } from 'zod';
import { invalid, Problem, problemSchema } from './problem.ts';

/** Routes of a module: what a request has wrong is answered as a problem that names the fields. */
export function moduleRoutes(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook: (result) => {
      if (!result.success) throw invalid(result.error as z.ZodError);
    },
  });
}

/** A body of JSON, for `request.body` of a route. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true as const };
}

/** An answer of JSON, for `responses` of a route. */
export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

/** An answer other than success, for `responses` of a route. Throw a `Problem` to send one. */
export function problemAnswer(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemSchema } } };
}

/** What to throw where the value of one field cannot be accepted: the page shows the sentence at the field. */
export function fieldProblem(field: string, message: string): Problem {
  return new Problem(400, message, [{ field, message }]);
}
