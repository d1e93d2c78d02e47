import { TakossError } from '../core/errors.ts';
import type { Generator } from '../core/ports.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { automaticProvider } from '../hosts/credentials.ts';
import type { ModelRunOptions } from '../hosts/run-options.ts';
import type { CheckInstall } from '../hosts/slice-checks.ts';
import { createLocalGenerator } from '../local-generator.ts';
import type { ConnectionState } from '../transport/remote-parts.ts';
import { cacheDirectory } from './cache-directory.ts';
import type { EngineChoice } from './engine-choice.ts';

/** What engines tell and ask beside the events of a run. */
export interface GeneratorHost {
  /** Asks for yes or no. Undefined where nobody is there to be asked. */
  readonly ask: (question: string) => Promise<boolean | undefined>;
  readonly onConnection: (state: ConnectionState) => void;
  /** Says a sentence to people. */
  readonly say: (text: string) => void;
}

/** What an engine needs is loaded here and not before. Throws `invalid-request` and `model-key` for what is missing or cannot be used. */
export function createGenerator(engine: EngineChoice, host: GeneratorHost): Promise<Generator> {
  switch (engine.name) {
    case 'offline':
      return Promise.resolve(createLocalGenerator());
    case 'remote':
      return createRemoteGenerator(engine.endpoint, host);
    case 'model':
      return createModelRun(engine.provider, engine.options, host);
    case 'auto': {
      const provider = automaticProvider(engine.providers, (name) => process.env[name]);
      if (provider !== undefined) return createModelRun(provider, engine.options, host);
      host.say(`${noKey(engine.providers)}, so the requirements are read by rules, on this machine.`);
      return Promise.resolve(createLocalGenerator());
    }
  }
}

/** `There is no key for Claude in ANTHROPIC_API_KEY` */
function noKey(providers: readonly ModelProvider[]): string {
  const places = providers.flatMap(({ label, credential }) =>
    credential === undefined ? [] : [`for ${label} in ${credential.keyVariables[0]}`],
  );
  return `There is no key ${places.join(' or ')}`;
}

async function createRemoteGenerator(endpoint: string, { onConnection }: GeneratorHost): Promise<Generator> {
  const { RemoteGenerator } = await import('../transport/remote-generator.ts');
  const { systemParts } = await import('../transport/remote-parts.ts');
  const token = process.env.TAKOSS_TOKEN?.trim() ?? '';
  const generator = new RemoteGenerator({ ...systemParts, endpoint, token: () => token, onConnection });
  if (token === '') {
    throw new TakossError(
      'invalid-request',
      'There is no key or token for the server. Set the environment variable TAKOSS_TOKEN to the one you were given.',
    );
  }
  return generator;
}

async function createModelRun(
  provider: ModelProvider,
  options: ModelRunOptions,
  host: GeneratorHost,
): Promise<Generator> {
  const { prepareModelRuns } = await import('../server/model-runs.ts');
  const { label } = provider;
  const folder = cacheDirectory(process.env);
  const consent = async (info: CheckInstall): Promise<boolean> => {
    const answer = await host.ask(
      `To type-check and test what ${label} writes, Takoss needs packages from the npm registry, about ${info.megabytes} MB in ${info.folder}. Download them once?`,
    );
    if (answer === undefined) {
      host.say(
        `Use --checks full to have what ${label} writes type-checked and tested: that downloads about ${info.megabytes} MB of packages, once. Use --checks basic to do without.`,
      );
    }
    return answer ?? false;
  };
  const onTestsRefused = (): void =>
    host.say(`Use --allow-unconfined-tests to run the tests that ${label} writes all the same, with your rights.`);
  const node = { environment: process.env, folder, consent, onTestsRefused };
  return (await prepareModelRuns(provider, options, node)).create();
}
