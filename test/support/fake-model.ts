import type * as z from 'zod';
import { throwIfCancelled } from '../../src/core/errors.ts';
import type {
  Answer,
  AnswerStep,
  ModelLimits,
  ModelOptions,
  ModelPort,
  ModelPrompt,
  WriteStep,
  Written,
} from '../../src/core/model-port.ts';
import { type ModelPrice, noUsage, type TokenUsage } from '../../src/core/model-usage.ts';

/** What a reply has besides what it answers. */
interface ReplyParts {
  /** Said before anything else of the reply. */
  readonly steps?: readonly (AnswerStep & WriteStep)[];
  /** Awaited before the reply begins: a test decides when. */
  readonly until?: Promise<unknown>;
  /** Called before the reply begins. */
  readonly before?: () => void;
  /** What the request uses; it is said as a step too. */
  readonly usage?: Partial<TokenUsage>;
}

/** A value, which is said in growing parts first and parsed by the schema of the request at the end. */
export interface ValueReply extends ReplyParts {
  readonly value: unknown;
  /** The partial values; the pieces of the value by default, see {@link partialsOf}. */
  readonly partials?: readonly unknown[];
}

/** An answer that broke off or cannot be read. */
export interface BadReply extends ReplyParts {
  readonly bad: 'length' | 'schema';
  readonly problems?: readonly string[];
  readonly text?: string;
  readonly partials?: readonly unknown[];
}

export interface FilesReply extends ReplyParts {
  /** A file without `isCut` is whole. A cut one is begun and not ended. */
  readonly files: readonly { readonly path: string; readonly content: string; readonly isCut?: boolean }[];
  readonly stop?: Written['stop'];
  readonly remarks?: string;
  /** The UTF-16 units of a text step. */
  readonly pieceLength?: number;
  /** Thrown after the files. */
  readonly thenError?: Error;
}

/** The request fails, after the partial values if there are some. */
export interface ErrorReply extends ReplyParts {
  readonly error: Error;
  readonly partials?: readonly unknown[];
  /** It fails before the answer has begun. */
  readonly isEarly?: boolean;
}

export type Reply = ValueReply | BadReply | FilesReply | ErrorReply;

/** The replies in the order of the requests, or what decides by the prompt where requests run in parallel. `request` counts from 0. */
export type Script = readonly Reply[] | ((prompt: ModelPrompt, request: number) => Reply);

export interface FakeModelOptions {
  readonly engine?: string;
  readonly model?: string;
  readonly limits?: Partial<ModelLimits>;
  readonly price?: ModelPrice;
}

/** A language model that replays a script and remembers what it was asked. */
export class FakeModel implements ModelPort {
  readonly engine: string;
  readonly label: string;
  readonly model: string;
  readonly limits: ModelLimits;
  readonly price: ModelPrice | undefined;
  /** What was asked, in order. */
  readonly prompts: ModelPrompt[] = [];
  /** Requests under way at once, at most. */
  mostParallel = 0;
  readonly #script: Script;
  #running = 0;

  constructor(script: Script, { engine = 'claude', model = 'fake-1', limits, price }: FakeModelOptions = {}) {
    this.#script = script;
    this.engine = engine;
    this.label = engine === 'claude' ? 'Claude' : 'The language model';
    this.model = model;
    this.limits = { inputTokens: 180_000, outputTokens: 64_000, parallel: 4, ...limits };
    this.price = price;
  }

  estimateTokens(text: string): number {
    return Math.ceil(text.length / 3);
  }

