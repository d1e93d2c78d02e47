import type { Model } from '@anthropic-ai/sdk/resources/messages';
import type { ModelLimits } from '../../core/model-port.ts';
import type { ModelChoice } from '../contract.ts';

/** The ids the SDK names. Its own type also takes any other string, so that a typing error would compile. */
export type KnownClaudeModel = Named<Model>;
type Named<M> = M extends string ? (string extends M ? never : M) : never;

/** The newest Sonnet. Leaving the SDK's types, it would no longer compile. */
export const defaultClaudeModel = 'claude-sonnet-5-5' satisfies KnownClaudeModel;

/** The models to choose from without asking the service: the current ones, the default first. */
export const claudeModels: readonly ModelChoice[] = [
  {
    id: defaultClaudeModel,
    label: 'Claude Sonnet 5.5',
    description: 'The best combination of speed and intelligence',
  },
  {
    id: 'claude-opus-5-5' satisfies KnownClaudeModel,
    label: 'Claude Opus 5.5',
    description: 'More thorough, twice the price',
  },
  {
    id: 'claude-haiku-5-5' satisfies KnownClaudeModel,
    label: 'Claude Haiku 5.5',
    description: 'The fastest and cheapest, for short requirements',
  },
  {
    id: 'claude-fable-5-1' satisfies KnownClaudeModel,
    label: 'Claude Fable 5.1',
    description: 'For the most demanding projects, five times the price',
  },
];

/** Tokens of a request and its answer together, and of an answer. */
interface Window {
  readonly context: number;
  readonly output: number;
}

const large: Window = { context: 1_000_000, output: 128_000 };
const small: Window = { context: 200_000, output: 64_000 };

/** From the pages of the models at platform.claude.com/docs/en/models, November 2026: all that is not here has the large window. */
const smallModels: ReadonlySet<string> = new Set<KnownClaudeModel>([
  'claude-haiku-4-5',
  'claude-opus-4-5',
  'claude-sonnet-4-5',
]);

/**
 * Above 100,000 tokens of prompt, Haiku 5.5 costs five times as much, answer included. Its requests stay below that, so that its one price is
 * the right one; the rest is room for tokens that were estimated too low.
 */
const inputOfHaiku = 90_000;

/** More at once than that gains nothing: the slowest slice is what a run waits for. */
const parallel = 12;

/** The limits of a model; of one that is not known, the smallest a current one has. */
export function claudeLimits(model: string): ModelLimits {
  const id = withoutDate(model);
  const window = isKnown(id) && !smallModels.has(id) ? large : small;
  const room = window.context - window.output;
  const inputTokens = id === ('claude-haiku-5-5' satisfies KnownClaudeModel) ? inputOfHaiku : room;
  return { inputTokens, outputTokens: window.output, parallel };
}

/** `claude-haiku-4-5-20251001` is `claude-haiku-4-5`. */
export function withoutDate(model: string): string {
  return model.replace(/-20\d{6}$/, '');
}

/** Claude 4.5 and later. */
function isKnown(id: string): boolean {
  return /^claude-(fable|mythos|opus|sonnet|haiku)-(4-[5-9]|[5-9])(-\d)?$/.test(id);
}
