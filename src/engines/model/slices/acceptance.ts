import { TakossError } from '../../../core/errors.ts';
import type { EngineStep, SliceWork } from '../../../core/ports.ts';
import { sliceContribution } from '../../../core/slice-contribution.ts';
import { projectChecks, type SliceCheck, sliceChecks } from '../../../core/slice-outcome.ts';
import type { CheckResult, CheckScope, Slice, SliceChecker, SliceFile, SliceProblem } from '../../../core/slices.ts';
import type { FieldTypes } from '../../../field-types/contract.ts';
import { type ProjectContract, projectContract } from '../inspection/contract.ts';
import { inspectSlice, packagesOf } from '../inspection/inspect-slice.ts';
import type { ModelSession } from '../session.ts';
import { CheckBench } from './check-bench.ts';
import { type Combination, combine, isOf } from './combination.ts';
import type { SliceDraft } from './draft.ts';
import { asSentence, couldNotBeChecked, LeftOut } from './reasons.ts';
import { readSlots } from './slots.ts';
import { readTables } from './tables.ts';
import { withoutUnusedImports } from './unused-imports.ts';

/** What can be done everywhere, without the project's packages. */
export const staticChecks: readonly SliceCheck[] = ['syntax', 'imports'];

/** Remembers between runs which slices have passed all checks together. */
export interface KeptTogether {
  havePassed(slices: readonly Slice[]): Promise<boolean>;
  keepPassed(slices: readonly Slice[]): Promise<void>;
}

export type Verdict =
  | {
      readonly ok: true;
      readonly slice: Slice;
      readonly checked: readonly SliceCheck[];
      /** Why it did not go through the other checks, as a sentence; undefined where it went through all. */
      readonly why?: string | undefined;
    }
  | { readonly ok: false; readonly problems: readonly SliceProblem[] };

/**
 * Decides whether slices work. What was not inspected is never run. The inspection is advice to the model, and a second wall: the first is the checker,
 * which shuts in what it runs.
 */
export class Acceptance {
  readonly #work: SliceWork;
  readonly #contract: ProjectContract;
  readonly #say: (step: EngineStep) => void;
  readonly #signal: AbortSignal;
  readonly #checker: SliceChecker | undefined;
  readonly #fieldTypes: FieldTypes;
  /** The checker once it is ready, or undefined when it cannot be had; begun when it is first needed, for the user may be asked. */
  #prepared: Promise<SliceChecker | undefined> | undefined;
  readonly #kept: KeptTogether;
  readonly #bench = new CheckBench((slices) => this.#resultOf(slices));
  /** What checking the project without any slice came to, once somebody had to know. */
  #base: Promise<CheckResult> | undefined;
  #whyUnchecked = 'full checks are off';
  #isSaid = false;

  constructor(
    work: SliceWork,
    contract: ProjectContract,
    { checker, format }: Pick<ModelSession, 'checker' | 'format'>,
    kept: KeptTogether,
    say: (step: EngineStep) => void,
    signal: AbortSignal,
  ) {
    this.#work = work;
    this.#contract = contract;
    this.#say = say;
    this.#signal = signal;
    this.#checker = checker;
    this.#fieldTypes = format.fieldTypes;
    this.#kept = kept;
  }

  /** Makes the checker ready while slices are written that will need it. */
  prepare(): void {
    // Whoever waits for it is told; nobody may, where everything else failed before.
    this.#ready().catch(() => {});
  }

  /**
   * Inspects a draft, and checks it in the project where that is possible. Throws LeftOut where it could be checked and the check itself failed: what was
   * not checked for such a reason is not accepted.
   */
  async check(
    draft: SliceDraft,
    { onInspected, onChecking, isTrusted }: { onInspected: () => void; onChecking: () => void; isTrusted: boolean },
  ): Promise<Verdict> {
    const inspected = this.#inspect(draft);
    if (!inspected.ok) return inspected;
    onInspected();
    let { slice } = inspected;
    if (isTrusted) return { ok: true, slice, checked: sliceChecks };
    let scope: CheckScope | undefined;
    if ((await this.#ready()) !== undefined) {
      onChecking();
      let result = await this.#checked(slice);
      if (result?.problems.some(({ check }) => check === 'lint') && (await this.#fix(draft, slice))) {
        const again = this.#inspect(draft);
        if (!again.ok) return again;
        slice = again.slice;
        result = await this.#checked(slice);
      }
      if (result !== undefined && result.problems.length > 0) return { ok: false, problems: result.problems };
      scope = result;
    }
    const checks = scope?.checks ?? [];
    const checked = [...staticChecks, ...checks];
    if (projectChecks.every((name) => checks.includes(name))) return { ok: true, slice, checked };
    const why = scope?.why ?? this.#whyUnchecked;
    this.#sayUnchecked(checks, why);
    return { ok: true, slice, checked, why: asSentence(why) };
  }

  /** Checks a slice in the project; undefined where that does not work. */
  async #checked(slice: Slice): Promise<CheckResult | undefined> {
    return await this.#bench.resultOf(slice).catch((error: unknown) => {
      throw isCancelled(error, this.#signal) ? error : new LeftOut(couldNotBeChecked(error));
    });
  }

