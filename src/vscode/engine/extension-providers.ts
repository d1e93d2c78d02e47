import { modelProviders } from '../../engines/catalog.ts';
import type { ModelProvider } from '../../engines/contract.ts';
import { vscodeLmProvider } from '../lm/provider.ts';

/** The providers that work anywhere, and the one that only VS Code has. */
export const extensionProviders: readonly ModelProvider[] = [...modelProviders, vscodeLmProvider];
