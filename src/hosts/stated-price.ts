import type { ModelPrice } from '../core/model-usage.ts';

/** What a user says that a model costs, in US dollars for a million tokens read and written. Nothing is a price, too: a model of one's own. */
export interface StatedPrice {
  readonly input: number;
  readonly output: number;
}

/** Reads `3/15`; undefined for what is no price. */
export function parsePrice(text: string): StatedPrice | undefined {
  const [, input, output] = /^\$?(\d{1,5}(?:\.\d{1,6})?)\s*\/\s*\$?(\d{1,5}(?:\.\d{1,6})?)$/.exec(text.trim()) ?? [];
  return input === undefined || output === undefined ? undefined : { input: Number(input), output: Number(output) };
}

/** What a cache saves is not stated: so it saves nothing, and writing it costs the surcharge of Anthropic. A budget that errs this way holds. */
export function priceOf({ input, output }: StatedPrice): ModelPrice {
  return { input, output, cacheRead: input, cacheWrite: input * 1.25 };
}
