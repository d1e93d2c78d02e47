import type { ModelLimits } from '../../core/model-port.ts';
import type { ModelChoice } from '../contract.ts';
import { defaultClaudeModel, type KnownClaudeModel, listedModel } from './model-list.ts';

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
    id: 'claude-fable-5-2' satisfies KnownClaudeModel,
    label: 'Claude Fable 5.2',
    description: 'For the most demanding projects, four times the price',
  },
];

/** Tokens of a request and its answer together, and of an answer. */
interface Window {
  readonly context: number;
  readonly output: number;
}

const large: Window = { context: 1_000_000, output: 128_000 };
const small: Window = { context: 200_000, output: 64_000 };

/**
 * Above 100,000 tokens of prompt, Haiku 5.5 costs five times as much, answer included. Its requests stay below that, so that its one price is
 * the right one; the rest is room for tokens that were estimated too low.
 */
const inputOfHaiku = 90_000;

/** More at once than that gains nothing: the slowest slice is what a run waits for. */
const parallel = 12;

/** The limits of a model; of one that is not known, the smallest a current one has. */
export function claudeLimits(model: string): ModelLimits {
  const window = (listedModel(model)?.window ?? windowOf(model)) === 'large' ? large : small;
  const room = window.context - window.output;
  const inputTokens = model.startsWith('claude-haiku-5-5' satisfies KnownClaudeModel) ? inputOfHaiku : room;
  return { inputTokens, outputTokens: window.output, parallel };
}

/** Of a model that came after the list: all since Claude 5 have the large one. */
function windowOf(model: string): 'large' | 'small' {
  return /^claude-(fable|mythos|opus|sonnet|haiku)-[5-9](-\d)?(-20\d{6})?$/.test(model) ? 'large' : 'small';
}
