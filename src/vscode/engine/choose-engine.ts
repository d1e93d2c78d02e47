import * as vscode from 'vscode';
import type { ModelChoice, ModelProvider } from '../../engines/contract.ts';
import { providerNamed } from '../../hosts/engine-names.ts';
import { unknownPrice } from '../../hosts/prepare-model.ts';
import { commandIds } from '../identifiers.ts';
import { openSetting, Refusal, remedy } from '../problems.ts';
import { askPick } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import { modelSetting, readSettings, type Settings, saveModel, saveSetting } from '../settings.ts';
import type { EngineChoice } from './engine-choice.ts';
import { priceRemedy } from './price-remedy.ts';

const chooseModel = remedy('Choose Model', commandIds.chooseModel);

/**
 * What the settings ask for, found out before a run begins. `auto` is the first provider for which there is a key, else a model of VS Code where
 * there is one and the user agrees, else rules. Undefined when the user leaves the question. Throws a {@link Refusal} for settings that cannot go
 * together.
 */
export async function chooseEngine(services: Services): Promise<EngineChoice | undefined> {
  const settings = readSettings();
  const { engine } = settings;
  if (engine === 'offline' || engine === 'remote') return { kind: engine };
  const provider = providerNamed(services.providers, engine);
  if (provider === undefined) return await automatic(services, settings);
  if (provider.payment !== 'plan') return await ownModel(services, settings, provider);
  const models = await planModels(provider);
  if (models.length === 0) {
    throw new Refusal(
      'VS Code has no language model here. Install an extension that brings one and sign in to it, or choose something else.',
      [chooseModel],
    );
  }
  return await agreedModel(services, settings, provider, models);
}

async function automatic(services: Services, settings: Settings): Promise<EngineChoice | undefined> {
  for (const provider of services.providers) {
    if ((await services.keys.get(provider)) !== undefined) return await ownModel(services, settings, provider);
  }
  for (const provider of services.providers) {
    const models = provider.payment === 'plan' ? await planModels(provider) : [];
    if (models.length > 0) return await agreedModel(services, settings, provider, models);
  }
  return { kind: 'offline' };
}

/** A model that is paid for by a key of the user's, or not at all. */
async function ownModel({ keys, log }: Services, settings: Settings, provider: ModelProvider): Promise<EngineChoice> {
  const { defaultModel, choices, priceOf } = await provider.models();
  const model = modelSetting(settings, provider) ?? defaultModel;
  const isPriced =
    provider.payment !== 'tokens' ||
    settings.price !== undefined ||
    model === undefined ||
    priceOf(model) !== undefined;
  if (settings.budgetUsd !== undefined && !isPriced) {
    throw new Refusal(unknownPrice(model, priceRemedy), [
      chooseModel,
      openSetting('State Price', 'price'),
      openSetting('Change Budget', 'budgetUsd'),
    ]);
  }
  const label = choices.find(({ id }) => id === model)?.label ?? model ?? provider.label;
  const known = await keys.get(provider);
  if (known?.source === 'environment') {
    log.info(`The key for ${provider.label} is the one in the environment of VS Code.`);
  }
  return { kind: 'model', provider, credential: known?.credential, model, label };
}

async function planModels(provider: ModelProvider): Promise<readonly ModelChoice[]> {
  return (await provider.listModels?.({}, { signal: new AbortController().signal })) ?? [];
}

/** A model of a plan that the user has agreed to, or agrees to now. */
async function agreedModel(
  services: Services,
  settings: Settings,
  provider: ModelProvider,
  models: readonly ModelChoice[],
): Promise<EngineChoice | undefined> {
  const model = models.find(({ id }) => id === modelSetting(settings, provider));
  return model === undefined ? await askForModel(services, provider, models) : use(services, settings, provider, model);
}

function use(
  { log }: Services,
  { budgetUsd }: Settings,
  provider: ModelProvider,
  { id, label }: ModelChoice,
): EngineChoice {
  if (budgetUsd !== undefined) {
    log.info(`The budget does not apply: ${label} is paid for with your plan, and its price is not known here.`);
  }
  return { kind: 'model', provider, credential: undefined, model: id, label };
}

interface EngineItem extends vscode.QuickPickItem {
  readonly choose?: () => Promise<EngineChoice | undefined>;
}

/** Asks once: the answer is kept as settings, and *Choose Model* changes it. */
async function askForModel(
  services: Services,
  provider: ModelProvider,
  models: readonly ModelChoice[],
): Promise<EngineChoice | undefined> {
  const settings = readSettings();
  const useModel = async (model: ModelChoice): Promise<EngineChoice> => {
    await saveModel(provider, model.id);
    return use(services, settings, provider, model);
  };
  const [first, ...others] = models.map(
    (model): EngineItem => ({
      label: `$(sparkle) Use ${model.label}`,
      description: model.description,
      choose: () => useModel(model),
    }),
  );
  const rules: EngineItem = {
    label: '$(symbol-ruler) Always by rules',
    description: 'on this machine, nothing is sent anywhere',
    choose: async () => {
      await saveSetting('engine', 'offline');
      return { kind: 'offline' };
    },
  };
  const setKeys = services.providers
    .filter(({ credential }) => credential !== undefined)
    .map((keyed): EngineItem => {
      return {
        label: `$(key) Use ${keyed.label} with an API key…`,
        choose: async () => {
          const argument = { provider: keyed.id };
          const isSet = await vscode.commands.executeCommand<boolean | undefined>(commandIds.setApiKey, argument);
          return isSet === true ? await ownModel(services, settings, keyed) : undefined;
        },
      };
    });
  const items: readonly EngineItem[] = [
    ...(first === undefined
      ? []
      : [
          {
            ...first,
            detail: 'Your requirements are sent to it. It writes what rules cannot, and is part of your plan.',
          },
        ]),
    rules,
    ...setKeys,
    ...(others.length === 0 ? [] : [{ label: 'Other models', kind: vscode.QuickPickItemKind.Separator }, ...others]),
  ];
  const answer = await askPick<EngineItem>(
    { title: 'Takoss: A Language Model Is Here', step: 1, total: 1, canGoBack: false },
    { placeholder: 'Use a language model to read the requirements? You are asked once.', items },
  );
  return answer.kind === 'next' ? await answer.value.choose?.() : undefined;
}
