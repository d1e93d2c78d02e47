import type { MessagesRequest } from './request-schema.ts';

/** What a request asks, as answers and faults choose by it. */
export interface Asked {
  readonly model: string;
  /** The system prompt. */
  readonly system: string;
  /** The text of the last message. */
  readonly task: string;
  /** Whether a value is asked for, by a schema or in words, rather than files. */
  readonly wantsValue: boolean;
  readonly maxTokens: number;
}

export function askedBy({ model, system, messages, tools = [], max_tokens }: MessagesRequest): Asked {
  const last = messages.at(-1)?.content ?? '';
  return {
    model,
    system: textOf(system ?? ''),
    task: textOf(last),
    wantsValue: tools.length === 0,
    maxTokens: max_tokens,
  };
}

function textOf(content: string | readonly { readonly type: string; readonly text?: unknown }[]): string {
  if (typeof content === 'string') return content;
  return content.map(({ text }) => (typeof text === 'string' ? text : '')).join('');
}
