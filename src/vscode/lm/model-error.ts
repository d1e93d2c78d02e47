import { cancelledError, type ErrorCode, TakossError } from '../../core/errors.ts';

/**
 * Names that VS Code and the providers of its models give their errors: those of VS Code's API, and those of the provider that comes with it, which
 * has names of its own for a share that is used up.
 */
const known: Readonly<Record<string, (model: string) => readonly [ErrorCode, string]>> = {
  NoPermissions: (model) => [
    'model-key',
    `VS Code does not let Takoss use ${model}. Allow it under "Manage Language Model Access" in the Accounts menu, or choose another model.`,
  ],
  NotFound: (model) => ['model-unknown', `VS Code no longer has the language model ${model}. Choose another one.`],
  Blocked: (model) => [
    'model-credit',
    `Your plan does not let you use ${model} now, or its share is used up. Choose another model, or try again later.`,
  ],
  ChatQuotaExceeded: (model) => [
    'model-credit',
    `The share of ${model} in your plan is used up. Choose another model, or try again later.`,
  ],
  ChatRateLimited: (model) => [
    'rate-limit',
    `${model} takes no more requests for the moment. Wait a little, and try again.`,
  ],
};

const networkTrouble = /network|fetch failed|firewall|proxy|socket|net::|ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN/i;
const unusable = /filtered|content.?filter|responsible ai|refus|token limit|too long|context.?length|max_prompt/i;

/** Makes an error of ours of what a language model of VS Code failed with. `model` is its name. */
export function modelError(error: unknown, model: string): TakossError {
  if (error instanceof TakossError) return error;
  const names = namesOf(error);
  if (names.some((name) => name === 'Canceled' || name === 'AbortError')) return cancelledError(error);
  for (const name of names) {
    const [code, message] = (Object.hasOwn(known, name) ? known[name]?.(model) : undefined) ?? [];
    if (code !== undefined) return new TakossError(code, message ?? '', { cause: error });
  }
  const said = error instanceof Error ? error.message : String(error);
  if (networkTrouble.test(said)) {
    return new TakossError('network', `${model} could not be reached. Check the network, and try again.`, {
      cause: error,
    });
  }
  if (unusable.test(said)) {
    return new TakossError('model', `${model} did not answer: ${clause(said)}. Choose another model, or try again.`, {
      cause: error,
    });
  }
  // Whatever it is, it is the service's, and another attempt goes on where this one ended.
  return new TakossError('network', `${model} failed: ${clause(said)}. Try again, or choose another model.`, {
    cause: error,
  });
}

/** The code and the names of an error and of what caused it. */
function namesOf(error: unknown): readonly string[] {
  const names: string[] = [];
  let current = error;
  for (let depth = 0; current instanceof Error && depth < 4; depth += 1) {
    if ('code' in current && typeof current.code === 'string') names.push(current.code);
    names.push(current.name);
    current = current.cause;
  }
  return names;
}

/** The first line of a message, as part of a sentence. */
function clause(message: string): string {
  const line = message.split('\n', 1)[0]?.trim() ?? '';
  return (line === '' ? 'it gave no reason' : line.slice(0, 200)).replace(/[.!\s]+$/, '');
}
