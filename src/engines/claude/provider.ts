import type { ModelProvider, ProviderConnection } from '../contract.ts';
import type { ClaudeConnectionOptions } from './options.ts';

/** Claude by the API of Anthropic, or whatever speaks it at another address. */
export const claudeProvider: ModelProvider = {
  id: 'claude',
  label: 'Claude',
  description:
    'Claude reads the requirements and writes what rules cannot. Needs an API key, whose account pays for it.',
  payment: 'tokens',
  credential: {
    keyVariables: ['ANTHROPIC_API_KEY', 'CLAUDE_API_KEY'],
    source: 'the Claude Console',
    placeholder: 'sk-ant-…',
    pattern: /sk-ant-[\w-]{8,}/g,
    billingUrl: 'https://console.anthropic.com/settings/billing',
  },
  address: { variable: 'ANTHROPIC_BASE_URL' },
  models: async () => {
    const [{ claudeModels, defaultClaudeModel }, { claudePrice }] = await Promise.all([
      import('./models.ts'),
      import('./prices.ts'),
    ]);
    return { defaultModel: defaultClaudeModel, choices: claudeModels, priceOf: claudePrice };
  },
  connect: async ({ model, ...connection }) => {
    const { ClaudeModel } = await import('./claude-model.ts');
    return new ClaudeModel({ ...optionsOf(connection), model });
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
  return { apiKey: credential?.secret ?? '', baseUrl };
}
