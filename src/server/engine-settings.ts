import type * as z from 'zod';
import { TakossError } from '../core/errors.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { automaticProvider, credentialOf } from '../hosts/credentials.ts';
import { providerNamed } from '../hosts/engine-names.ts';
import { type ModelRunOptions, readRunOptions } from '../hosts/run-options.ts';
import { environmentAddress } from '../hosts/service-address.ts';
import { list, optional } from './variables.ts';

/** Who does the work of all runs. */
export type ServerEngine =
  | { readonly name: 'offline' }
  | { readonly name: 'model'; readonly provider: ModelProvider; readonly options: ModelRunOptions };

/** What of the environment is about the engine. */
export const engineVariables = {
  TAKOSS_ENGINE: optional,
  TAKOSS_MODEL: optional,
  TAKOSS_BUDGET_USD: optional,
  TAKOSS_PRICE: optional,
  TAKOSS_EFFORT: optional,
  TAKOSS_FALLBACK_MODELS: optional,
  TAKOSS_CHECKS: optional,
  TAKOSS_UNCONFINED_TESTS: optional,
  TAKOSS_ALLOW_PACKAGES: list,
};
type EngineVariables = { readonly [Name in keyof typeof engineVariables]: z.infer<(typeof engineVariables)[Name]> };

/** What of the command line is about the engine. */
export interface EngineFlags {
  readonly engine?: string | undefined;
  readonly model?: string | undefined;
  readonly budget?: string | undefined;
  readonly price?: string | undefined;
  readonly effort?: string | undefined;
  readonly fallbackModels?: string | undefined;
  readonly checks?: string | undefined;
  readonly unconfinedTests?: boolean | undefined;
  readonly allowPackages?: readonly string[] | undefined;
}

/** A flag or the variable that stands for it, with the name of the one that was used. */
function either(flag: string, value: string | undefined, variable: string, other: string | undefined) {
  return value === undefined ? { name: variable, value: other } : { name: flag, value };
}

/** Throws `invalid-request`, and `model-key` where the engine has no key. */
export function readEngine(
  flags: EngineFlags,
  values: EngineVariables,
  environment: NodeJS.ProcessEnv,
  providers: readonly ModelProvider[],
): ServerEngine {
  const engine = either('--engine', flags.engine, 'TAKOSS_ENGINE', values.TAKOSS_ENGINE);
  const model = either('--model', flags.model, 'TAKOSS_MODEL', values.TAKOSS_MODEL);
  const budget = either('--budget', flags.budget, 'TAKOSS_BUDGET_USD', values.TAKOSS_BUDGET_USD);
  const price = either('--price', flags.price, 'TAKOSS_PRICE', values.TAKOSS_PRICE);
  const effort = either('--effort', flags.effort, 'TAKOSS_EFFORT', values.TAKOSS_EFFORT);
  const fallbackModels = either(
    '--fallback-models',
    flags.fallbackModels,
    'TAKOSS_FALLBACK_MODELS',
    values.TAKOSS_FALLBACK_MODELS,
  );
  const checks = either('--checks', flags.checks, 'TAKOSS_CHECKS', values.TAKOSS_CHECKS);
  const unconfinedTests =
    flags.unconfinedTests === undefined
      ? { name: 'TAKOSS_UNCONFINED_TESTS', value: values.TAKOSS_UNCONFINED_TESTS }
      : { name: '--allow-unconfined-tests', value: flags.unconfinedTests };
  const packages =
    flags.allowPackages === undefined
      ? { name: 'TAKOSS_ALLOW_PACKAGES', value: values.TAKOSS_ALLOW_PACKAGES }
      : { name: '--allow-package', value: flags.allowPackages };
  const options = readRunOptions({ model, budget, price, effort, fallbackModels, checks, unconfinedTests, packages });
  const name = engine.value ?? 'offline';
  const ids = providers.map(({ id }) => id);
  if (name === 'offline') {
    const unused = [
      ...[model, budget, price, effort, fallbackModels, checks, packages].filter(
        ({ value }) => value !== undefined && value.length > 0,
      ),
      ...(options.unconfinedTests ? [unconfinedTests] : []),
    ].at(0);
    if (unused === undefined) return { name };
    throw invalid(
      `${unused.name} is for the engine ${ids.join(' or ')}. Leave it out, or choose that with --engine or TAKOSS_ENGINE.`,
    );
  }
  const variable = (key: string): string | undefined => environment[key];
  const provider = name === 'auto' ? automaticProvider(providers, variable) : providerNamed(providers, name);
  if (provider === undefined) {
    if (name === 'auto') return { name: 'offline' };
    const known = ['offline', ...ids, 'auto'].join(', ');
    throw invalid(`A server has no engine ${JSON.stringify(name)} (${engine.name}). Use one of: ${known}.`);
  }
  environmentAddress(provider, variable);
  if (provider.credential !== undefined && credentialOf(provider, variable) === undefined) {
    const [key] = provider.credential.keyVariables;
    const message = `The engine ${name} needs a key. Set the environment variable ${key}, or ${engine.name} to offline.`;
    throw new TakossError('model-key', message);
  }
  // Nothing is downloaded that the operator has not asked for.
  return { name: 'model', provider, options: { ...options, checks: options.checks ?? 'basic' } };
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message);
}
