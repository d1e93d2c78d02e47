import { transformJSONSchema } from '@anthropic-ai/sdk/lib/transform-json-schema';
import type { JSONOutputFormat } from '@anthropic-ai/sdk/resources/messages';
import * as z from 'zod';

/**
 * What the API is asked to keep an answer to: its shape only. The API compiles it to a grammar and refuses those that are too large, by a limit that it does not
 * say; what others found by trying is about 3,600 bytes, descriptions included. So descriptions, and what a
 * grammar cannot express, are said by {@link membersPrompt}.
 */
export function outputFormat(schema: z.ZodType): JSONOutputFormat {
  return { type: 'json_schema', schema: record(withoutDescriptions(plainSchema(schema))) };
}

/** What the members of an answer mean, by their path, for a prompt; empty where the schema does not say. */
export function membersPrompt(schema: z.ZodType): string {
  const paths = new Map<string, string[]>();
  for (const [path, description] of describedMembers(plainSchema(schema), '')) {
    paths.set(description, [...(paths.get(description) ?? []), path === '' ? 'The answer' : path]);
  }
  const lines = [...paths].map(([description, list]) => `- ${list.join(', ')}: ${description.replace(/\s+/g, ' ')}`);
  return lines.length === 0 ? '' : `Members of the JSON value:\n${lines.join('\n')}`;
}

/** Whether every answer is an object. */
export function isOfObjects(schema: z.ZodType): boolean {
  return jsonSchema(schema).type === 'object';
}

/** The schema for a prompt, where the API does not take it: too large for its grammar, or a proxy in front of it is too old. */
export function schemaPrompt(schema: z.ZodType): string {
  const text = JSON.stringify(jsonSchema(schema));
  return `Answer with one JSON value and nothing else. It must match this JSON Schema:\n${text}`;
}

/** `input`: what may be written, not what zod makes of it. */
function jsonSchema(schema: z.ZodType, reused: 'ref' | 'inline' = 'ref'): Parameters<typeof transformJSONSchema>[0] {
  return z.toJSONSchema(schema, { io: 'input', reused });
}

/** In the words that the API knows: what it does not know becomes part of descriptions. */
function plainSchema(schema: z.ZodType): unknown {
  return transformJSONSchema(jsonSchema(schema, 'inline'));
}

/** Members of an object are schemas, whatever they are called: one may be called "description". */
function withoutDescriptions(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutDescriptions);
  if (!isRecord(schema)) return schema;
  const kept = Object.entries(schema).filter(([key]) => key !== 'description');
  return Object.fromEntries(
    kept.map(([key, value]) => {
      if (key !== 'properties') return [key, withoutDescriptions(value)];
      const members = Object.entries(record(value));
      return [key, Object.fromEntries(members.map(([name, member]) => [name, withoutDescriptions(member)]))];
    }),
  );
}

/** The path and the description of each member that has one: `entities[].name`. */
function* describedMembers(schema: unknown, path: string): Generator<readonly [string, string], void, void> {
  if (!isRecord(schema)) return;
  if (typeof schema.description === 'string') yield [path, schema.description];
  for (const [name, member] of Object.entries(record(schema.properties))) {
    yield* describedMembers(member, path === '' ? name : `${path}.${name}`);
  }
  yield* describedMembers(schema.items, `${path}[]`);
  for (const choice of [schema.anyOf, schema.allOf].flatMap((list) => (Array.isArray(list) ? list : []))) {
    yield* describedMembers(choice, path);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
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
