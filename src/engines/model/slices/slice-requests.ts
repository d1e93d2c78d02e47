import { close } from '../../../core/close.ts';
import { TakossError, toTakossError } from '../../../core/errors.ts';
import { type ModelPort, ModelRefusal, type WriteStep, type Written } from '../../../core/model-port.ts';
import type { EngineStep } from '../../../core/ports.ts';
import { formatUsd } from '../../../core/run-words.ts';
import type { SliceFile } from '../../../core/slices.ts';
import { fallbackNotice, isNoHelp } from '../refused.ts';
import type { ModelSession } from '../session.ts';
import type { MeteredRequest } from '../usage-meter.ts';
import { outputPerSlice } from './estimate.ts';
import { Limiter, type Slot } from './limiter.ts';
import type { LiveFiles } from './live-files.ts';
import { LeftOut } from './reasons.ts';
import { ReceivedFiles } from './received-files.ts';
import { UsageTicker } from './usage-ticker.ts';

/**
 * The most one answer may have, in tokens: many times a usual slice, since what the model thinks on the way counts too, and may be more than what it writes. Only
 * what is used is paid for.
 */
const maxOutputTokens = 64_000;
/** How much more than it needs at least an answer may have within a budget, in tokens: what is set aside for one keeps others waiting. */
const spareWithinBudget = outputPerSlice / 2;

/** What came of a request. */
export interface WriteAnswer {
  /** Whole files, in order. */
  readonly files: readonly SliceFile[];
  /** The file that was cut off. */
  readonly cut: string | undefined;
  /**
   * `length`: it ran into the limit of an answer. `paused`: the model waits to hear of its files. `broken`: `error` came in the middle of it.
   */
  readonly end:
    | { readonly kind: 'end' }
    | { readonly kind: 'length' }
    | { readonly kind: 'paused' }
    | { readonly kind: 'broken'; readonly error: TakossError };
}

export interface WriteRequest {
  readonly task: string;
  /** Tokens without which the answer is not worth asking for. */
  readonly leastOutputTokens: number;
  /** Whether it goes before requests that begin a slice. */
  readonly isUrgent: boolean;
  /** Whether an earlier answer to it ran into its limit. */
  readonly wasCut: boolean;
  readonly live: LiveFiles;
  /** Called when it is sent. */
  readonly onSent?: () => void;
}

/** Sends the requests of all slices: the prefix is the same, as many at once as the service takes, and all of them within the budget. */
export class SliceRequests {
  readonly #session: ModelSession;
  readonly #prefix: string;
  readonly #signal: AbortSignal;
  readonly #say: (step: EngineStep) => void;
  readonly #limiter: Limiter;
  readonly #ticker: UsageTicker;
  /** Requests under way. */
  #sent = 0;
  /** Requests whose answers have begun. */
  #answering = 0;
  #isBudgetReached = false;
  #isHeldBack = false;
  readonly #noticed = new Set<string>();
  #failure: TakossError | undefined;
  #opened: () => void = () => {};
  /** Resolves once the provider has the prefix in its cache, or will not get it from the first request. */
  readonly prefixIsOpen = new Promise<void>((resolve) => {
    this.#opened = resolve;
  });

  constructor(session: ModelSession, prefix: string, say: (step: EngineStep) => void, signal: AbortSignal) {
    this.#session = session;
    this.#prefix = prefix;
    this.#signal = signal;
    this.#say = say;
    this.#limiter = new Limiter(session.port.limits.parallel);
    this.#ticker = new UsageTicker(session, say, signal);
  }

  /** The failure of the service that ends the run, once there is one: no slice is begun any more. */
  get failure(): TakossError | undefined {
    return this.#failure;
  }

  fail(error: TakossError): void {
    this.#failure ??= error;
    this.#opened();
  }

  /** Lets the others begin. */
  openPrefix(): void {
    this.#opened();
  }

  /** Says what was used, up to now. */
  settleUsage(): void {
    this.#ticker.settle();
  }

  /** Says that an answer broke off and is asked for again. */
  sayBroken(waitMs: number): void {
    this.#say({ kind: 'status', text: `The answer broke off: asking again in ${formatSeconds(waitMs)}` });
  }

  /** Whether a task fits into a request. */
  fits(task: string): boolean {
    const { port } = this.#session;
    return port.estimateTokens(this.#prefix) + port.estimateTokens(task) <= port.limits.inputTokens;
  }

  /**
   * Sends it to the model and, where that declines, to those that are to be asked instead. Throws LeftOut where the budget does not allow the
   * request or every model refuses it, and TakossErrors that end the run.
   */
  async write(request: WriteRequest): Promise<WriteAnswer> {
    const { port: first, fallbacks } = this.#session;
    let port = first;
    let refusal: ModelRefusal | undefined;
    for (const next of [...fallbacks, undefined]) {
      try {
        return await this.#sendInTurn(request, port);
      } catch (error) {
        const isOver = refusal !== undefined && error instanceof TakossError && isNoHelp(error);
        if (!isOver && !(error instanceof ModelRefusal)) throw error;
        if (error instanceof ModelRefusal) refusal ??= error;
      }
      if (refusal !== undefined && next !== undefined) this.#sayOnce(fallbackNotice(first, refusal, next));
      port = next ?? port;
    }
    throw new LeftOut(refusal?.message ?? 'The model declined.', { cause: refusal });
  }

  async #sendInTurn(request: WriteRequest, port: ModelPort): Promise<WriteAnswer> {
    for (;;) {
      try {
        return await this.#send(request, port);
      } catch (error) {
        // A service that refuses one more while it answers others takes it when one of those is done: the limit has shrunk meanwhile.
        const isCrowded = error instanceof TakossError && error.code === 'rate-limit' && this.#answering > 0;
        if (!isCrowded) throw error;
        await this.#limiter.nextRelease(this.#signal);
      }
    }
  }

