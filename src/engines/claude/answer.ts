import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import type * as z from 'zod';
import { close } from '../../core/close.ts';
import { TakossError } from '../../core/errors.ts';
import type { Answer, AnswerStep } from '../../core/model-port.ts';
import { isOfObjects, outputFormat, readAnswer, schemaPrompt } from './answer-schema.ts';
import { ClaudeApiFailure } from './failures.ts';
import { type MessageEnd, type MessageParts, streamMessage } from './message-stream.ts';
import { PartialJson } from './partial-json.ts';

/** At most ten partial values a second. */
const partialEveryMs = 100;
/** Reading a long text again takes time: it may take a twentieth of it. */
const partialShare = 20;

/** Asks for a value of a schema. `ask` makes the request without it, with more at the end of its task where that is needed. */
export async function* streamAnswer<T>(
  ask: (more?: string) => MessageCreateParamsStreaming,
  schema: z.ZodType<T>,
  parts: MessageParts,
  signal: AbortSignal,
): AsyncGenerator<AnswerStep, Answer<T>, void> {
  const refused = parts.refused.schemas;
  if (!refused.has(schema)) {
    try {
      const params = ask();
      const output_config = { ...params.output_config, format: outputFormat(schema) };
      return yield* readSteps({ ...params, output_config }, schema, parts, signal);
    } catch (error) {
      if (!refusesSchema(error)) throw error;
      refused.add(schema);
    }
  }
  return yield* readSteps(ask(schemaPrompt(schema)), schema, parts, signal);
}

async function* readSteps<T>(
  params: MessageCreateParamsStreaming,
  schema: z.ZodType<T>,
  parts: MessageParts,
  signal: AbortSignal,
): AsyncGenerator<AnswerStep, Answer<T>, void> {
  const answer = new PartialJson(isOfObjects(schema) ? '{' : '{[');
  const steps = streamMessage(params, parts, signal);
  let due = 0;
  try {
    for (;;) {
      const { done, value: step } = await steps.next();
      if (done) return finish(answer, schema, step);
      if (step.kind !== 'event') {
        yield step;
        continue;
      }
      // Thinking comes in blocks of its own.
      if (step.event.type !== 'content_block_delta' || step.event.delta.text === undefined) continue;
      answer.write(step.event.delta.text);
      const started = performance.now();
      if (started < due) continue;
      const { value } = answer;
      const ended = performance.now();
      due = ended + Math.max(partialEveryMs, partialShare * (ended - started));
      if (value !== undefined) yield { kind: 'partial', value };
    }
  } finally {
    await close(steps);
  }
}

function finish<T>(answer: PartialJson, schema: z.ZodType<T>, { usage, stop }: MessageEnd): Answer<T> {
  const { text, json } = answer;
  if (stop === 'length') {
    const problem = 'The answer was cut off: it is longer than it may be.';
    return { ok: false, usage, reason: 'length', problems: [problem], text };
  }
  const read = readAnswer(json, schema);
  if (read.ok) return { ok: true, usage, value: read.value };
  return { ok: false, usage, reason: 'schema', problems: read.problems, text };
}

/**
 * The API compiles a schema to a grammar and does not take those that are too large, and models and proxies from before structured outputs do not know the
 * field; the status alone does not say so.
 */
function refusesSchema(error: unknown): boolean {
  if (!(error instanceof TakossError) || !(error.cause instanceof ClaudeApiFailure)) return false;
  const { status, message } = error.cause;
  return (
    (status === 400 || status === 422) &&
    /schema|grammar|(output|response)[ _]?(config|format)|structured[ _-]?output/i.test(message)
  );
}
