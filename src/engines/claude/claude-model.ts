import type { MessageCreateParamsStreaming } from '@anthropic-ai/sdk/resources/messages';
import type * as z from 'zod';
import type {
  Answer,
  AnswerStep,
  ModelLimits,
  ModelOptions,
  ModelPort,
  ModelPrompt,
  WriteStep,
  Written,
} from '../../core/model-port.ts';
import type { ModelPrice } from '../../core/model-usage.ts';
import { wait } from '../model/wait.ts';
import { streamAnswer } from './answer.ts';
import { membersPrompt } from './answer-schema.ts';
import type { ClaudeEffort } from './effort.ts';
import type { MessageParts, Wait } from './message-stream.ts';
import { defaultClaudeModel, listedModel } from './model-list.ts';
import { claudeLimits } from './models.ts';
import { type ClaudeConnectionOptions, connectionOf, hostOf } from './options.ts';
import { Refusals } from './refusals.ts';
import { estimateTokens } from './tokens.ts';
import { streamFiles } from './write.ts';

export interface ClaudeOptions extends ClaudeConnectionOptions {
  /** By default `defaultClaudeModel`. */
  readonly model?: string | undefined;
  /** By default that of the model. */
  readonly effort?: ClaudeEffort | undefined;
  /** By default the one that is listed. */
  readonly price?: ModelPrice | undefined;
  /** Waits between attempts. Passed in, so that tests need not wait. */
  readonly wait?: Wait | undefined;
}

/** Claude by the API of Anthropic, or whatever speaks it at the base URL. */
export class ClaudeModel implements ModelPort {
  readonly engine = 'claude';
  readonly label = 'Claude';
  readonly model: string;
  readonly limits: ModelLimits;
  readonly price: ModelPrice | undefined;
  readonly #options: ClaudeOptions;
  readonly #refused = new Refusals();

  constructor(options: ClaudeOptions) {
    this.#options = options;
    this.model = options.model?.trim() || defaultClaudeModel;
    this.limits = claudeLimits(this.model);
    this.price = options.price ?? listedModel(this.model)?.price;
  }

  estimateTokens(text: string): number {
    return estimateTokens(text);
  }

  async *answer<T>(
    prompt: ModelPrompt,
    schema: z.ZodType<T>,
    { signal }: ModelOptions,
  ): AsyncGenerator<AnswerStep, Answer<T>, void> {
    // The same for every request of the schema, so that it is cached with the prefix.
    const prefix = [prompt.prefix, membersPrompt(schema)].filter((part) => part !== '').join('\n\n');
    const ask = (more?: string): MessageCreateParamsStreaming => this.#params({ ...prompt, prefix }, more);
    return yield* streamAnswer(ask, schema, this.#parts(), signal);
  }

  async *write(prompt: ModelPrompt, { signal }: ModelOptions): AsyncGenerator<WriteStep, Written, void> {
    return yield* streamFiles(this.#params(prompt), this.#parts(), signal);
  }

  /** Neither sampling nor thinking is set, no answer begun and no tool forced: the newest models refuse each of these. */
  #params({ prefix, task, maxOutputTokens }: ModelPrompt, more?: string): MessageCreateParamsStreaming {
    return {
      model: this.model,
      max_tokens: Math.min(maxOutputTokens, this.limits.outputTokens),
      ...(prefix === ''
        ? {}
        : { system: [{ type: 'text' as const, text: prefix, cache_control: { type: 'ephemeral' as const } }] }),
      messages: [{ role: 'user', content: more === undefined ? task : `${task}\n\n${more}` }],
      stream: true,
      ...(this.#options.effort === undefined ? {} : { output_config: { effort: this.#options.effort } }),
    };
  }

  #parts(): MessageParts {
    const connection = connectionOf(this.#options);
    const subject = { model: this.model, host: hostOf(this.#options), secret: connection.secret };
    return { connection, subject, wait: this.#options.wait ?? wait, refused: this.#refused };
  }
}
