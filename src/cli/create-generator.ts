import { TakossError } from '../core/errors.ts';
import type { Generator } from '../core/ports.ts';
import { createLocalGenerator } from '../local-generator.ts';
import { type ClaudeOptions, claudeKey } from '../server/claude-options.ts';
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
    case 'claude':
      return createClaudeGenerator(engine.options, host);
    case 'auto':
      if (claudeKey(process.env) !== undefined) return createClaudeGenerator(engine.options, host);
      host.say(
        'There is no key for Claude in ANTHROPIC_API_KEY, so the requirements are read by rules, on this machine.',
      );
      return Promise.resolve(createLocalGenerator());
  }
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

async function createClaudeGenerator(options: ClaudeOptions, host: GeneratorHost): Promise<Generator> {
  const { prepareClaude } = await import('../server/claude-runs.ts');
  const folder = cacheDirectory(process.env);
  const consent = async (info: { folder: string; megabytes: number }): Promise<boolean> => {
    const answer = await host.ask(
      `To type-check and test what Claude writes, Takoss needs packages from the npm registry, about ${info.megabytes} MB in ${info.folder}. Download them once?`,
    );
    if (answer === undefined) {
      host.say(
        `Use --checks full to have what Claude writes type-checked and tested: that downloads about ${info.megabytes} MB of packages, once. Use --checks basic to do without.`,
      );
    }
    return answer ?? false;
  };
  const onTestsRefused = (): void =>
    host.say('Use --allow-unconfined-tests to run the tests that Claude writes all the same, with your rights.');
  return (await prepareClaude(options, { environment: process.env, folder, consent, onTestsRefused })).create();
}
