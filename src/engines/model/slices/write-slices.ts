import { close } from '../../../core/close.ts';
import { cancelledError, throwIfCancelled, toTakossError } from '../../../core/errors.ts';
import type { EngineStep, SliceWork } from '../../../core/ports.ts';
import { formatUsd } from '../../../core/run-words.ts';
import { sliceChecks } from '../../../core/slice-outcome.ts';
import { isPlaceOf } from '../../../core/slice-places.ts';
import type { Slice, SlicePlan, SliceReport } from '../../../core/slices.ts';
import { projectContract } from '../inspection/contract.ts';
import type { ModelSession } from '../session.ts';
import { Acceptance, staticChecks } from './acceptance.ts';
import { SliceDraft } from './draft.ts';
import { estimateSlices } from './estimate.ts';
import { type KeptSlice, KeptSlices } from './kept-slices.ts';
import { LiveFiles } from './live-files.ts';
import { SliceOutcomes } from './outcomes.ts';
import { featureList, quoteMissing, type SlicePrefix, slicePrefix } from './prefix.ts';
import { failedTogether, LeftOut } from './reasons.ts';
import { SliceAuthor, type Written } from './slice-author.ts';
import { SliceRequests } from './slice-requests.ts';
import { StepQueue } from './step-queue.ts';
import { writingTask } from './tasks.ts';

/**
 * Has the model write a slice for each plan, several at once, and accepts what works. A slice that does not get there is left out; a failure
 * of the service ends the run, but only when the slices under way have been finished and kept.
 */
export async function* writeSlices(
  work: SliceWork,
  session: ModelSession,
  { signal }: { readonly signal: AbortSignal },
): AsyncGenerator<EngineStep, SliceReport, void> {
  throwIfCancelled(signal);
  const queue = new StepQueue();
  // Ends everything when the consumer stops early, too.
  const end = new AbortController();
  const run = new SliceRun(work, session, (step) => queue.push(step), AbortSignal.any([signal, end.signal]));
  const stop = (): void => queue.fail(cancelledError(signal.reason));
  signal.addEventListener('abort', stop, { once: true });
  const report = run.report();
  report.then(
    () => queue.close(),
    (error: unknown) => queue.fail(error),
  );
  const steps = queue.drain();
  try {
    yield* steps;
    return await report;
  } finally {
    signal.removeEventListener('abort', stop);
    end.abort();
    await close(steps);
    // Nothing of it goes on when the caller does. What it failed of has been thrown above.
    await report.catch(() => {});
  }
}

interface Job {
  readonly plan: SlicePlan;
  readonly task: string;
  readonly live: LiveFiles;
  readonly kept: KeptSlice | undefined;
}

/** Whether it is there and has passed everything. */
function isTested({ kept }: Job): boolean {
  return sliceChecks.every((check) => kept?.checked.includes(check) ?? false);
}

class SliceRun {
  readonly #work: SliceWork;
  readonly #session: ModelSession;
  readonly #say: (step: EngineStep) => void;
  readonly #signal: AbortSignal;
  readonly #outcomes: SliceOutcomes;
  readonly #quoted: SlicePrefix;
  readonly #prefix: string;
  readonly #store: KeptSlices;
  readonly #requests: SliceRequests;
  readonly #acceptance: Acceptance;

  constructor(work: SliceWork, session: ModelSession, say: (step: EngineStep) => void, signal: AbortSignal) {
    this.#work = work;
    this.#session = session;
    this.#say = say;
    this.#signal = signal;
    this.#outcomes = new SliceOutcomes(say);
    this.#quoted = slicePrefix(work, session);
    const { text } = this.#quoted;
    this.#prefix = text + featureList(work);
    this.#store = new KeptSlices(session, text, work.base);
    this.#requests = new SliceRequests(session, this.#prefix, say, signal);
    const contract = projectContract(work.base, session.allowedPackages);
    this.#acceptance = new Acceptance(work, contract, session, this.#store, say, signal);
  }

