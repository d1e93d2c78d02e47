import type { Model } from '@anthropic-ai/sdk/resources/messages';
import type { ModelPrice } from '../../core/model-usage.ts';

/** The ids the SDK names. Its own type also takes any other string, so that a typing error would compile. */
export type KnownClaudeModel = Named<Model>;
type Named<M> = M extends string ? (string extends M ? never : M) : never;
/** `claude-haiku-4-5-20251001` is `claude-haiku-4-5`. */
type Undated = Exclude<KnownClaudeModel, `${string}-20${number}`>;

/** The newest Sonnet. Leaving the SDK's types, it would no longer compile. */
export const defaultClaudeModel = 'claude-sonnet-5-5' satisfies KnownClaudeModel;

/** The day on which the list below was last held against its sources, as ISO 8601. Hosts say when that is long ago. */
export const asOf = '2026-11-10';

/** What is known of a model. */
export interface ListedModel {
  /** Absent where none is published. */
  readonly price?: ModelPrice;
  /** Its context window and the longest answer, in thousands of tokens: 1000 and 128, or 200 and 64. */
  readonly window: 'large' | 'small';
  /**
   * Asked instead where the model declines to answer. It has classifiers that may decline what is harmless, and the model named here has none
   * (platform.claude.com/docs/en/build-with-claude/refusals-and-fallback): of its own line where that has one.
   */
  readonly fallback?: KnownClaudeModel;
}

const fable52: ModelPrice = { input: 8, output: 40, cacheRead: 0.2, cacheWrite: 10 };
const fable5: ModelPrice = { input: 10, output: 50, cacheRead: 1, cacheWrite: 12.5 };
const fable51: ModelPrice = { ...fable5, cacheRead: 0.25 };
const opus5: ModelPrice = { input: 5, output: 25, cacheRead: 0.5, cacheWrite: 6.25 };
const sonnet4: ModelPrice = { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 };
const toOpus = { window: 'large', fallback: 'claude-opus-4-8' } as const;
const toSonnet = { window: 'large', fallback: 'claude-sonnet-5' } as const;

/**
 * Every model that the SDK names. Prices are US dollars for a million tokens, with the prompt cache of five minutes that requests use, from
 * platform.claude.com/docs/en/about-claude/pricing and the pages of the models, which also give the windows; a Mythos costs what its Fable does.
 * Haiku 5.5 has a second, dearer price for prompts above 100,000 tokens, which requests stay below (see `claudeLimits`).
 */
const listed: Readonly<Record<Undated, ListedModel>> = {
  'claude-fable-5-2': { ...toOpus, price: fable52 },
  'claude-mythos-5-2': { ...toOpus, price: fable52 },
  'claude-fable-5-1': { ...toOpus, price: fable51 },
  'claude-mythos-5-1': { ...toOpus, price: fable51 },
  'claude-fable-5': { ...toOpus, price: fable5 },
  'claude-mythos-5': { ...toOpus, price: fable5 },
  'claude-mythos-preview': { window: 'small' },
  'claude-opus-5-5': { ...toOpus, price: { input: 4, output: 20, cacheRead: 0.2, cacheWrite: 5 } },
  'claude-opus-5': { ...toOpus, price: opus5 },
  'claude-opus-4-8': { window: 'large', price: opus5 },
  'claude-opus-4-7': { window: 'large', price: opus5 },
  'claude-opus-4-6': { window: 'large', price: opus5 },
  'claude-opus-4-5': { window: 'small', price: opus5 },
  'claude-sonnet-5-5': { ...toSonnet, price: { input: 2, output: 10, cacheRead: 0.1, cacheWrite: 2.5 } },
  'claude-sonnet-5': { window: 'large', price: { input: 2, output: 10, cacheRead: 0.2, cacheWrite: 2.5 } },
  'claude-sonnet-4-6': { window: 'large', price: sonnet4 },
  'claude-sonnet-4-5': { window: 'small', price: sonnet4 },
  'claude-haiku-5-5': { ...toSonnet, price: { input: 0.1, output: 0.5, cacheRead: 0.01, cacheWrite: 0.125 } },
  'claude-haiku-4-5': { window: 'small', price: { input: 1, output: 5, cacheRead: 0.1, cacheWrite: 1.25 } },
};

const byId: ReadonlyMap<string, ListedModel> = new Map(Object.entries(listed));

/** What is known of a model, also by an id with a date; undefined where nothing is. */
export function listedModel(model: string): ListedModel | undefined {
  return byId.get(model.replace(/-20\d{6}$/, ''));
}
