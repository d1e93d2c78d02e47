import type { MessageCreateParamsStreaming, Tool } from '@anthropic-ai/sdk/resources/messages';
import { close } from '../../core/close.ts';
import type { WriteStep, Written } from '../../core/model-port.ts';
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

/** Asks for files. */
export async function* streamFiles(
  params: MessageCreateParamsStreaming,
  parts: MessageParts,
  signal: AbortSignal,
): AsyncGenerator<WriteStep, Written, void> {
  const request = { ...params, tools: [writeFileTool], tool_choice: { type: 'auto' as const } };
  const steps = streamMessage(request, parts, signal);
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
