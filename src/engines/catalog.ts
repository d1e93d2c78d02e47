import { claudeProvider } from './claude/provider.ts';
import type { ModelProvider } from './contract.ts';

/** Every provider of language models that works anywhere, in the order in which `auto` tries them. */
export const modelProviders: readonly ModelProvider[] = [claudeProvider];
