import type * as z from 'zod';
import { cancelledError, TakossError } from '../../core/errors.ts';
import type {
  Answer,
  AnswerStep,
  ModelLimits,
  ModelOptions,
  ModelPort,
  ModelPrompt,
  SharedStep,
  WriteStep,
  Written,
} from '../../core/model-port.ts';
import { noUsage, type TokenUsage } from '../../core/model-usage.ts';
import { wait } from '../../engines/model/wait.ts';
import { answerInstructions, problemsOf } from './answer-instructions.ts';
import { createMarker, type FilePart, FileProtocolReader, fileInstructions } from './file-protocol.ts';
import { parseLooseJson } from './loose-json.ts';
import { inTime, withSilenceLimit } from './silence.ts';
import { estimateTokens } from './token-estimate.ts';

/** A service that takes text and answers with text, and can do nothing else. */
export interface TextService {
  /** The model's id. */
  readonly id: string;
  readonly maxInputTokens: number;
  /** Sends messages of one user. Throws TakossErrors, and so does what it answers with. An abort of the signal ends both. */
  send(messages: readonly string[], signal: AbortSignal): Promise<AsyncIterable<string>>;
  /** Tokens of a text as the service counts them. May fail. */
  count(text: string): Promise<number>;
}

/** How patient a request is, in ms. Passed in, so that tests need not wait. */
export interface Patience {
  /** How long the model may say nothing before its first word: some think for minutes. */
  readonly beforeFirstMs: number;
  /** How long it may say nothing afterwards. */
  readonly betweenMs: number;
  /** The waits before it is asked again when it takes no more requests for the moment. */
  readonly retriesMs?: readonly number[];
}

const usualPatience: Patience = { beforeFirstMs: 180_000, betweenMs: 90_000, retriesMs: [5000, 20_000] };

/** The most an answer may have, in tokens. Services do not say theirs; what a smaller one cuts off is noticed. */
const outputTokens = 16_000;

/** How often the partial value of an answer is said, in ms. */
const partialIntervalMs = 100;

/**
 * A language model that can only be talked to: JSON is asked for in words, and files travel in the text between marker lines. Tokens are
 * counted by the service where it can, and otherwise estimated.
 */
export class TextModel implements ModelPort {
  readonly engine = 'vscode-lm';
  readonly label = 'The language model';
  readonly price = undefined;
  readonly limits: ModelLimits;
  readonly #service: TextService;
  readonly #patience: Patience;

  constructor(service: TextService, patience = usualPatience) {
    this.#service = service;
    this.#patience = patience;
    this.limits = { inputTokens: service.maxInputTokens, outputTokens, parallel: 3 };
  }

  get model(): string {
    return this.#service.id;
  }

  estimateTokens(text: string): number {
    return estimateTokens(text);
  }

