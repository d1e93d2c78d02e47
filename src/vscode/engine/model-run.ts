import type * as vscode from 'vscode';
import type { Generator } from '../../core/ports.ts';
import { prepareModel } from '../../hosts/prepare-model.ts';
import { createModelGenerator } from '../../model-generator.ts';
import { readSettings } from '../settings.ts';
import { createChecker } from './checks.ts';
import type { ModelEngineChoice } from './engine-choice.ts';
import type { HostParts } from './host-parts.ts';
import { priceRemedy } from './price-remedy.ts';
import { addressOf } from './provider-address.ts';
import { WorkFolder } from './work-folder.ts';

/** A generator with a language model. Throws `model-key` without a key for a provider that needs one. */
export async function createModelRun(
  { provider, credential, model }: ModelEngineChoice,
  host: HostParts,
  storage: vscode.Uri,
): Promise<Generator> {
  const { budgetUsd, price, effort, fallbackModels, allowedPackages } = readSettings();
  // Settings are for models that are paid for by the token; those of a plan have nothing of the kind.
  const isOwn = provider.payment !== 'plan';
  const baseUrl = addressOf(provider, host);
  const prepared = await prepareModel(provider, {
    keyRemedy: `Set your ${provider.label} API key, and try again.`,
    priceRemedy,
    now: Date.now(),
    ...(credential === undefined ? {} : { credential }),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(model === undefined ? {} : { model }),
    ...(budgetUsd === undefined ? {} : { budgetUsd }),
    ...(price === undefined || !isOwn ? {} : { price }),
    ...(effort === undefined || !isOwn ? {} : { effort }),
    ...(fallbackModels === undefined || !isOwn ? {} : { fallbackModels }),
  });
  const checker = await createChecker(host, storage);
  const store = new WorkFolder(storage);
  void store.prune(Date.now());
  return createModelGenerator({
    ...prepared,
    store,
    allowedPackages,
    ...(checker === undefined ? {} : { checker }),
  });
}
