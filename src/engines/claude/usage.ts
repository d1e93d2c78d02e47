import * as z from 'zod';
import { noUsage, type TokenUsage } from '../../core/model-usage.ts';

const count = z.int().min(0).nullish().catch(undefined);
const usageSchema = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
  output_tokens_details: z.object({ thinking_tokens: count }).nullish().catch(undefined),
});

/** Characters of a token that is being written: what it was exactly is said at the end of an answer only. */
const charactersPerToken = 3;
/** Tokens that a model thinks in a ms, at most: the newest do not show what they think, but it is paid for. */
const thoughtTokensPerMs = 0.1;

/** Counts what one request uses. */
export class UsageCount {
  #reported: TokenUsage = noUsage;
  /** Characters that came since the service last counted. */
  #uncounted = 0;
  /** When the model began to think without showing it, by `performance.now()`. */
  #thinkingSince: number | undefined;
  /** What it thought since the service last counted, in ms. */
  #thoughtMs = 0;

  /** Takes the `usage` of an event, which is a total. */
  report(usage: unknown): void {
    const { data } = usageSchema.safeParse(usage);
    if (data === undefined) return;
    const thinkingTokens = data.output_tokens_details?.thinking_tokens ?? this.#reported.thinkingTokens;
    this.#reported = {
      ...(thinkingTokens === undefined ? {} : { thinkingTokens }),
      inputTokens: data.input_tokens ?? this.#reported.inputTokens,
      cachedTokens: data.cache_read_input_tokens ?? this.#reported.cachedTokens,
      cacheWriteTokens: data.cache_creation_input_tokens ?? this.#reported.cacheWriteTokens,
      outputTokens: data.output_tokens ?? this.#reported.outputTokens,
    };
    this.#uncounted = 0;
    this.#thoughtMs = 0;
    if (this.#thinkingSince !== undefined) this.#thinkingSince = performance.now();
  }

  /** Takes more of the answer. What the model thinks is counted by its text where that is shown. */
  received(characters: number): void {
    if (characters > 0) this.#thinkingSince = undefined;
    this.#uncounted += characters;
  }

  /** A block begins: of thinking, or of something that is shown. */
  began(type: string): void {
    this.ended();
    if (type === 'thinking') this.#thinkingSince = performance.now();
  }

  /** A block ends. */
  ended(): void {
    this.#thoughtMs = this.#thought;
    this.#thinkingSince = undefined;
  }

  get #thought(): number {
    return this.#thoughtMs + (this.#thinkingSince === undefined ? 0 : performance.now() - this.#thinkingSince);
  }

  /** What the service counted, and an estimate of what came since. */
  get total(): TokenUsage {
    const estimated = this.#uncounted / charactersPerToken + this.#thought * thoughtTokensPerMs;
    return { ...this.#reported, outputTokens: this.#reported.outputTokens + Math.ceil(estimated) };
  }
}
