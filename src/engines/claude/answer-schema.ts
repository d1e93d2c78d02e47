import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type { JSONOutputFormat } from '@anthropic-ai/sdk/resources/messages';
import * as z from 'zod';

/** What the API is asked to keep an answer to. What its grammar cannot express goes into descriptions. */
export function outputFormat(schema: z.ZodType): JSONOutputFormat {
  return { type: 'json_schema', schema: { ...transformJSONSchema(jsonSchema(schema)) } };
}

/** The same for a prompt, where the API does not take the schema: too large for its grammar, or a proxy in front of it is too old. */
export function schemaPrompt(schema: z.ZodType): string {
  const text = JSON.stringify(jsonSchema(schema));
  return `Answer with one JSON value and nothing else. It must match this JSON Schema:\n${text}`;
}

/** `input`: what may be written, not what zod makes of it. */
function jsonSchema(schema: z.ZodType): Parameters<typeof transformJSONSchema>[0] {
  return z.toJSONSchema(schema, { io: 'input', reused: 'ref' });
}

const maxProblems = 50;

/** Reads an answer: the value, or a sentence for each thing that is wrong with it. */
export function readAnswer<T>(
  json: string,
  schema: z.ZodType<T>,
): { ok: true; value: T } | { ok: false; problems: readonly string[] } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return {
      ok: false,
      problems: [`The answer is not valid JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.`],
    };
  }
  const { data, error } = schema.safeParse(value);
  if (error === undefined) return { ok: true, value: data };
  return { ok: false, problems: error.issues.flatMap((issue) => describeIssue(issue, [])).slice(0, maxProblems) };
}

function describeIssue(issue: z.core.$ZodIssue, above: readonly PropertyKey[]): string[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'invalid_union') {
    // What the alternative that fits best lacks says more than that none fits.
    const [nearest] = issue.errors.toSorted((a, b) => a.length - b.length);
    if (nearest !== undefined && nearest.length > 0) return nearest.flatMap((inner) => describeIssue(inner, path));
  }
  const where = path.length === 0 ? 'The answer' : formatPath(path);
  return [`${where}: ${issue.message.replace(/\.$/, '')}.`];
}

/** `entities[3].fields[0].name`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index === 0 ? '' : '.'}${String(key)}`))
    .join('');
}