  async *answer<T>(
    prompt: ModelPrompt,
    schema: z.ZodType<T>,
    options: ModelOptions,
  ): AsyncGenerator<AnswerStep, Answer<T>, void> {
    const request = new TextRequest(this.#service, prompt, answerInstructions(schema), this.#patience);
    let saidAt = 0;
    for await (const step of request.run(options.signal)) {
      if (step.kind !== 'piece') {
        yield step;
        continue;
      }
      if (Date.now() - saidAt < partialIntervalMs) continue;
      saidAt = Date.now();
      const partial = parseLooseJson(request.text);
      if (partial !== undefined) yield { kind: 'partial', value: partial.value };
    }
    const { text, usage, isCutOff } = request;
    const found = parseLooseJson(text);
    if (found === undefined) {
      const reason = isCutOff ? 'length' : 'schema';
      return { ok: false, reason, problems: ['The answer holds no JSON that can be read.'], text, usage };
    }
    if (!found.isWhole) {
      return { ok: false, reason: 'length', problems: ['The answer breaks off in the middle.'], text, usage };
    }
    const parsed = schema.safeParse(found.value);
    if (parsed.success) return { ok: true, value: parsed.data, usage };
    return { ok: false, reason: 'schema', problems: problemsOf(parsed.error), text, usage };
  }

  async *write(prompt: ModelPrompt, options: ModelOptions): AsyncGenerator<WriteStep, Written, void> {
    const marker = createMarker();
    const reader = new FileProtocolReader(marker);
    const files = new WrittenFiles();
    const request = new TextRequest(this.#service, prompt, fileInstructions(marker), this.#patience);
    for await (const step of request.run(options.signal)) {
      if (step.kind !== 'piece') yield step;
      else for (const part of reader.read(step.text)) yield files.add(part);
    }
    for (const part of reader.finish()) yield files.add(part);
    const stop = request.isCutOff || reader.isInFile ? 'length' : 'end';
    return { usage: request.usage, stop, files: files.whole, remarks: reader.remarks.trim() };
  }
}

/** The files of an answer: those that came to their end. */
class WrittenFiles {
  #count = 0;
  #open: { readonly path: string; content: string } | undefined;
  readonly whole: { readonly path: string; readonly content: string }[] = [];

  add(part: FilePart): WriteStep {
    switch (part.kind) {
      case 'file':
        this.#count += 1;
        this.#open = { path: part.path, content: '' };
        return { kind: 'file', file: this.#count - 1, path: part.path };
      case 'text':
        if (this.#open !== undefined) this.#open.content += part.text;
        return { kind: 'text', file: this.#count - 1, text: part.text };
      case 'file-end':
        if (this.#open !== undefined) this.whole.push(this.#open);
        this.#open = undefined;
        return { kind: 'file-end', file: this.#count - 1 };
    }
  }
}

/** An answer that has begun. */
interface Begun {
  readonly pieces: AsyncIterator<string>;
  readonly first: IteratorResult<string>;
}

/** One request and its answer so far. */
class TextRequest {
  readonly #service: TextService;
  readonly #messages: readonly string[];
  readonly #maxOutputTokens: number;
  readonly #patience: Patience;
  text = '';
  usage: TokenUsage = noUsage;
  /** Whether it was ended because it was too long. */
  isCutOff = false;

  constructor(service: TextService, prompt: ModelPrompt, instructions: string, patience: Patience) {
    this.#service = service;
    this.#messages = [prompt.prefix, `${prompt.task}\n\n${instructions}`].filter((message) => message !== '');
    this.#maxOutputTokens = prompt.maxOutputTokens;
    this.#patience = patience;
  }

  async *run(
    signal: AbortSignal,
  ): AsyncGenerator<SharedStep | { readonly kind: 'piece'; readonly text: string }, void, void> {
    const abort = new AbortController();
    const combined = AbortSignal.any([signal, abort.signal]);
    const inputTokens = await this.#count(this.#messages.join('\n'), signal);
    try {
      const { pieces, first } = yield* this.#send(combined);
      this.usage = { ...noUsage, inputTokens };
      yield { kind: 'started' };
      yield { kind: 'usage', usage: this.usage };
      if (first.done) throw emptyAnswer();
      yield* this.#take(first.value);
      const rest = { [Symbol.asyncIterator]: () => pieces };
      const limits = { limitMs: this.#patience.betweenMs, signal, stop: () => abort.abort() };
      let saidAt = Date.now();
      for await (const piece of withSilenceLimit(rest, limits)) {
        if (signal.aborted) throw cancelledError(signal.reason);
        yield* this.#take(piece);
        if (Date.now() - saidAt > 500) {
          saidAt = Date.now();
          yield* this.#useSoFar();
        }
        if (this.#isTooLong) break;
      }
      this.isCutOff = this.#isTooLong;
      if (this.text.trim() === '') throw emptyAnswer();
      this.usage = { ...this.usage, outputTokens: await this.#count(this.text, signal) };
      yield { kind: 'usage', usage: this.usage };
    } catch (error) {
      if (signal.aborted) throw cancelledError(signal.reason);
      if (this.usage.inputTokens > 0) yield* this.#useSoFar();
      throw error;
    } finally {
      abort.abort();
    }
    // A service may take an abort for the end of its answer.
    if (signal.aborted) throw cancelledError(signal.reason);
  }

  /** Sends the request, again where the service takes none for the moment, until its first word has come. */
  async *#send(signal: AbortSignal): AsyncGenerator<SharedStep, Begun, void> {
    const { beforeFirstMs, retriesMs = [] } = this.#patience;
    for (const waitMs of [...retriesMs, undefined]) {
      try {
        const sent = await inTime(this.#service.send(this.#messages, signal), beforeFirstMs, signal);
        const pieces = sent[Symbol.asyncIterator]();
        return { pieces, first: await inTime(pieces.next(), beforeFirstMs, signal) };
      } catch (error) {
        if (waitMs === undefined || !(error instanceof TakossError && error.code === 'rate-limit')) throw error;
        yield { kind: 'waiting', reason: 'rate-limit', waitMs };
        await wait(waitMs, signal);
      }
    }
    throw new Error('The last attempt either answers or throws.');
  }

  *#take(text: string): Generator<{ readonly kind: 'piece'; readonly text: string }, void, void> {
    this.text += text;
    if (text !== '') yield { kind: 'piece', text };
  }

  *#useSoFar(): Generator<SharedStep, void, void> {
    this.usage = { ...this.usage, outputTokens: estimateTokens(this.text) };
    yield { kind: 'usage', usage: this.usage };
  }

  /** Nobody but us ends an answer that goes on and on. The estimate is on the high side: hence the room. */
  get #isTooLong(): boolean {
    return this.text.length > this.#maxOutputTokens * 5;
  }

  /** A service that cannot count in time is not waited for. */
  async #count(text: string, signal: AbortSignal): Promise<number> {
    try {
      return await inTime(this.#service.count(text), 2000, signal);
    } catch {
      return estimateTokens(text);
    }
  }
}

function emptyAnswer(): TakossError {
  return new TakossError('model', 'The language model answered with nothing. Try again, or choose another model.');
}
