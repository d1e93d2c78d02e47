import { parseArgs } from 'node:util';
import { TakossError } from '../core/errors.ts';
import { modelProviders } from '../engines/catalog.ts';
import type { ModelProvider } from '../engines/contract.ts';
import type { ServerFlags } from '../server/settings.ts';
import { type EngineChoice, readEngineChoice } from './engine-choice.ts';
import type { KeyOptions } from './key-command.ts';

/** What the command line asks for. */
export type Invocation =
  | { readonly command: 'help' }
  | { readonly command: 'version' }
  | ({ readonly command: 'generate' } & GenerateOptions)
  | { readonly command: 'serve'; readonly flags: ServerFlags }
  | { readonly command: 'key'; readonly options: KeyOptions };

export interface GenerateOptions {
  readonly name: string;
  readonly description: string;
  /** The requirements themselves, or where to read them: a path, or `-` for standard input. */
  readonly requirements: { readonly text: string } | { readonly path: string };
  /** As typed; undefined is a folder named after the project. */
  readonly out: string | undefined;
  readonly json: boolean;
  readonly overwrite: boolean;
  readonly engine: EngineChoice;
}

/** Reads the arguments after the program's name. Throws `invalid-request` with a sentence for the user. */
export function parseInvocation(
  args: readonly string[],
  providers: readonly ModelProvider[] = modelProviders,
): Invocation {
  const { values, positionals } = parse(args);
  if (values.help || (positionals.length === 0 && args.length === 0)) return { command: 'help' };
  if (values.version) return { command: 'version' };
  if (positionals[0] === 'key' && positionals[1] === 'create' && positionals.length === 2) {
    return { command: 'key', options: { name: values.name ?? 'unnamed', dataDir: values['data-dir'] } };
  }
  const [command, extra] = positionals;
  if (command === 'serve' && extra === undefined) {
    return { command, flags: serverFlags(values) };
  }
  if (command !== 'generate') {
    throw invalid(command === undefined ? 'No command was given.' : `There is no command "${command}".`);
  }
  if (extra !== undefined) throw invalid(`"${extra}" was not expected. Put texts with spaces in quotes.`);
  if (values.name === undefined) throw invalid('--name is missing.');
  if (values.out?.trim() === '') throw invalid('--out is empty. Name a folder, or leave it out.');
  return {
    command,
    name: values.name,
    description: values.description ?? '',
    requirements: requirementsSource(values.requirements, values['requirements-file']),
    out: values.out,
    json: values.json ?? false,
    overwrite: values.overwrite ?? false,
    engine: pointingToHelp(() => readEngineChoice(values, providers)),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        description: { type: 'string' },
        requirements: { type: 'string' },
        'requirements-file': { type: 'string' },
        out: { type: 'string' },
        engine: { type: 'string' },
        endpoint: { type: 'string' },
        model: { type: 'string' },
        budget: { type: 'string' },
        price: { type: 'string' },
        effort: { type: 'string' },
        'fallback-models': { type: 'string' },
        checks: { type: 'string' },
        'allow-unconfined-tests': { type: 'boolean' },
        'allow-package': { type: 'string', multiple: true },
        host: { type: 'string' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        json: { type: 'boolean' },
        overwrite: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        version: { type: 'boolean', short: 'v' },
      },
    });
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    throw invalid(valueAdvice(args, message) ?? `${firstSentence(message)}.`);
  }
}

/** What to do about a value that is taken for an option because it begins with "-", as every list of bullets does. */
function valueAdvice(args: readonly string[], message: string): string | undefined {
  const name = /^Option '(?:-\w, )?(--[\w-]+)[^']*' argument is ambiguous/.exec(message)?.[1];
  if (name === undefined) return undefined;
  const value = args[args.indexOf(name) + 1] ?? '';
  if (/^--?[a-z][\w-]*(=|$)/.test(value)) return `${name} has no value.`;
  const another = name === '--requirements' ? ', or use --requirements-file - and pass them on standard input' : '';
  return `The value of ${name} begins with "-". Write ${name}="- …"${another}.`;
}

/** Of what Node says about arguments; the rest are hints for arguments that Takoss does not have. */
function firstSentence(message: string): string {
  return message.split(/\.(?:\s|$)|\n/, 1)[0] ?? message;
}

function requirementsSource(text: string | undefined, path: string | undefined): GenerateOptions['requirements'] {
  if (text !== undefined && path !== undefined) {
    throw invalid('--requirements and --requirements-file were both given. Use one of them.');
  }
  if (text !== undefined) return { text };
  if (path !== undefined) return { path };
  throw invalid('The requirements are missing. Use --requirements TEXT or --requirements-file PATH.');
}

function serverFlags(values: ReturnType<typeof parse>['values']): ServerFlags {
  const { host, port, engine, model, budget, price, effort, checks } = values;
  const fallbackModels = values['fallback-models'];
  const allowPackages = values['allow-package'];
  const unconfinedTests = values['allow-unconfined-tests'];
  const dataDir = values['data-dir'];
  const limits = { budget, price, effort, fallbackModels };
  return { host, port, dataDir, engine, model, ...limits, checks, unconfinedTests, allowPackages };
}

/** What is wrong with an option is said with where to read about it. */
function pointingToHelp<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof TakossError ? invalid(error.message) : error;
  }
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', `${message} Run "takoss --help" to see what there is.`);
}
