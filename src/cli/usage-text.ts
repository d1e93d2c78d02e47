import { modelProviders } from '../engines/catalog.ts';
import type { ModelProvider } from '../engines/contract.ts';
import { modelEngines } from '../hosts/engine-names.ts';

/** What `takoss --help` says. */
export function usageText(providers: readonly ModelProvider[] = modelProviders): string {
  return `Usage: takoss generate --name TEXT (--requirements TEXT | --requirements-file PATH|-) [options]
       takoss serve [--host 127.0.0.1] [--port 3000] [--data-dir DIR] [options]
       takoss key create [--name TEXT] [--data-dir DIR]

Turns a name, a description and requirements in plain English into a working full-stack application.
serve does so for others over HTTP; key create makes an API key for its callers.

Options of generate:
  --name TEXT               the project's name
  --description TEXT        what it is, in a sentence
  --requirements TEXT       what the application should do, in plain English
  --requirements-file PATH  the same from a text file; - reads standard input
  --out DIR                 the folder to write to (default: one named after the project, here)
  --overwrite               replace files that are there with other content (default: never)
  --json                    one event per line on standard output, the result last
  --engine NAME             who reads the requirements and writes what is special to the project:
                              offline  rules, on this machine, without key or network (the default)
${engineLines(providers)}
  --endpoint URL            the address of that server; its key or token is read from TAKOSS_TOKEN

Options of generate and serve, with --engine ${modelEngines(providers)}:
  --model NAME              the model (default: the newest Sonnet)
  --budget USD              the most a run may cost, in US dollars; the rest is done by rules then
  --price IN/OUT            what a million tokens cost, in US dollars, for a model that Takoss has no price of: 3/15
  --effort LEVEL            how much the model thinks: low, medium, high, xhigh or max (default: the model's own)
  --fallback-models A,B     who is asked where the model declines to answer, or none (default: an older model of
                            its line, where that is Claude's own service)
  --checks full|basic       full type-checks and tests what Claude writes, with packages that are downloaded once;
                            basic checks syntax and imports only. Default of generate: full if the packages are
                            there or you agree to the download; of serve: basic. Kept in ~/.cache/takoss,
                            or below the data folder
  --allow-unconfined-tests  run the tests that Claude writes even where this machine cannot shut them in: with your
                            rights, to files and network (default: they are not run then, and the result says so)
  --allow-package NAME@1.2.3  a package that features may use beside those of the stack; may be repeated
  ANTHROPIC_BASE_URL        in the environment: another address for the API of Claude, such as a gateway, or a server
                            of Ollama, LM Studio or llama.cpp, which speak it too:
                              ANTHROPIC_BASE_URL=http://localhost:11434 ANTHROPIC_AUTH_TOKEN=ollama \\
                                takoss generate --engine claude --model qwen3-coder --price 0/0 …
  ANTHROPIC_AUTH_TOKEN      in the environment: a token for it instead of a key; a key goes first where both are set

Options of serve:
  --host ADDRESS            the address to listen on (default: 127.0.0.1, this machine only)
  --port NUMBER             the port to listen on (default: 3000)
  --data-dir DIR            where the server keeps runs and hashes of keys (default: ~/.local/share/takoss)
  --engine NAME             offline (the default), ${modelEngines(providers)}, for all runs

  --help                    show this text
  --version                 show the version

Exit codes: 0 done, also with a warning on standard error ("warning" in the result), 1 failed, 2 invalid input or key, 130 cancelled.
`;
}

/** A line for each engine but `offline`. */
function engineLines(providers: readonly ModelProvider[]): string {
  const keyed = providers.filter(({ credential }) => credential !== undefined).map(({ id }) => id);
  const lines = [
    ...providers.map(({ id, label, credential }): readonly [string, string] => {
      const [first = '', ...others] = credential?.keyVariables ?? [];
      const alternatives = others.length === 0 ? '' : ` (or ${others.join(' or ')})`;
      return [id, first === '' ? label : `${label}, with the key in ${first}${alternatives}`];
    }),
    ['auto', `${keyed.join(' or ')} where there is a key, else offline`],
    ['remote', 'a Takoss server'],
  ] as const;
  return lines.map(([name, what]) => `${' '.repeat(30)}${name.padEnd(8)} ${what}`).join('\n');
}
