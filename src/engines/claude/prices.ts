import type { ModelPrice } from '../../core/model-usage.ts';
import { type KnownClaudeModel, withoutDate } from './models.ts';

const opus5: ModelPrice = { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 };
const sonnet4: ModelPrice = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
const fable5: ModelPrice = { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 };
const fable51: ModelPrice = { ...fable5, cacheRead: 0.25 };

/**
 * US dollars for a million tokens, with the prompt cache of five minutes that requests use.
 * Source: platform.claude.com/docs/en/about-claude/pricing and the pages of the models, as of 24 October 2026. Sonnet 5.5 has read its cache at
 * 0.10 since 7 October 2026. Haiku 5.5 has a second, dearer price for prompts above 100,000 tokens, which requests stay below (see `claudeLimits`).
 * Models whose price is not published there have none here.
 */
const prices: Readonly<Partial<Record<KnownClaudeModel, ModelPrice>>> = {
  'claude-fable-5-1': fable51,
  'claude-mythos-5-1': fable51,
  'claude-fable-5': fable5,
  'claude-mythos-5': fable5,
  'claude-opus-5-5': { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 },
  'claude-opus-5': opus5,
  'claude-opus-4-8': opus5,
  'claude-opus-4-7': opus5,
  'claude-opus-4-6': opus5,
  'claude-opus-4-5': opus5,
  'claude-sonnet-5-5': { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 },
  'claude-sonnet-5': { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 },
  'claude-sonnet-4-6': sonnet4,
  'claude-sonnet-4-5': sonnet4,
  'claude-haiku-5-5': { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 },
  'claude-haiku-4-5': { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 },
};

const byId: ReadonlyMap<string, ModelPrice> = new Map(Object.entries(prices));

/** What a model costs; undefined where that is not known. */
export function claudePrice(model: string): ModelPrice | undefined {
  return byId.get(withoutDate(model));
}
