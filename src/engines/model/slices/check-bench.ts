import type { Slice, SliceProblem } from '../../../core/slices.ts';
import { type Check, isOf } from './combination.ts';

interface Item {
  readonly slice: Slice;
  readonly resolve: (problems: readonly SliceProblem[] | undefined) => void;
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
  #passed: readonly Slice[] = [];

  constructor(check: Check) {
    this.#check = check;
  }

  /** The problems of a slice, or undefined where checking does not work. Throws what the check throws. */
  async problemsOf(slice: Slice): Promise<readonly SliceProblem[] | undefined> {
    return await new Promise((resolve, reject) => {
      this.#waiting.push({ slice, resolve, reject });
      if (!this.#isBusy) void this.#work();
    });
  }

  /** Whether the latest check without a problem was of exactly these slices. */
  havePassedTogether(slices: readonly Slice[]): boolean {
    return slices.length === this.#passed.length && slices.every((slice) => this.#passed.includes(slice));
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

  async #judge(items: readonly Item[]): Promise<void> {
    const slices = items.map(({ slice }) => slice);
    const problems = await this.#check(slices);
    if (problems?.length === 0) this.#passed = slices;
    if (problems === undefined || problems.length === 0 || items.length === 1) {
      for (const { resolve } of items) resolve(problems);
      return;
    }
    const guilty = guiltyOf(items, problems);
    for (const [{ resolve }, own] of guilty) resolve(own);
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