  async #send(request: WriteRequest, port: ModelPort): Promise<WriteAnswer> {
    const { slot, metered } = await this.#open(request, port);
    let isDone = false;
    request.onSent?.();
    try {
      const answer = await this.#read(metered, slot, request.live, port);
      this.#opened();
      isDone = answer.end.kind !== 'broken';
      return answer;
    } finally {
      metered.close();
      this.#sent -= 1;
      slot.release(isDone ? 'done' : 'other');
      this.#ticker.tick();
    }
  }

  async #open(request: WriteRequest, port: ModelPort): Promise<{ slot: Slot; metered: MeteredRequest }> {
    const { meter } = this.#session;
    const { task, isUrgent } = request;
    const most = this.#mostOutputTokens(request);
    const least = Math.min(request.leastOutputTokens, most, port.limits.outputTokens);
    const prompt = { prefix: this.#prefix, task, maxOutputTokens: most };
    for (;;) {
      const slot = await this.#limiter.acquire(this.#signal, { isUrgent });
      // After a failure no slice is begun. Those under way go on, where another try has a chance.
      if (this.#failure !== undefined && (!isUrgent || isHopeless(this.#failure))) {
        slot.release('unused');
        throw this.#failure;
      }
      const metered = this.#isBudgetReached ? undefined : meter.open(prompt, least, port);
      if (metered !== undefined) {
        this.#sent += 1;
        return { slot, metered };
      }
      slot.release('unused');
      // What requests under way have set aside, and will not use, may be enough for this one.
      if (this.#sent > 0 && !this.#isBudgetReached) await this.#limiter.nextRelease(this.#signal);
      else throw this.#budgetReached();
    }
  }

  /** Within a budget, less is set aside for an answer: the rest of one that turns out longer is asked for. */
  #mostOutputTokens({ leastOutputTokens, wasCut }: WriteRequest): number {
    if (wasCut || this.#session.meter.leftUsd === undefined) return maxOutputTokens;
    return Math.min(maxOutputTokens, Math.max(leastOutputTokens, outputPerSlice) + spareWithinBudget);
  }

  #budgetReached(): LeftOut {
    const reached = `The budget of ${formatUsd(this.#session.meter.usage.budgetUsd ?? 0)} was reached`;
    if (!this.#isBudgetReached) {
      this.#isBudgetReached = true;
      this.#say({ kind: 'notice', text: `${reached}: the offline engine finished the rest of the project.` });
    }
    return new LeftOut(`${reached}.`);
  }

  async #read(metered: MeteredRequest, slot: Slot, live: LiveFiles, port: ModelPort): Promise<WriteAnswer> {
    const received = new ReceivedFiles(live);
    let hasStarted = false;
    const steps = port.write(metered.prompt, { signal: this.#signal });
    try {
      for (;;) {
        const step = await steps.next();
        if (step.done) return answerOf(step.value, received.cut);
        switch (step.value.kind) {
          case 'started':
            if (!hasStarted) this.#answering += 1;
            hasStarted = true;
            if (step.value.limit !== undefined) slot.allows(step.value.limit);
            this.#opened();
            break;
          case 'usage':
            metered.update(step.value.usage);
            this.#ticker.tick();
            break;
          case 'waiting':
            if (step.value.reason !== 'network') slot.waited();
            this.#say({ kind: 'status', text: waitingText(step.value) });
            break;
          case 'thinking':
            this.#say({ kind: 'status', text: `${port.label} is thinking` });
            break;
          case 'held-back':
            this.#sayHeldBack();
            break;
          default:
            received.take(step.value);
        }
      }
    } catch (thrown) {
      const error = toTakossError(thrown, this.#signal);
      if (error instanceof ModelRefusal) throw error;
      if (error.code === 'model') throw new LeftOut(error.message, { cause: thrown });
      if (hasStarted && isPassing(error))
        return { files: received.whole, cut: received.cut, end: { kind: 'broken', error } };
      throw error;
    } finally {
      if (hasStarted) this.#answering -= 1;
      await close(steps);
    }
  }

  #sayOnce(step: EngineStep & { kind: 'notice' }): void {
    if (this.#noticed.has(step.text)) return;
    this.#noticed.add(step.text);
    this.#say(step);
  }

  #sayHeldBack(): void {
    if (this.#isHeldBack) return;
    this.#isHeldBack = true;
    this.#say({
      kind: 'notice',
      text: 'Something between this computer and the model keeps its answers back until they are whole, so files appear all at once. A proxy that does not buffer would show them as they are written.',
    });
  }
}

function answerOf({ files, stop }: Written, cut: string | undefined): WriteAnswer {
  return { files, cut, end: { kind: stop } };
}

/** Whether what failed in the middle of an answer may work when it is asked again. */
function isPassing({ code }: TakossError): boolean {
  return code === 'network' || code === 'model-overloaded' || code === 'rate-limit';
}

/** Whether no request of this run can be answered any more. */
function isHopeless({ code }: TakossError): boolean {
  return code === 'model-key' || code === 'model-credit' || code === 'model-unknown';
}

function waitingText({ reason, waitMs }: WriteStep & { kind: 'waiting' }): string {
  return `${whys[reason]}: waiting ${formatSeconds(waitMs)}`;
}

function formatSeconds(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  return seconds === 1 ? '1 second' : `${seconds} seconds`;
}

const whys: Readonly<Record<(WriteStep & { kind: 'waiting' })['reason'], string>> = {
  overloaded: 'The model has too much to do',
  'rate-limit': 'The share of this key is used up for now',
  network: 'The model cannot be reached',
};
