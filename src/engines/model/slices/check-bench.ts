import { TakossError } from '../../../core/errors.ts';
import type { SliceCheck } from '../../../core/slice-outcome.ts';
import type { CheckResult, Slice, SliceProblem } from '../../../core/slices.ts';
import { type Check, isOf } from './combination.ts';

interface Item {
  readonly slice: Slice;
  readonly resolve: (result: CheckResult | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Checks slices one set after another: compilers and test runners keep a machine busy, and the whole project is checked whatever is new in
 * it. What becomes ready during a check waits and is checked together; only where that fails, it is found out whose fault it is.
 */
export class CheckBench {
  readonly #check: Check;
  #waiting: Item[] = [];
  #isBusy = false;
  #passed: { readonly slices: readonly Slice[]; readonly checks: readonly SliceCheck[] } | undefined;

  constructor(check: Check) {
    this.#check = check;
  }

  /** What checking a slice came to, or undefined where checking does not work. Throws what the check throws, when it has done so twice. */
  async resultOf(slice: Slice): Promise<CheckResult | undefined> {
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ slice, resolve, reject });
      if (!this.#isBusy) void this.#work();
    });
  }

  /** What the latest check without a problem checked, if it was of exactly these slices. */
  passedTogether(slices: readonly Slice[]): readonly SliceCheck[] | undefined {
    const passed = this.#passed;
    if (passed === undefined || slices.length !== passed.slices.length) return undefined;
    return slices.every((slice) => passed.slices.includes(slice)) ? passed.checks : undefined;
  }

  /** Never throws: each item is told. */
  async #work(): Promise<void> {
    this.#isBusy = true;
    // Several that waited for the same thing, such as the packages, go together.
    await new Promise((resolve) => setTimeout(resolve));
    while (this.#waiting.length > 0) {
      const items = this.#waiting;
      this.#waiting = [];
      try {
        await this.#judge(items);
      } catch (error) {
        // Those that know already are not told again.
        for (const { reject } of items) reject(error);
      }
    }
    this.#isBusy = false;
  }

  async #judge(items: readonly Item[], isRetry = false): Promise<void> {
    const slices = items.map(({ slice }) => slice);
    let result: CheckResult | undefined;
    try {
      result = await this.#check(slices);
    } catch (error) {
      if (isRetry || (error instanceof TakossError && error.code === 'cancelled')) throw error;
      // Once more, each alone: what one of them does to the check is not to be the fault of the others.
      for (const item of items) await this.#judge([item], true).catch(item.reject);
      return;
    }
    if (result?.problems.length === 0) this.#passed = { slices, checks: result.checks };
    if (result === undefined || result.problems.length === 0 || items.length === 1) {
      for (const { resolve } of items) resolve(result);
      return;
    }
    const { problems } = result;
    const guilty = guiltyOf(items, problems);
    for (const [{ resolve }, own] of guilty) resolve({ ...result, problems: own });
    const others = items.filter((item) => !guilty.has(item));
    if (others.length === 0) return;
    if (guilty.size > 0) return await this.#judge(others);
    // One may have failed because of another.
    const half = Math.ceil(others.length / 2);
    await this.#judge(others.slice(0, half));
    await this.#judge(others.slice(half));
  }
}

/**
 * Those that are certainly at fault, with their problems. No slice builds on another, so that the compiler and the linter complain about the right one. A test
 * may fail because the routes of another slice broke the server: it counts if nothing else failed.
 */
function guiltyOf(
  items: readonly Item[],
  problems: readonly SliceProblem[],
): ReadonlyMap<Item, readonly SliceProblem[]> {
  const own = new Map(
    items
      .map((item) => [item, problems.filter((problem) => isOf(problem, item.slice))] as const)
      .filter(([, list]) => list.length > 0),
  );
  const [only] = own.keys();
  const isOnlyOne = own.size === 1 && only !== undefined && problems.length === own.get(only)?.length;
  if (isOnlyOne) return own;
  return new Map(
    [...own]
      .map(([item, list]) => [item, list.filter(({ check }) => check !== 'tests')] as const)
      .filter(([, list]) => list.length > 0),
  );
}
