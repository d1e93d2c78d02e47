import { TakossError } from '../core/errors.ts';
import { type ClaudeOptions, readClaudeOptions } from '../server/claude-options.ts';

/** Who does the work. The endpoint is as typed. */
export type EngineChoice =
  | { readonly name: 'offline' }
  | { readonly name: 'remote'; readonly endpoint: string }
  /** `auto` is Claude where there is a key, else offline. */
  | { readonly name: 'claude' | 'auto'; readonly options: ClaudeOptions };

/** What of the command line is about the engine. */
export interface EngineFlags {
  readonly engine?: string | undefined;
  readonly endpoint?: string | undefined;
  readonly model?: string | undefined;
  readonly budget?: string | undefined;
  readonly checks?: string | undefined;
  readonly 'allow-unconfined-tests'?: boolean | undefined;
  readonly 'allow-package'?: readonly string[] | undefined;
}

/** Throws `invalid-request` for a name that is none, and for flags that do nothing with this engine. */
export function readEngineChoice(flags: EngineFlags): EngineChoice {
  const { engine: name = 'offline', endpoint } = flags;
  if (name === 'vscode-lm') {
    throw invalid('The engine vscode-lm works only inside VS Code, with its language models. Use claude here.');
  }
  if (name !== 'remote' && endpoint !== undefined) {
    throw invalid('--endpoint is for --engine remote. Add that, or leave --endpoint out.');
  }
  switch (name) {
    case 'offline':
      refuseClaudeFlags(flags);
      return { name };
    case 'remote':
      refuseClaudeFlags(flags);
      if (endpoint === undefined) {
        throw invalid('--endpoint is missing: the address of the server for --engine remote.');
      }
      return { name, endpoint };
    case 'claude':
    case 'auto':
      return { name, options: claudeOptions(flags) };
  }
  throw invalid(`There is no engine "${name}". Use one of: auto, offline, claude, remote.`);
}

function claudeOptions(flags: EngineFlags): ClaudeOptions {
  return readClaudeOptions({
    model: { name: '--model', value: flags.model },
    budget: { name: '--budget', value: flags.budget },
    checks: { name: '--checks', value: flags.checks },
    unconfinedTests: { name: '--allow-unconfined-tests', value: flags['allow-unconfined-tests'] },
    packages: { name: '--allow-package', value: flags['allow-package'] ?? [] },
  });
}

/** A budget that nobody keeps, say, must not pass for one. */
function refuseClaudeFlags(flags: EngineFlags): void {
  const unused = (['model', 'budget', 'checks', 'allow-unconfined-tests', 'allow-package'] as const).find(
    (name) => flags[name] !== undefined,
  );
  if (unused !== undefined) {
    throw invalid(`--${unused} is for --engine claude or auto. Add that, or leave --${unused} out.`);
  }
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', message);
}