  async report(): Promise<SliceReport> {
    const jobs = await Promise.all(this.#work.plans.map((plan) => this.#job(plan)));
    this.#estimate(jobs);
    // The user may be asked before packages are downloaded: not for slices that have passed everything.
    if (!jobs.every(isTested)) this.#acceptance.prepare();
    const opener = jobs.find(({ kept }) => kept === undefined);
    if (opener === undefined) this.#requests.openPrefix();
    const settled = await Promise.all(jobs.map((job) => this.#settle(job, job === opener)));
    this.#requests.settleUsage();
    throwIfCancelled(this.#signal);
    if (this.#requests.failure !== undefined) throw this.#requests.failure;
    const accepted = await this.#combine(
      jobs,
      settled.filter((written) => written !== undefined),
    );
    const outcomes = this.#work.plans.map((plan) => this.#outcomes.of(plan)).filter((outcome) => outcome !== undefined);
    return { accepted, outcomes };
  }

  async #job(plan: SlicePlan): Promise<Job> {
    const { blueprint, base } = this.#work;
    const task = writingTask(plan, blueprint, quoteMissing(plan, base, this.#quoted));
    const bases = new Set(base.files.map(({ path }) => path));
    const live = new LiveFiles(
      (data) => this.#say({ kind: 'chunk', data }),
      (path) => isPlaceOf(plan, path) && !bases.has(path),
    );
    return { plan, task, live, kept: await this.#store.get(plan, task) };
  }

  #estimate(jobs: readonly Job[]): void {
    const tasks = jobs.filter(({ kept }) => kept === undefined).map(({ task }) => task);
    if (tasks.length === 0) return;
    const estimate = estimateSlices(this.#session.port, this.#prefix, tasks);
    this.#say({ kind: 'estimate', estimate, slices: tasks.length });
    const { leftUsd } = this.#session.meter;
    if (leftUsd === undefined || estimate.costUsd === undefined || estimate.costUsd <= leftUsd) return;
    const features = tasks.length === 1 ? '1 feature' : `${tasks.length} features`;
    this.#say({
      kind: 'notice',
      text: `Writing ${features} is expected to cost ${formatUsd(estimate.costUsd)}, more than the ${formatUsd(Math.max(0, leftUsd))} that is left of the budget: what does not fit is left out.`,
    });
  }

  /** Brings a slice to its end. Returns undefined for one that is left out or was never begun. Never throws. */
  async #settle(job: Job, isOpener: boolean): Promise<Written | undefined> {
    try {
      const written = await this.#write(job, isOpener);
      if (written === undefined) return undefined;
      this.#outcomes.accepted(job.plan, written.checked, !written.isPaid, written.why);
      return written;
    } catch (thrown) {
      if (thrown instanceof LeftOut) this.#leaveOut(job, thrown.message);
      else this.#requests.fail(toTakossError(thrown, this.#signal));
      return undefined;
    } finally {
      // Whatever became of the first, the others need not wait for it.
      if (isOpener) this.#requests.openPrefix();
    }
  }

  async #write(job: Job, isOpener: boolean): Promise<Written | undefined> {
    const { plan, task, live, kept } = job;
    const isTrusted = isTested(job);
    if (kept === undefined && !isOpener) {
      await this.#requests.prefixIsOpen;
      throwIfCancelled(this.#signal);
      if (this.#requests.failure !== undefined) return undefined;
    }
    const parts = {
      requests: this.#requests,
      acceptance: this.#acceptance,
      outcomes: this.#outcomes,
      session: this.#session,
      signal: this.#signal,
    };
    const draft = kept?.draft ?? new SliceDraft(plan);
    const author = new SliceAuthor(parts, draft, live, task);
    if (kept === undefined) await author.write();
    else live.settle(draft.files);
    const written = await author.accept({
      isTrusted,
      kept: {
        keep: () => this.#store.set(draft, task, staticChecks),
        forget: () => this.#store.forget(task),
      },
    });
    if (written.isPaid || written.checked.length > (kept?.checked.length ?? 0)) {
      await this.#store.set(draft, task, written.checked);
    }
    return written;
  }

  /** Checks together what works alone. */
  async #combine(jobs: readonly Job[], written: readonly Written[]): Promise<readonly Slice[]> {
    const { kept, leftOut } = await this.#acceptance.combine(written.map(({ slice }) => slice));
    for (const { slice, problems, reason } of leftOut) {
      const job = jobs.find(({ plan }) => plan === slice.plan);
      if (job !== undefined) this.#leaveOut(job, reason ?? failedTogether(problems));
    }
    return kept;
  }

  #leaveOut({ plan, live }: Job, reason: string): void {
    live.discard();
    this.#outcomes.leftOut(plan, reason);
  }
}