  /** Has the linter mend what it can, so that the model need not write a file again for it. Returns whether anything changed. */
  async #fix(draft: SliceDraft, slice: Slice): Promise<boolean> {
    const checker = await this.#ready();
    const fixed = await checker
      ?.fix?.(this.#work.render([slice]), [slice], { signal: this.#signal })
      .catch((error: unknown): readonly SliceFile[] => {
        if (isCancelled(error, this.#signal)) throw error;
        return [];
      });
    if (fixed === undefined || fixed.length === 0) return false;
    draft.take(fixed);
    return true;
  }

  /** Finds out which of the slices that work alone work together. */
  async combine(slices: readonly Slice[]): Promise<Combination> {
    if (slices.length < 2 || (await this.#kept.havePassed(slices)))
      return { kept: slices, leftOut: [], checks: projectChecks };
    const combination = await this.#combine(slices);
    // Those that passed only some of the checks are checked again by the next run.
    const isWhole = projectChecks.every((name) => combination.checks.includes(name));
    if (isWhole && combination.kept.length > 0) await this.#kept.keepPassed(combination.kept);
    return combination;
  }

  async #combine(slices: readonly Slice[]): Promise<Combination> {
    const known = this.#bench.passedTogether(slices);
    if (known !== undefined || (await this.#ready()) === undefined)
      return { kept: slices, leftOut: [], checks: known ?? [] };
    this.#say({ kind: 'status', text: 'Checking the features together' });
    try {
      const combination = await combine(slices, (some) => this.#resultTwice(some));
      if (combination.checks.length === 0) this.#sayUnchecked([], this.#whyUnchecked);
      return combination;
    } catch (error) {
      if (isCancelled(error, this.#signal)) throw error;
      const reason = couldNotBeChecked(error, 'together with the other features');
      return { kept: [], leftOut: slices.map((slice) => ({ slice, problems: [], reason })), checks: [] };
    }
  }

  /** Checks slices within the project, and once more where the check itself fails. */
  async #resultTwice(slices: readonly Slice[]): Promise<CheckResult | undefined> {
    try {
      return await this.#resultOf(slices);
    } catch (error) {
      if (isCancelled(error, this.#signal)) throw error;
      return await this.#resultOf(slices);
    }
  }

  /** Checks slices within the project; undefined where the project does not pass without them. Throws where the check itself fails. */
  async #resultOf(slices: readonly Slice[]): Promise<CheckResult | undefined> {
    const checker = await this.#ready();
    if (checker === undefined) return undefined;
    const signal = this.#signal;
    const result = await checker.check(this.#work.render(slices), slices, { signal });
    const { problems } = result;
    const isOfSlices = problems.some((problem) => slices.some((slice) => isOf(problem, slice)));
    if (problems.length === 0 || isOfSlices) return result;
    // Nobody repairs a slice because of what is wrong without it.
    this.#base ??= checker.check(this.#work.base, [], { signal }).catch((error: unknown) => {
      this.#base = undefined;
      throw error;
    });
    const [first] = (await this.#base).problems;
    if (first === undefined) return result;
    this.#whyUnchecked = `checks do not work here (${first.message})`;
    return undefined;
  }

  /** Says, once, what was not checked and why. */
  #sayUnchecked(checks: readonly SliceCheck[], why: string): void {
    if (this.#isSaid) return;
    this.#isSaid = true;
    const reason = why.replace(/[.\s]+$/, '');
    const text = checks.includes('types')
      ? `The code of the features was type-checked and linted, but its tests were not run: ${reason}. Read it, and run \`npm test\` in the project: it runs with your rights there.`
      : `The code of the features was parsed and its imports were checked, but it was not type-checked, linted or tested: ${reason}. Run \`npm run typecheck\` and \`npm test\` in the project.`;
    this.#say({ kind: 'notice', text });
  }

  #inspect(draft: SliceDraft): Verdict {
    const { plan } = draft;
    draft.take(draft.files.map(({ path, content }) => ({ path, content: withoutUnusedImports(path, content) })));
    const { files } = draft;
    const strays = draft.takeStrays();
    const { tables, problems } = readTables(draft, this.#work.blueprint, this.#fieldTypes);
    if (problems.length > 0) return { ok: false, problems };
    const contract = this.#contractWith(sliceContribution(plan, { tables, files: [], packages: {} }));
    const { slots, seeds, entrances, problems: faults } = readSlots(draft, this.#work.blueprint);
    const found = inspectSlice({ plan, files: [...files, ...strays], tables, entrances }, contract);
    if (faults.length + found.length > 0) return { ok: false, problems: [...faults, ...found] };
    const packages = packagesOf({ plan, files, tables }, contract);
    return {
      ok: true,
      slice: sliceContribution(plan, { tables, files, packages, slots, seeds }),
      checked: staticChecks,
    };
  }

  /** What a slice may build on: the project, and its own tables in it. */
  #contractWith(slice: Slice): ProjectContract {
    if (slice.tables.length === 0) return this.#contract;
    const { base, render } = this.#work;
    const project = render([slice]);
    const paths = new Set(project.files.map(({ path }) => path));
    // The base has more in it: what slices may use and this one, without its files, does not.
    const files = [...project.files, ...base.files.filter(({ path }) => !paths.has(path))];
    const outlines = new Map([...base.outline.files, ...project.outline.files]);
    const outline = { ...project.outline, files: outlines };
    return projectContract({ files, outline }, this.#contract.allowedPackages);
  }

  async #ready(): Promise<SliceChecker | undefined> {
    this.#prepared ??= this.#prepare();
    return await this.#prepared;
  }

  async #prepare(): Promise<SliceChecker | undefined> {
    const checker = this.#checker;
    if (checker === undefined) return undefined;
    const say = (text: string): void => this.#say({ kind: 'status', text });
    const { checks, why } = await checker.prepare(this.#work.base, { signal: this.#signal, say });
    this.#whyUnchecked = why ?? this.#whyUnchecked;
    return checks.length > 0 ? checker : undefined;
  }
}

function isCancelled(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted || (error instanceof TakossError && error.code === 'cancelled');
}
