import { TakossError } from '../core/errors.ts';
import type { ModelPort } from '../core/model-port.ts';
import type { ConnectOptions, KnownModels, ModelProvider } from '../engines/contract.ts';
import { requireCredential } from './credentials.ts';
import { priceOf, type StatedPrice } from './stated-price.ts';

/** What a host gives a run, whoever the provider is. */
export interface ModelSetup extends Omit<ConnectOptions, 'price'> {
  /** The most the run may cost, in US dollars. */
  readonly budgetUsd?: number;
  /** What the user says that the model costs. */
  readonly price?: StatedPrice;
  /** Models to ask where this one declines to answer, in order. Absent: those of the provider. */
  readonly fallbackModels?: readonly string[];
  /** How this host is given a key, as a sentence for whoever has not given one. */
  readonly keyRemedy: string;
  /** How this host is told a price, as a sentence. */
  readonly priceRemedy: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** What a model generator is made with. */
export interface PreparedModel {
  readonly port: ModelPort;
  readonly fallbacks: readonly ModelPort[];
  /** What the user has to know before the run. */
  readonly notices: readonly string[];
  readonly budgetUsd?: number;
}

/**
 * Gets a model ready for runs, and loads what it needs. The one place that says when a key is needed, which budgets can be kept and who is asked
 * where the model declines. Throws `model-key` where there is no key, and `invalid-request` for a budget that cannot be kept or an effort that
 * the provider does not know.
 */
export async function prepareModel(provider: ModelProvider, setup: ModelSetup): Promise<PreparedModel> {
  const { budgetUsd, price, keyRemedy, priceRemedy, now, fallbackModels, ...connection } = setup;
  requireCredential(provider, connection.credential, keyRemedy);
  requireEffort(provider, connection.effort);
  const known = await provider.models();
  const port = await provider.connect({ ...connection, ...(price === undefined ? {} : { price: priceOf(price) }) });
  const isKept = budgetUsd !== undefined && provider.payment === 'tokens';
  if (isKept && port.price === undefined) throw invalid(unknownPrice(port.model, priceRemedy));
  const named = fallbackModels ?? usualFallbacks(known, port.model, connection.baseUrl);
  const fallbacks = await Promise.all(named.map((model) => provider.connect({ ...connection, model })));
  const unpriced = isKept ? fallbacks.find((fallback) => fallback.price === undefined) : undefined;
  if (unpriced !== undefined) {
    throw invalid(
      `The price of ${unpriced.model}, to be asked instead, is not known here, so a budget cannot be kept.`,
    );
  }
  const notices = price === undefined && port.price !== undefined ? ageNotices(provider, known, now) : [];
  return { port, fallbacks, notices, ...(isKept ? { budgetUsd } : {}) };
}

/** Another service than the provider's own has models of its own: which of them to ask, the user says. */
function usualFallbacks(known: KnownModels, model: string, baseUrl: string | undefined): readonly string[] {
  return baseUrl === undefined ? (known.fallbacksOf?.(model) ?? []) : [];
}

/** How long a list of prices is taken for current, in days. */
const currentDays = 180;

function ageNotices({ label }: ModelProvider, { asOf }: KnownModels, now: number): readonly string[] {
  if (asOf === undefined || now - Date.parse(asOf) <= currentDays * 86_400_000) return [];
  return [
    `The prices of ${label} in this version of Takoss are of ${asOf} and may have changed since: costs and budgets go by them. Update Takoss, or state the price yourself.`,
  ];
}

function requireEffort({ id, efforts = [] }: ModelProvider, effort: string | undefined): void {
  if (effort === undefined || efforts.includes(effort)) return;
  throw invalid(
    efforts.length === 0
      ? `Models of ${id} cannot be told how much to think. Leave the effort out.`
      : `There is no effort "${effort}". Use one of: ${efforts.join(', ')}.`,
  );
}

/** Why a budget cannot be kept, and what to do. */
export function unknownPrice(model: string, priceRemedy: string): string {
  return `The price of ${model} is not known here, so a budget cannot be kept. ${priceRemedy} Or choose another model, or leave the budget out.`;
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message);
}