  async *answer<T>(
    prompt: ModelPrompt,
    schema: z.ZodType<T>,
    { signal }: ModelOptions,
  ): AsyncGenerator<AnswerStep, Answer<T>, void> {
    const reply = this.#take(prompt);
    try {
      yield* begin(reply, signal);
      const partials = 'partials' in reply ? reply.partials : 'value' in reply ? partialsOf(reply.value) : undefined;
      for (const value of partials ?? []) {
        throwIfCancelled(signal);
        yield { kind: 'partial', value };
      }
      const usage = { ...noUsage, ...reply.usage };
      yield { kind: 'usage', usage };
      throwIfCancelled(signal);
      if ('error' in reply) throw reply.error;
      if ('bad' in reply)
        return { usage, ok: false, reason: reply.bad, problems: reply.problems ?? [], text: reply.text ?? '' };
      if (!('value' in reply)) throw new Error('The script has files where a value is asked for.');
      const parsed = schema.safeParse(reply.value);
      if (parsed.success) return { usage, ok: true, value: parsed.data };
      const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
      return { usage, ok: false, reason: 'schema', problems, text: JSON.stringify(reply.value) };
    } finally {
      this.#running--;
    }
  }

  async *write(prompt: ModelPrompt, { signal }: ModelOptions): AsyncGenerator<WriteStep, Written, void> {
    const reply = this.#take(prompt);
    try {
      yield* begin(reply, signal);
      const usage = { ...noUsage, ...reply.usage };
      if (!('files' in reply)) {
        yield { kind: 'usage', usage };
        throw 'error' in reply ? reply.error : new Error('The script has a value where files are asked for.');
      }
      const { files, pieceLength = 64, stop = 'end', remarks = '', thenError } = reply;
      for (const [file, { path, content, isCut = false }] of files.entries()) {
        throwIfCancelled(signal);
        yield { kind: 'file', file, path };
        for (let at = 0; at < content.length; at += pieceLength)
          yield { kind: 'text', file, text: content.slice(at, at + pieceLength) };
        if (!isCut) yield { kind: 'file-end', file };
      }
      yield { kind: 'usage', usage };
      throwIfCancelled(signal);
      if (thenError !== undefined) throw thenError;
      const whole = files.filter(({ isCut = false }) => !isCut).map(({ path, content }) => ({ path, content }));
      return { usage, stop, files: whole, remarks };
    } finally {
      this.#running--;
    }
  }

  #take(prompt: ModelPrompt): Reply {
    const request = this.prompts.push(prompt) - 1;
    const reply = typeof this.#script === 'function' ? this.#script(prompt, request) : this.#script[request];
    if (reply === undefined) throw new Error(`The script has no reply for request ${request + 1}:\n${prompt.task}`);
    this.#running++;
    this.mostParallel = Math.max(this.mostParallel, this.#running);
    return reply;
  }
}

async function* begin(reply: Reply, signal: AbortSignal): AsyncGenerator<AnswerStep & WriteStep, void, void> {
  throwIfCancelled(signal);
  reply.before?.();
  await reply.until;
  throwIfCancelled(signal);
  for (const step of reply.steps ?? []) yield step;
  if (!('isEarly' in reply && reply.isEarly === true)) yield { kind: 'started' };
}

/**
 * What a value looks like while it is streamed: every tenth of its JSON, closed where it breaks off, as the adapters close it. Strings
 * that are cut stay, keys without a value do not.
 */
export function partialsOf(value: unknown): unknown[] {
  const text = JSON.stringify(value) ?? 'null';
  const partials: unknown[] = [];
  for (let tenth = 1; tenth <= 10; tenth++) {
    const closed = closeJson(text.slice(0, Math.ceil((text.length * tenth) / 10)));
    if (closed !== undefined) partials.push(closed);
  }
  return partials;
}

function closeJson(text: string): unknown {
  for (let end = text.length; end > 0; end--) {
    const head = text.slice(0, end);
    try {
      return JSON.parse(head + closersOf(head));
    } catch {
      // Broke off within a key, a word or an escape: a little less of it can be closed.
    }
  }
  return undefined;
}

function closersOf(text: string): string {
  const open: string[] = [];
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === '\\') at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') open.push('}');
    else if (character === '[') open.push(']');
    else if (character === '}' || character === ']') open.pop();
  }
  return (inString ? '"' : '') + open.reverse().join('');
}

/** A store of finished work that forgets with the test. */
export class MemoryWorkStore {
  readonly kept = new Map<string, string>();

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.kept.get(key));
  }

  set(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
    return Promise.resolve();
  }
}
