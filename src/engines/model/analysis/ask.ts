import { close } from '../../../core/close.ts';
import { TakossError } from '../../../core/errors.ts';
import {
  type Answer,
  type AnswerStep,
  type ModelPort,
  type ModelPrompt,
  ModelRefusal,
} from '../../../core/model-port.ts';
import { noUsage, type TokenUsage } from '../../../core/model-usage.ts';
import type { EngineStep } from '../../../core/ports.ts';
import { fallbackNotice, isNoHelp } from '../refused.ts';
import type { ModelSession } from '../session.ts';
import type { MeteredRequest } from '../usage-meter.ts';
import type { Draft } from './draft.ts';
import { FoundNames } from './found.ts';

/** An answer and how many tokens it was allowed, that every model declined, or that the budget has nothing left for it. */
export type Asked =
  | { readonly answer: Answer<Draft>; readonly maxOutputTokens: number }
  | { readonly refusal: ModelRefusal }
  | 'budget';

/** How often an answer that breaks off is asked for again. */
const maxRetries = 2;
const retryMs = 2000;
/** Between two reports of what was used. */
const usageEveryMs = 500;

/** Asks for drafts, and says what happens meanwhile. One for a run: it says nothing twice. */
export class Asker {
  readonly found: FoundNames;
  readonly #session: ModelSession;
  #usageSaidAt = Number.NEGATIVE_INFINITY;
  #isHeldBackSaid = false;

  constructor(session: ModelSession) {
    this.#session = session;
    this.found = new FoundNames(session.format.modules);
  }

  /** Asks the model and, where it declines, those that are to be asked instead: the same model would decline again. */
  async *ask(
    prompt: ModelPrompt,
    leastOutputTokens: number,
    signal: AbortSignal,
  ): AsyncGenerator<EngineStep, Asked, void> {
    const { port: first, fallbacks } = this.#session;
    let port = first;
    let refusal: ModelRefusal | undefined;
    for (const next of [...fallbacks, undefined]) {
      try {
        return yield* this.#askModel(port, prompt, leastOutputTokens, signal);
      } catch (error) {
        const isOver = refusal !== undefined && error instanceof TakossError && isNoHelp(error);
        if (!isOver && !(error instanceof ModelRefusal)) throw error;
        if (error instanceof ModelRefusal) refusal ??= error;
      }
      if (refusal !== undefined && next !== undefined) yield fallbackNotice(first, refusal, next);
      port = next ?? port;
    }
    if (refusal === undefined) throw new Error('Who has not answered has declined.');
    return { refusal };
  }

  /**
   * Asks once. An answer that breaks off is asked for again; failures of the service are thrown, and an answer that the port cannot use at all is answered as
   * a bad one.
   */
  async *#askModel(
    port: ModelPort,
    prompt: ModelPrompt,
    leastOutputTokens: number,
    signal: AbortSignal,
  ): AsyncGenerator<EngineStep, Asked, void> {
    for (let retry = 0; ; retry++) {
      const request = this.#session.meter.open(prompt, leastOutputTokens, port);
      if (request === undefined) return 'budget';
      const run = { hasStarted: false };
      try {
        const answer = yield* this.#follow(port, request, run, signal);
        if (answer.ok) yield* this.found.of(answer.value, true);
        return { answer, maxOutputTokens: request.prompt.maxOutputTokens };
      } catch (error) {
        if (!(error instanceof TakossError) || error instanceof ModelRefusal) throw error;
        if (error.code === 'model') {
          const answer = { ok: false, reason: 'schema', problems: [error.message], text: '', usage: noUsage } as const;
          return { answer, maxOutputTokens: request.prompt.maxOutputTokens };
        }
        if (!isPassing(error) || !run.hasStarted || retry >= maxRetries) throw error;
      } finally {
        request.close();
      }
      const waitMs = retryMs * 2 ** retry;
      yield { kind: 'status', text: `The answer broke off: asking again in ${seconds(waitMs)}` };
      await this.#session.wait(waitMs, signal);
    }
  }

  async *#follow(
    port: ModelPort,
    request: MeteredRequest,
    run: { hasStarted: boolean },
    signal: AbortSignal,
  ): AsyncGenerator<EngineStep, Answer<Draft>, void> {
    const { format, meter } = this.#session;
    const steps = port.answer(request.prompt, format.schema, { signal });
    let usage: TokenUsage = noUsage;
    let partial: unknown;
    try {
      for (;;) {
        const step = await steps.next();
        if (step.done) {
          request.update(step.value.usage);
          yield { kind: 'usage', usage: meter.usage };
          return step.value;
        }
        if (step.value.kind === 'started') run.hasStarted = true;
        if (step.value.kind === 'partial') {
          run.hasStarted = true;
          partial = step.value.value;
          yield* this.found.of(partial, false);
        }
        if (step.value.kind === 'usage') {
          usage = step.value.usage;
          request.update(usage);
          const now = Date.now();
          if (now - this.#usageSaidAt < usageEveryMs) continue;
          this.#usageSaidAt = now;
          yield { kind: 'usage', usage: meter.usage };
        }
        yield* this.#describe(step.value, port);
      }
    } catch (error) {
      // What was written before it broke off has been paid for, whether or not its tokens were counted.
      const written = partial === undefined ? 0 : port.estimateTokens(JSON.stringify(partial));
      request.update({ ...usage, outputTokens: Math.max(usage.outputTokens, written) });
      yield { kind: 'usage', usage: meter.usage };
      throw error;
    } finally {
      await close(steps);
    }
  }

  *#describe(step: AnswerStep, { label: who }: ModelPort): Generator<EngineStep, void, void> {
    if (step.kind === 'thinking') yield { kind: 'status', text: `${who} is thinking` };
    if (step.kind === 'waiting') {
      yield { kind: 'status', text: `${who} ${whys[step.reason]}: trying again in ${seconds(step.waitMs)}` };
    }
    if (step.kind === 'held-back' && !this.#isHeldBackSaid) {
      this.#isHeldBackSaid = true;
      const text =
        'Something between this machine and the model, such as a proxy, holds answers back until they are whole: progress is seen late.';
      yield { kind: 'notice', text };
    }
  }
}

const whys: Readonly<Record<(AnswerStep & { kind: 'waiting' })['reason'], string>> = {
  overloaded: 'is busy',
  'rate-limit': 'takes no more requests for now',
  network: 'cannot be reached',
};

/** Whether what failed in the middle of an answer may work when it is asked again. */
function isPassing({ code }: TakossError): boolean {
  return code === 'network' || code === 'model-overloaded' || code === 'rate-limit';
}

function seconds(ms: number): string {
  return `${Math.max(1, Math.round(ms / 1000))} s`;
}
