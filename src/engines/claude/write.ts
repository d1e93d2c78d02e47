import type { MessageCreateParamsStreaming, Tool } from '@anthropic-ai/sdk/resources/messages';
import { close } from '../../core/close.ts';
import { TakossError } from '../../core/errors.ts';
import type { WriteStep, Written } from '../../core/model-port.ts';
import { ClaudeApiFailure } from './failures.ts';
import { FileCalls } from './file-calls.ts';
import type { ContentEvent } from './message-event.ts';
import { type MessageParts, streamMessage } from './message-stream.ts';

/** The tool by which a file is written: its input streams as it is generated, unchecked. */
const writeFileTool: Tool = {
  name: 'write_file',
  description:
    'Writes one file of the project. Call it once for each file, all calls in one answer: they are carried out only after the answer has ended, so there are no results to wait for. Give the path first, then the whole content.',
  eager_input_streaming: true,
  input_schema: {
    type: 'object',
    properties: {
      path: { type: 'string', description: 'Relative to the project, with forward slashes.' },
      content: { type: 'string', description: 'The whole file, from its first to its last line.' },
    },
    required: ['path', 'content'],
    additionalProperties: false,
  },
};

/** Asks for files. Proxies in front of other providers may not know eager streaming: files then come whole, which is better than not at all. */
export async function* streamFiles(
  params: MessageCreateParamsStreaming,
  parts: MessageParts,
  signal: AbortSignal,
): AsyncGenerator<WriteStep, Written, void> {
  const request = { ...params, tool_choice: { type: 'auto' as const } };
  if (!parts.refused.eagerStreaming) {
    try {
      return yield* readFiles({ ...request, tools: [writeFileTool] }, parts, signal);
    } catch (error) {
      if (!refusesEagerStreaming(error)) throw error;
      parts.refused.eagerStreaming = true;
    }
  }
  const { eager_input_streaming: _, ...tool } = writeFileTool;
  return yield* readFiles({ ...request, tools: [tool] }, parts, signal);
}

function refusesEagerStreaming(error: unknown): boolean {
  if (!(error instanceof TakossError) || !(error.cause instanceof ClaudeApiFailure)) return false;
  const { status, message } = error.cause;
  return (status === 400 || status === 422) && message.includes('eager_input_streaming');
}

async function* readFiles(
  params: MessageCreateParamsStreaming,
  parts: MessageParts,
  signal: AbortSignal,
): AsyncGenerator<WriteStep, Written, void> {
  const steps = streamMessage(params, parts, signal);
  const calls = new FileCalls();
  const remarks: string[] = [];
  try {
    for (;;) {
      const { done, value: step } = await steps.next();
      if (done) return { ...step, files: calls.files, remarks: remarks.join('').trim() };
      if (step.kind !== 'event') yield step;
      else {
        const remark = remarkOf(step.event);
        if (remark !== '') remarks.push(remark);
        yield* calls.take(step.event);
      }
    }
  } finally {
    await close(steps);
  }
}

/** What the model says beside the files: a paragraph for each block. */
function remarkOf(event: ContentEvent): string {
  if (event.type === 'content_block_delta') return event.delta.text ?? '';
  return event.type === 'content_block_start' && event.content_block.type === 'text'
    ? `\n${event.content_block.text ?? ''}`
    : '';
}
