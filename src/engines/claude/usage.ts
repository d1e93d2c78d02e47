import * as z from 'zod';
import { noUsage, type TokenUsage } from '../../core/model-usage.ts';

const count = z.int().min(0).nullish().catch(undefined);
const usageSchema = z.object({
  input_tokens: count,
  cache_read_input_tokens: count,
  cache_creation_input_tokens: count,
  output_tokens: count,
});

/** Characters of a token that is being written: what it was exactly is said at the end of an answer only. */
const charactersPerToken = 3;

/** Counts what one request uses. */
export class UsageCount {
  #reported = noUsage;
  /** Characters that came since the service last counted. */
  #uncounted = 0;

  /** Takes the `usage` of an event, which is a total. */
  report(usage: unknown): void {
    const { data } = usageSchema.safeParse(usage);
    if (data === undefined) return;
    this.#reported = {
      inputTokens: data.input_tokens ?? this.#reported.inputTokens,
      cachedTokens: data.cache_read_input_tokens ?? this.#reported.cachedTokens,
      cacheWriteTokens: data.cache_creation_input_tokens ?? this.#reported.cacheWriteTokens,
      outputTokens: data.output_tokens ?? this.#reported.outputTokens,
    };
    this.#uncounted = 0;
  }

  /** Takes more of the answer. */
  received(characters: number): void {
    this.#uncounted += characters;
  }

  /** What the service counted, and an estimate of what came since. */
  get total(): TokenUsage {
    const outputTokens = this.#reported.outputTokens + Math.ceil(this.#uncounted / charactersPerToken);
    return { ...this.#reported, outputTokens };
  }
}
