import { TakossError } from '../core/errors.ts';
import { modelProviders } from '../engines/catalog.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { modelEngines, providerNamed } from '../hosts/engine-names.ts';
import { type ModelRunOptions, readRunOptions } from '../hosts/run-options.ts';

/** Who does the work. The endpoint is as typed. */
export type EngineChoice =
  | { readonly name: 'offline' }
  | { readonly name: 'remote'; readonly endpoint: string }
  | { readonly name: 'model'; readonly provider: ModelProvider; readonly options: ModelRunOptions }
  /** The first of these for which there is a key, else offline. */
  | { readonly name: 'auto'; readonly providers: readonly ModelProvider[]; readonly options: ModelRunOptions };

/** What of the command line is about the engine. */
export interface EngineFlags {
  readonly engine?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly model?: string | undefined;
  readonly budget?: string | undefined;
  readonly price?: string | undefined;
  readonly effort?: string | undefined;
  readonly 'fallback-models'?: string | undefined;
  readonly checks?: string | undefined;
  readonly 'allow-unconfined-tests'?: boolean | undefined;
  readonly 'allow-package'?: readonly string[] | undefined;
}

/** Throws `invalid-request` for a name that is none, and for flags that do nothing with this engine. */
export function readEngineChoice(
  flags: EngineFlags,
  providers: readonly ModelProvider[] = modelProviders,
): EngineChoice {
  const { engine: name = 'offline', endpoint } = flags;
  const ids = providers.map(({ id }) => id);
  if (name === 'vscode-lm') {
    throw invalid(
      `The engine vscode-lm works only inside VS Code, with its language models. Use ${ids.join(' or ')} here.`,
    );
  }
  if (name !== 'remote' && endpoint !== undefined) {
    throw invalid('--endpoint is for --engine remote. Add that, or leave --endpoint out.');
  }
  if (name === 'auto') return { name, providers, options: runOptions(flags) };
  const provider = providerNamed(providers, name);
  if (provider !== undefined) return { name: 'model', provider, options: runOptions(flags) };
  if (name !== 'offline' && name !== 'remote') {
    throw invalid(`There is no engine "${name}". Use one of: auto, offline, ${[...ids, 'remote'].join(', ')}.`);
  }
  refuseModelFlags(flags, modelEngines(providers));
  if (name === 'offline') return { name };
  if (endpoint === undefined) {
    throw invalid('--endpoint is missing: the address of the server for --engine remote.');
  }
  return { name, endpoint };
}

function runOptions(flags: EngineFlags): ModelRunOptions {
  return readRunOptions({
    model: { name: '--model', value: flags.model },
    budget: { name: '--budget', value: flags.budget },
    price: { name: '--price', value: flags.price },
    effort: { name: '--effort', value: flags.effort },
    fallbackModels: { name: '--fallback-models', value: flags['fallback-models'] },
    checks: { name: '--checks', value: flags.checks },
    unconfinedTests: { name: '--allow-unconfined-tests', value: flags['allow-unconfined-tests'] },
    packages: { name: '--allow-package', value: flags['allow-package'] ?? [] },
  });
}

const modelFlags = [
  'model',
  'budget',
  'price',
  'effort',
  'fallback-models',
  'checks',
  'allow-unconfined-tests',
  'allow-package',
] as const;

/** A budget that nobody keeps, say, must not pass for one. */
function refuseModelFlags(flags: EngineFlags, engines: string): void {
  const unused = modelFlags.find((name) => flags[name] !== undefined);
  if (unused !== undefined) {
    throw invalid(`--${unused} is for --engine ${engines}. Add that, or leave --${unused} out.`);
  }
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message);
}
