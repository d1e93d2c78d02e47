import { TakossError } from '../../core/errors.ts';
import type { ModelProvider } from '../../engines/contract.ts';
import { vscodeLmListing } from './listing.ts';
import { nameOf, vscodeModels } from './vscode-models.ts';

/** The language models that extensions bring to VS Code. A provider as any other, but one that only this host has. */
export const vscodeLmProvider: ModelProvider = {
  ...vscodeLmListing,
  // Which there are depends on who is signed in where: they are asked for.
  models: () => Promise.resolve({ choices: [], priceOf: () => undefined }),
  listModels: async () =>
    (await vscodeModels()).map((chat) => ({ id: nameOf(chat), label: chat.name, description: chat.vendor })),
  connect: async ({ model = '' }) => {
    const chat = (await vscodeModels()).find((candidate) => nameOf(candidate) === model);
    if (chat === undefined) {
      const message = `VS Code no longer has the language model ${model}. Choose another one.`;
      throw new TakossError('model-unknown', message);
    }
    const { VscodeModel } = await import('../lm-model.ts');
    return new VscodeModel(chat);
  },
};
