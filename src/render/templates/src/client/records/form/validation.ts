import type { z } from 'zod';
import type { FieldProblem } from '../../api/problem.ts';

/** Messages by the name of the field that they are about. */
export type Problems = Readonly<Record<string, string>>;

/** The first problem of each field. `tagIds.0` is about `tagIds`. */
export function byField(problems: readonly FieldProblem[]): Problems {
  const first: Record<string, string> = {};
  for (const { field, message } of problems) {
    const [name = field] = field.split(/[./]/);
    first[name] ??= message;
  }
  return first;
}

type Checked<Input> = { ok: true; input: Input } | { ok: false; problems: Problems };

/** Checks a body against the schema that the server checks it against, too. */
export function check<Input>(schema: z.ZodType<Input>, body: unknown): Checked<Input> {
  const result = schema.safeParse(body);
  if (result.success) return { ok: true, input: result.data };
  return {
    ok: false,
    problems: byField(result.error.issues.map(({ path, message }) => ({ field: path.join('.'), message }))),
  };
}
