import type { ModelProvider } from '../engines/contract.ts';

/** The provider that a name means, or undefined. */
export function providerNamed(providers: readonly ModelProvider[], id: string): ModelProvider | undefined {
  return providers.find((provider) => provider.id === id);
}

/** Names that use a language model, for sentences: `claude or auto`. */
export function modelEngines(providers: readonly ModelProvider[]): string {
  return [...providers.map(({ id }) => id), 'auto'].join(' or ');
}
