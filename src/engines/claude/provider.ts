import type { ModelProvider, ProviderConnection } from '../contract.ts';
import type { ClaudeEffort } from './effort.ts';
import type { ClaudeConnectionOptions } from './options.ts';

const efforts: readonly ClaudeEffort[] = ['low', 'medium', 'high', 'xhigh', 'max'];

/** Claude by the API of Anthropic, or whatever speaks it at another address. */
export const claudeProvider: ModelProvider = {
  id: 'claude',
  label: 'Claude',
  description:
    'Claude reads the requirements and writes what rules cannot. Needs an API key, whose account pays for it.',
  payment: 'tokens',
  credential: {
    keyVariables: ['ANTHROPIC_API_KEY', 'CLAUDE_API_KEY'],
    tokenVariables: ['ANTHROPIC_AUTH_TOKEN'],
    source: 'the Claude Console',
    placeholder: 'sk-ant-…',
    pattern: /sk-ant-[\w-]{8,}/g,
    billingUrl: 'https://console.anthropic.com/settings/billing',
  },
  address: { variable: 'ANTHROPIC_BASE_URL' },
  efforts,
  models: async () => {
    const [{ claudeModels }, { asOf, defaultClaudeModel, listedModel }] = await Promise.all([
      import('./models.ts'),
      import('./model-list.ts'),
    ]);
    return {
      defaultModel: defaultClaudeModel,
      choices: claudeModels,
      asOf,
      priceOf: (model) => listedModel(model)?.price,
      fallbacksOf: (model) => {
        const fallback = listedModel(model)?.fallback;
        return fallback === undefined ? [] : [fallback];
      },
    };
  },
  connect: async ({ model, effort, price, ...connection }) => {
    const { ClaudeModel } = await import('./claude-model.ts');
    return new ClaudeModel({
      ...optionsOf(connection),
      model,
      effort: efforts.find((known) => known === effort),
      price,
    });
  },
  listModels: async (connection, options) => {
    const { listClaudeModels } = await import('./list-models.ts');
    return await listClaudeModels(optionsOf(connection), options);
  },
  checkCredential: async (connection, options) => {
    const { checkClaudeKey } = await import('./check-key.ts');
    return await checkClaudeKey(optionsOf(connection), options);
  },
};

function optionsOf({ credential, baseUrl }: ProviderConnection): ClaudeConnectionOptions {
  return credential?.kind === 'auth-token'
    ? { authToken: credential.secret, baseUrl }
    : { apiKey: credential?.secret ?? '', baseUrl };
}
