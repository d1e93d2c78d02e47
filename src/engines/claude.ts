import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import type * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import type {
  Answer,
  AnswerStep,
  ModelLimits,
  ModelOptions,
  ModelPort,
  ModelPrompt,
  WriteStep,
  Written,
} from '../core/model-port.ts';
import type { ModelPrice } from '../core/model-usage.ts';
import { streamAnswer } from './claude/answer.ts';
import type { MessageParts, Wait } from './claude/message-stream.ts';
import { claudeLimits, defaultClaudeModel } from './claude/models.ts';
import { type ClaudeConnectionOptions, connectionOf } from './claude/options.ts';
import { claudePrice } from './claude/prices.ts';
import { estimateTokens } from './claude/tokens.ts';
import { streamFiles } from './claude/write.ts';
import { wait } from './model/wait.ts';

export interface ClaudeOptions extends ClaudeConnectionOptions {
  /** By default `defaultClaudeModel`. */
  readonly model?: string | undefined;
  /** Waits between attempts. Passed in, so that tests need not wait. */
  readonly wait?: Wait | undefined;
}

/** Claude by the API of Anthropic, or whatever speaks it at the base URL. */
export class ClaudeModel implements ModelPort {
  readonly engine = 'claude';
  readonly model: string;
  readonly limits: ModelLimits;
  readonly price: ModelPrice | undefined;
  readonly #options: ClaudeOptions;

  constructor(options: ClaudeOptions) {
    this.#options = options;
    this.model = options.model?.trim() || defaultClaudeModel;
    this.limits = claudeLimits(this.model);
    this.price = claudePrice(this.model);
  }

  estimateTokens(text: string): number {
    return estimateTokens(text);
  }

  async *answer<T>(
    prompt: ModelPrompt,
    schema: z.ZodType<T>,
    { signal }: ModelOptions,
  ): AsyncGenerator<AnswerStep, Answer<T>, void> {
    return yield* streamAnswer((more) => this.#params(prompt, more), schema, this.#parts(), signal);
  }

  async *write(prompt: ModelPrompt, { signal }: ModelOptions): AsyncGenerator<WriteStep, Written, void> {
    return yield* streamFiles(this.#params(prompt), this.#parts(), signal);
  }

  /** Neither sampling nor thinking is set, no answer begun and no tool forced: the newest models refuse each of these. */
  #params({ prefix, task, maxOutputTokens }: ModelPrompt, more?: string): MessageCreateParamsStreaming {
    return {
      model: this.model,
      max_tokens: Math.min(maxOutputTokens, this.limits.outputTokens),
      system: prefix === '' ? [] : [{ type: 'text', text: prefix, cache_control: { type: 'ephemeral' } }],
      messages: [{ role: 'user', content: more === undefined ? task : `${task}\n\n${more}` }],
      stream: true,
    };
  }

  #parts(): MessageParts {
    const connection = connectionOf(this.#options);
    const { apiKey, baseUrl } = connection;
    if (apiKey === '') throw new TakossError('model-key', 'Claude needs an API key. Set one, then try again.');
    // A header cannot hold anything else, and `fetch` would quote the key to say so.
    if (!/^[\x21-\x7e]+$/.test(apiKey)) {
      throw new TakossError('model-key', 'The API key has characters that no key has. Set it again.');
    }
    if (!URL.canParse(baseUrl)) {
      throw new TakossError('network', 'The base URL of the Claude API is not an address. Correct it, then try again.');
    }
    const subject = { model: this.model, host: new URL(baseUrl).host, apiKey };
    return { connection, subject, wait: this.#options.wait ?? wait };
  }
}
