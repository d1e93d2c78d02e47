import type { SliceCheck } from '../../../core/slice-outcome.ts';
import type { Slice, SliceFile, SlicePlan, SliceProblem } from '../../../core/slices.ts';
import type { ModelSession } from '../session.ts';
import type { Acceptance } from './acceptance.ts';
import { isPartOf, type SliceDraft } from './draft.ts';
import { outputPerSlice } from './estimate.ts';
import { ErrorLedger } from './ledger.ts';
import type { LiveFiles } from './live-files.ts';
import type { SliceOutcomes } from './outcomes.ts';
import { failedChecks, LeftOut } from './reasons.ts';
import type { SliceRequests, WriteRequest } from './slice-requests.ts';
import { filesAtFault, repairTask, restTask } from './tasks.ts';
import { isUnfinished } from './unfinished.ts';

/** After the first attempt. Each costs about as much as writing a third of the slice. */
const maxRepairs = 3;
/** Times that the model may stop before it has written everything, for one request: a feature has six to ten files, and some models write one at a time. */
const maxPauses = 12;
/** Times that an answer may run into its limit, for one request. */
const maxTruncations = 4;
/** Times that the connection may break in the middle of the answers to one request, and how long to wait each time. */
const breakWaits = [2000, 8000];
/** The least an answer to a repair needs, in tokens. */
const leastRepair = 1500;

export interface SliceParts {
  readonly requests: SliceRequests;
  readonly acceptance: Acceptance;
  readonly outcomes: SliceOutcomes;
  readonly session: Pick<ModelSession, 'wait' | 'port'>;
  readonly signal: AbortSignal;
}

/** A slice that works by itself. */
export interface Written {
  readonly slice: Slice;
  readonly checked: readonly SliceCheck[];
  /** Why it did not go through the other checks, as a sentence. */
  readonly why: string | undefined;
  /** Whether the model was asked for anything. */
  readonly isPaid: boolean;
}

/** What is kept of a slice that has not come to its end. */
export interface KeptDraft {
  readonly keep: () => Promise<void>;
  readonly forget: () => Promise<void>;
}

/** Has one slice written, checked and repaired, until it works or there is no point in going on. */
export class SliceAuthor {
  readonly #parts: SliceParts;
  readonly #plan: SlicePlan;
  readonly #draft: SliceDraft;
  readonly #live: LiveFiles;
  readonly #task: string;
  #isPaid = false;

  constructor(parts: SliceParts, draft: SliceDraft, live: LiveFiles, task: string) {
    this.#parts = parts;
    this.#draft = draft;
    this.#plan = draft.plan;
    this.#live = live;
    this.#task = task;
  }

  /** Has the model write it. */
  async write(): Promise<void> {
    await this.#ask(this.#task, {
      leastOutputTokens: outputPerSlice,
      isUrgent: false,
      onSent: () => this.#parts.outcomes.working(this.#plan, 'writing'),
    });
  }

  /**
   * Checks it and has it repaired. `isTrusted`: it passed every check in an earlier run, so that inspecting it is enough. What is paid for is
   * kept before the checks that take long, so that a run that is stopped meanwhile does not lose it.
   * Throws LeftOut, and TakossErrors that end the run.
   */
  async accept({ isTrusted, kept }: { isTrusted: boolean; kept: KeptDraft }): Promise<Written> {
    const { acceptance, outcomes } = this.#parts;
    const ledger = new ErrorLedger();
    let keeping: Promise<void> | undefined;
    const onInspected = (): void => {
      if (this.#isPaid) keeping ??= kept.keep();
    };
    for (let attempt = 1; ; attempt += 1) {
      const verdict = await acceptance.check(this.#draft, {
        isTrusted: isTrusted && !this.#isPaid,
        onInspected,
        onChecking: () => outcomes.working(this.#plan, 'checking'),
      });
      await keeping;
      if (verdict.ok) {
        this.#live.settle(verdict.slice.files);
        return { slice: verdict.slice, checked: verdict.checked, why: verdict.why, isPaid: this.#isPaid };
      }
      const { problems } = verdict;
      const isRepeated = ledger.enter(problems) !== undefined;
      if (isRepeated || attempt > maxRepairs) {
        // The next run is better off with a new one.
        await kept.forget();
        throw new LeftOut(failedChecks(problems, attempt));
      }
      outcomes.working(this.#plan, 'repairing');
      const atFault = filesAtFault(this.#draft.written, problems);
      await this.#ask(this.#repair(problems, atFault), {
        leastOutputTokens: Math.max(leastRepair, this.#tokensOf(atFault)),
        isUrgent: true,
      });
    }
  }

  #repair(problems: readonly SliceProblem[], atFault: readonly SliceFile[]): string {
    const task = repairTask(this.#task, this.#draft.written, problems);
    return this.#parts.requests.fits(task) ? task : repairTask(this.#task, atFault, problems);
  }

  /** Takes the answer to a task, in as many requests as it needs. */
  async #ask(task: string, options: Pick<WriteRequest, 'leastOutputTokens' | 'isUrgent' | 'onSent'>): Promise<void> {
    const { requests, session, signal } = this.#parts;
    const whole = new Map<string, SliceFile>();
    const cutBefore = new Set<string>();
    let pauses = 0;
    let truncations = 0;
    let breaks = 0;
    for (let current = task; ; ) {
      if (!requests.fits(current)) throw new LeftOut('It is too large for what this model can read at once.');
      const isFirst = current === task;
      const answer = await requests.write({
        ...options,
        isUrgent: options.isUrgent || !isFirst,
        wasCut: truncations > 0,
        task: current,
        live: this.#live,
      });
      this.#isPaid = true;
      this.#draft.take(answer.files);
      const gained = answer.files.filter(({ path }) => !whole.has(path) && isPartOf(this.#plan, path)).length;
      for (const file of answer.files) whole.set(file.path, file);
      if (answer.end.kind === 'end') return;
      if (answer.end.kind === 'paused') {
        // Models that write one file and wait for word of it go on when they are asked for the rest: that is no repair.
        pauses += 1;
        if (gained === 0 || pauses > maxPauses || !isUnfinished(this.#draft)) return;
      } else if (answer.end.kind === 'length') {
        truncations += 1;
        const cut = answer.cut ?? '';
        const isStuck = cutBefore.has(cut) || (gained === 0 && truncations > 1);
        if (isStuck || truncations >= maxTruncations)
          throw new LeftOut(
            'What the model wrote was longer than one of its answers can be, and was cut off again and again.',
          );
        cutBefore.add(cut);
      } else {
        const waitMs = breakWaits[breaks];
        if (waitMs === undefined) throw answer.end.error;
        breaks += 1;
        requests.sayBroken(waitMs);
        await session.wait(waitMs, signal);
      }
      current = restTask(task, [...whole.values()], answer.cut);
    }
  }

  #tokensOf(files: readonly SliceFile[]): number {
    return files.reduce((sum, { content }) => sum + this.#parts.session.port.estimateTokens(content), 0);
  }
}
