import * as z from 'zod';

/** Tokens a model was asked to read and wrote, as its provider counted them. */
export const tokenUsageSchema = z.object({
  /** Read at the full price: neither from the prompt cache nor into it. */
  inputTokens: z.int().min(0),
  /** Read from the prompt cache, at a fraction of the price. */
  cachedTokens: z.int().min(0),
  /** Read and put into the prompt cache, at a surcharge. */
  cacheWriteTokens: z.int().min(0),
  /** Written, reasoning included. */
  outputTokens: z.int().min(0),
  /** Of these, what it thought; absent where its provider does not say. */
  thinkingTokens: z.int().min(0).optional(),
});
export type TokenUsage = z.infer<typeof tokenUsageSchema>;

export const noUsage: TokenUsage = { inputTokens: 0, cachedTokens: 0, cacheWriteTokens: 0, outputTokens: 0 };

/** What a run has used so far and what that costs. */
export const modelUsageSchema = tokenUsageSchema.extend({
  /** The model's id, as its provider calls it. */
  model: z.string(),
  /** In US dollars; absent where the price of the model is not known or is part of a subscription. */
  costUsd: z.number().min(0).optional(),
  /** The most the run may cost, in US dollars; absent without a limit. */
  budgetUsd: z.number().min(0).optional(),
});
export type ModelUsage = z.infer<typeof modelUsageSchema>;

/** What the rest of a run is expected to use, said before it begins. */
export const usageEstimateSchema = z.object({
  /** Tokens read, from the cache or not. */
  inputTokens: z.int().min(0),
  outputTokens: z.int().min(0),
  /** In US dollars; absent where the price is not known. */
  costUsd: z.number().min(0).optional(),
});
export type UsageEstimate = z.infer<typeof usageEstimateSchema>;

/** US dollars for a million tokens. */
export interface ModelPrice {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

export function addUsage(a: TokenUsage, b: TokenUsage): TokenUsage {
  const isSaid = a.thinkingTokens !== undefined || b.thinkingTokens !== undefined;
  return {
    ...(isSaid ? { thinkingTokens: (a.thinkingTokens ?? 0) + (b.thinkingTokens ?? 0) } : {}),
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
  };
}

/** What tokens cost, in US dollars. */
export function costOf(usage: TokenUsage, price: ModelPrice): number {
  const millionths =
    usage.inputTokens * price.input +
    usage.cachedTokens * price.cacheRead +
    usage.cacheWriteTokens * price.cacheWrite +
    usage.outputTokens * price.output;
  return millionths / 1_000_000;
}
