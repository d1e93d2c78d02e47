import { TakossError } from '../../../core/errors.ts';
import type { EngineStep, SliceWork } from '../../../core/ports.ts';
import { type SliceCheck, sliceChecks } from '../../../core/slice-outcome.ts';
import type { Slice, SliceChecker, SliceProblem } from '../../../core/slices.ts';
import { type ProjectContract, projectContract } from '../inspection/contract.ts';
import { inspectSlice, packagesOf } from '../inspection/inspect-slice.ts';
import type { ModelSession } from '../session.ts';
import { CheckBench } from './check-bench.ts';
import { type Combination, combine, isOf } from './combination.ts';
import type { SliceDraft } from './draft.ts';
import { readTables } from './tables.ts';

/** What can be done everywhere, without the project's packages. */
export const staticChecks: readonly SliceCheck[] = ['syntax', 'imports'];

/** Remembers between runs which slices have passed all checks together. */
export interface KeptTogether {
  havePassed(slices: readonly Slice[]): Promise<boolean>;
  keepPassed(slices: readonly Slice[]): Promise<void>;
}

export type Verdict =
  | { readonly ok: true; readonly slice: Slice; readonly checked: readonly SliceCheck[] }
  | { readonly ok: false; readonly problems: readonly SliceProblem[] };

/**
 * Decides whether slices work. What was not inspected is never run: the inspection is what makes sure that code and tests of a slice reach
 * neither the disk nor the network.
 */
export class Acceptance {
  readonly #work: SliceWork;
  readonly #contract: ProjectContract;
  readonly #say: (step: EngineStep) => void;
  readonly #signal: AbortSignal;
  readonly #checker: SliceChecker | undefined;
  /** The checker once it is ready, or undefined when it cannot be had; begun when it is first needed, for the user may be asked. */
  #prepared: Promise<SliceChecker | undefined> | undefined;
  readonly #kept: KeptTogether;
  readonly #bench = new CheckBench((slices) => this.#problemsOf(slices));
  /** Problems of the project without any slice, once somebody had to know. */
  #baseProblems: Promise<readonly SliceProblem[]> | undefined;
  #whyUnchecked = 'full checks are off';
  #isSaid = false;

  constructor(
    work: SliceWork,
    contract: ProjectContract,
    { checker }: Pick<ModelSession, 'checker'>,
    kept: KeptTogether,
    say: (step: EngineStep) => void,
    signal: AbortSignal,
  ) {
    this.#work = work;
    this.#contract = contract;
    this.#say = say;
    this.#signal = signal;
    this.#checker = checker;
    this.#kept = kept;
  }

  /** Makes the checker ready while slices are written that will need it. */
  prepare(): void {
    // Whoever waits for it is told; nobody may, where everything else failed before.
    this.#ready().catch(() => {});
  }

  /** Inspects a draft, and checks it in the project where that is possible. */
  async check(
    draft: SliceDraft,
    { onInspected, onChecking, isTrusted }: { onInspected: () => void; onChecking: () => void; isTrusted: boolean },
  ): Promise<Verdict> {
    const inspected = this.#inspect(draft);
    if (!inspected.ok) return inspected;
    onInspected();
    const { slice } = inspected;
    if (isTrusted) return { ok: true, slice, checked: sliceChecks };
    if ((await this.#ready()) !== undefined) {
      onChecking();
      const problems = await this.#bench.problemsOf(slice);
      if (problems?.length === 0) return { ok: true, slice, checked: sliceChecks };
      if (problems !== undefined) return { ok: false, problems };
    }
    this.#sayUnchecked();
    return { ok: true, slice, checked: staticChecks };
  }

  /** Finds out which of the slices that work alone work together. */
  async combine(slices: readonly Slice[]): Promise<Combination> {
    if (slices.length < 2 || (await this.#kept.havePassed(slices)))
      return { kept: slices, leftOut: [], isChecked: true };
    const combination = await this.#combine(slices);
    if (combination.isChecked) await this.#kept.keepPassed(combination.kept);
    return combination;
  }

  async #combine(slices: readonly Slice[]): Promise<Combination> {
    const isKnown = this.#bench.havePassedTogether(slices);
    if (isKnown || (await this.#ready()) === undefined) return { kept: slices, leftOut: [], isChecked: isKnown };
    this.#say({ kind: 'status', text: 'Checking the features together' });
    const combination = await combine(slices, (some) => this.#problemsOf(some));
    if (!combination.isChecked) this.#sayUnchecked();
    return combination;
  }

  /** Checks slices within the project; undefined where that turned out not to work. */
  async #problemsOf(slices: readonly Slice[]): Promise<readonly SliceProblem[] | undefined> {
    const checker = await this.#ready();
    if (checker === undefined) return undefined;
    const signal = this.#signal;
    try {
      const problems = await checker.check(this.#work.render(slices), slices, { signal });
      const isOfSlices = problems.some((problem) => slices.some((slice) => isOf(problem, slice)));
      if (problems.length === 0 || isOfSlices) return problems;
      // Nobody repairs a slice because of what is wrong without it.
      this.#baseProblems ??= checker.check(this.#work.base, [], { signal });
      const [first] = await this.#baseProblems;
      if (first === undefined) return problems;
      this.#whyUnchecked = `checks do not work here (${first.message})`;
    } catch (error) {
      if (signal.aborted || (error instanceof TakossError && error.code === 'cancelled')) throw error;
      this.#whyUnchecked = `checking failed (${error instanceof Error ? error.message : String(error)})`;
    }
    return undefined;
  }

  /** Says, once, what was not checked and why. */
  #sayUnchecked(): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    const why = this.#whyUnchecked.replace(/[.\s]+$/, '');
    this.#say({
      kind: 'notice',
      text: `The code of the features was parsed and its imports were checked, but it was not type-checked, linted or tested: ${why}. Run \`npm run typecheck\` and \`npm test\` in the project.`,
    });
  }

  #inspect(draft: SliceDraft): Verdict {
    const { plan } = draft;
    const { files } = draft;
    const strays = draft.takeStrays();
    const { tables, problems } = readTables(draft, this.#work.blueprint);
    if (problems.length > 0) return { ok: false, problems };
    const contract = this.#contractWith({ plan, tables, files: [], packages: {} });
    const found = inspectSlice({ plan, files: [...files, ...strays], tables }, contract);
    if (found.length > 0) return { ok: false, problems: found };
    const packages = packagesOf({ plan, files, tables }, contract);
    return { ok: true, slice: { plan, tables, files, packages }, checked: staticChecks };
  }

  /** What a slice may build on: the project, and its own tables in it. */
  #contractWith(slice: Slice): ProjectContract {
    if (slice.tables.length === 0) return this.#contract;
    const { base, render } = this.#work;
    const project = render([slice]);
    const paths = new Set(project.files.map(({ path }) => path));
    // The base has more in it: what slices may use and this one, without its files, does not.
    const files = [...project.files, ...base.files.filter(({ path }) => !paths.has(path))];
    return projectContract({ ...project, files }, this.#contract.allowedPackages);
  }

  async #ready(): Promise<SliceChecker | undefined> {
    this.#prepared ??= this.#prepare();
    return await this.#prepared;
  }

  async #prepare(): Promise<SliceChecker | undefined> {
    const checker = this.#checker;
    if (checker === undefined) return undefined;
    const say = (text: string): void => this.#say({ kind: 'status', text });
    const why = await checker.prepare(this.#work.base, { signal: this.#signal, say });
    if (why === undefined) return checker;
    this.#whyUnchecked = why;
    return undefined;
  }
}
