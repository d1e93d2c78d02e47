import type { ModelPrice } from '../../core/model-usage.ts';
import type { ModelChoice, ModelProvider } from '../../engines/contract.ts';

/** What choosing a line does. */
export type EngineSelection =
  | { readonly kind: 'engine'; readonly engine: string }
  /** `model` is undefined for the provider's default. */
  | { readonly kind: 'model'; readonly provider: ModelProvider; readonly model: string | undefined }
  | { readonly kind: 'set-key'; readonly provider: ModelProvider };

/** A line of the question. */
export interface EngineItem {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  readonly isCurrent: boolean;
  readonly selection: EngineSelection;
}

export interface EngineGroup {
  readonly title: string;
  readonly items: readonly EngineItem[];
}

/** What is there to choose from, and what is chosen now. */
export interface EngineSources {
  readonly providers: readonly ModelProvider[];
  readonly engine: string;
  /** Whether the address of a Takoss server is set. */
  readonly hasServer: boolean;
  modelOf(provider: ModelProvider): string | undefined;
  hasCredential(provider: ModelProvider): Promise<boolean>;
  /** The models that may be used now. */
  modelsOf(provider: ModelProvider): Promise<readonly ModelChoice[]>;
}

/** Everything that can generate projects, a group for each provider; the question is asked with it. */
export async function engineGroups(sources: EngineSources): Promise<readonly EngineGroup[]> {
  const { engine, hasServer, providers } = sources;
  const [first] = providers.filter(({ credential }) => credential !== undefined);
  const automatic: EngineItem = {
    label: 'Automatic',
    description: `${first?.label ?? 'A model'} with a key, else a model of VS Code after asking, else rules`,
    isCurrent: engine === 'auto',
    selection: { kind: 'engine', engine: 'auto' },
  };
  const rules: EngineItem = {
    label: 'Rules only',
    description: 'on this machine: no account, no key, no network',
    isCurrent: engine === 'offline',
    selection: { kind: 'engine', engine: 'offline' },
  };
  const server: EngineItem = {
    label: 'Takoss server',
    description: 'it chooses its own engine',
    isCurrent: engine === 'remote',
    selection: { kind: 'engine', engine: 'remote' },
  };
  const groups = [
    { title: '', items: [automatic] },
    ...(await Promise.all(providers.map((provider) => providerGroup(provider, sources)))),
    { title: 'Without a language model', items: [rules, ...(hasServer ? [server] : [])] },
  ];
  return groups.filter(({ items }) => items.length > 0);
}

async function providerGroup(provider: ModelProvider, sources: EngineSources): Promise<EngineGroup> {
  const { label, payment, credential } = provider;
  const title = payment === 'plan' ? `Language models of ${label}` : label;
  if (credential !== undefined && !(await sources.hasCredential(provider))) {
    const setKey: EngineItem = {
      label: `Set ${label} API Key…`,
      description: 'then choose one of its models',
      isCurrent: false,
      selection: { kind: 'set-key', provider },
    };
    return { title, items: [setKey] };
  }
  const { defaultModel, priceOf } = await provider.models();
  const used = sources.modelOf(provider) ?? defaultModel;
  const models = await sources.modelsOf(provider);
  const isListed = used === undefined || payment === 'plan' || models.some(({ id }) => id === used);
  const own = isListed ? [] : [{ id: used, label: used, description: 'from your settings' }];
  const items = [...models, ...own].map((model): EngineItem => {
    return {
      label: model.label,
      ...wordsOf(model, provider, priceOf(model.id)),
      isCurrent: sources.engine === provider.id && model.id === used,
      selection: { kind: 'model', provider, model: model.id === defaultModel ? undefined : model.id },
    };
  });
  return { title, items };
}

/** What it costs stands first: `$2 read, $10 written per million tokens`. */
function wordsOf(
  { description }: ModelChoice,
  { payment }: ModelProvider,
  price: ModelPrice | undefined,
): Pick<EngineItem, 'description' | 'detail'> {
  switch (payment) {
    case 'plan':
      return { description: `${description} · part of your plan there` };
    case 'nothing':
      return { description };
    case 'tokens': {
      const cost =
        price === undefined ? 'price not known' : `$${price.input} read, $${price.output} written per million tokens`;
      return { description: cost, detail: description };
    }
  }
}
