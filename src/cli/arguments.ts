import { parseArgs } from 'node:util';
import { TakossError } from '../core/errors.ts';
import type { ServerFlags } from '../server/settings.ts';
import type { KeyOptions } from './key-command.ts';

export const usage = `Usage: takoss generate --name TEXT (--requirements TEXT | --requirements-file PATH|-) [options]
       takoss serve [--host 127.0.0.1] [--port 3000] [--data-dir DIR]
       takoss key create [--name TEXT] [--data-dir DIR]

Turns a name, a description and requirements in plain English into a working full-stack application.
serve does so for others over HTTP; key create makes an API key for its callers.

Options:
  --name TEXT               the project's name
  --description TEXT        what it is, in a sentence
  --requirements TEXT       what the application should do, in plain English
  --requirements-file PATH  the same from a text file; - reads standard input
  --out DIR                 the folder to write to (default: one named after the project, here)
  --engine NAME             offline reads the requirements on this machine, without key or network (the default);
                            remote leaves the work to a Takoss server
  --endpoint URL            the address of that server; its key or token is read from TAKOSS_TOKEN
  --json                    one event per line on standard output, the result last
  --overwrite               replace files that are there with other content (default: never)
  --host ADDRESS            the address to listen on (default: 127.0.0.1, this machine only)
  --port NUMBER             the port to listen on (default: 3000)
  --data-dir DIR            where the server keeps runs and hashes of keys (default: ~/.local/share/takoss)
  --help                    show this text
  --version                 show the version

Exit codes: 0 done, 1 failed, 2 invalid input, 130 cancelled.
`;

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

/** Who does the work. The endpoint is as typed. */
export type EngineChoice = { readonly name: 'offline' } | { readonly name: 'remote'; readonly endpoint: string };

/** Reads the arguments after the program's name. Throws `invalid-request` with a sentence for the user. */
export function parseInvocation(args: readonly string[]): Invocation {
  const { values, positionals } = parse(args);
  if (values.help || (positionals.length === 0 && args.length === 0)) return { command: 'help' };
  if (values.version) return { command: 'version' };
  if (positionals[0] === 'key' && positionals[1] === 'create' && positionals.length === 2) {
    return { command: 'key', options: { name: values.name ?? 'unnamed', dataDir: values['data-dir'] } };
  }
  const [command, extra] = positionals;
  if (command === 'serve' && extra === undefined) {
    return { command, flags: { host: values.host, port: values.port, dataDir: values['data-dir'] } };
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
    engine: engineChoice(values.engine, values.endpoint),
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
    throw invalid(error instanceof Error ? `${firstSentence(error.message)}.` : String(error));
  }
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

function engineChoice(name = 'offline', endpoint: string | undefined): EngineChoice {
  if (name !== 'offline' && name !== 'remote') {
    throw invalid(`There is no engine "${name}". Use one of: offline, remote.`);
  }
  if (name === 'offline') {
    if (endpoint !== undefined) throw invalid('--endpoint is for --engine remote. Add that, or leave --endpoint out.');
    return { name };
  }
  if (endpoint === undefined) throw invalid('--endpoint is missing: the address of the server for --engine remote.');
  return { name, endpoint };
}

function invalid(message: string): TakossError {
  return new TakossError('invalid-request', `${message} Run "takoss --help" to see what there is.`);
}
