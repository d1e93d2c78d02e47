import * as z from 'zod';

/** Tells a model to answer with a value of a schema, where the service cannot make it. */
export function answerInstructions(schema: z.ZodType): string {
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return `How to answer: with one JSON value, and nothing before or after it. No explanation, no code fence. The value must be of this JSON Schema:

${JSON.stringify(shape)}`;
}

/** What is wrong with a value, a sentence for each of the first problems. */
export function problemsOf(error: z.ZodError): readonly string[] {
  const most = 20;
  return error.issues.slice(0, most).map(({ path, message }) => {
    const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
    return place === '' ? message : `${place.replace(/^\./, '')}: ${message}`;
  });
}
