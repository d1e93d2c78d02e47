import { TakossError } from '../core/errors.ts';
import type { ModelPort } from '../core/model-port.ts';
import type { ConnectOptions, ModelProvider } from '../engines/contract.ts';
import { requireCredential } from './credentials.ts';

/** What a host gives a run, whoever the provider is. */
export interface ModelSetup extends ConnectOptions {
  /** The most the run may cost, in US dollars. */
  readonly budgetUsd?: number;
  /** How this host is given a key, as a sentence for whoever has not given one. */
  readonly keyRemedy: string;
}

/** What a model generator is made with. */
export interface PreparedModel {
  readonly port: ModelPort;
  readonly budgetUsd?: number;
}

/**
 * Gets a model ready for runs, and loads what it needs. The one place that says when a key is needed, and which budgets can be kept. Throws
 * `model-key` where there is none, and `invalid-request` for a budget that cannot be kept.
 */
export async function prepareModel(
  provider: ModelProvider,
  { budgetUsd, keyRemedy, ...connection }: ModelSetup,
): Promise<PreparedModel> {
  requireCredential(provider, connection.credential, keyRemedy);
  const port = await provider.connect(connection);
  // What is part of a plan has no price, and what costs nothing needs no budget.
  if (budgetUsd === undefined || provider.payment !== 'tokens') return { port };
  if (port.price === undefined) throw new TakossError('invalid-request', unknownPrice(port.model));
  return { port, budgetUsd };
}

/** Why a budget cannot be kept. */
export function unknownPrice(model: string): string {
  return `The price of ${model} is not known here, so a budget cannot be kept. Choose another model, or leave the budget out.`;
}
