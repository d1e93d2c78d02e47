import type { SliceCheck } from '../../../core/slice-outcome.ts';
import type { CheckResult, Slice, SliceProblem } from '../../../core/slices.ts';

/** Checks slices together; undefined where that is not possible. */
export type Check = (slices: readonly Slice[]) => Promise<CheckResult | undefined>;

export interface Combination {
  readonly kept: readonly Slice[];
  readonly leftOut: readonly LeftOutSlice[];
  /** The checks that those kept passed together; none where they could not be checked. */
  readonly checks: readonly SliceCheck[];
}

export interface LeftOutSlice {
  readonly slice: Slice;
  readonly problems: readonly SliceProblem[];
  /** Why, as a sentence, where the problems do not say it. */
  readonly reason?: string;
}

/**
 * Finds slices that work together, of slices that work alone. One after another is left out: the last that is at fault, so that of two that
 * stand in each other's way one stays. Where problems are of no file, it is the one that completes the shortest list that fails.
 */
export async function combine(slices: readonly Slice[], check: Check): Promise<Combination> {
  const leftOut: LeftOutSlice[] = [];
  let kept = slices;
  let checks: readonly SliceCheck[] = [];
  while (kept.length > 0) {
    const result = await check(kept);
    if (result === undefined) return { kept, leftOut, checks: [] };
    const { problems } = result;
    checks = result.checks;
    if (problems.length === 0) break;
    const guilty =
      kept.findLast((slice) => problems.some((problem) => isOf(problem, slice))) ?? (await breaker(kept, check));
    if (guilty === undefined) return { kept, leftOut, checks: [] };
    const own = problems.filter((problem) => isOf(problem, guilty));
    leftOut.push({ slice: guilty, problems: own.length > 0 ? own : problems });
    kept = kept.filter((slice) => slice !== guilty);
  }
  return { kept, leftOut, checks };
}

/** The slice with which the list begins to fail, found by halving. */
async function breaker(slices: readonly Slice[], check: Check): Promise<Slice | undefined> {
  let works = 0;
  let fails = slices.length;
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    const result = await check(slices.slice(0, middle));
    if (result === undefined) return undefined;
    if (result.problems.length === 0) works = middle;
    else fails = middle;
  }
  return slices[fails - 1];
}

/** Whether a problem is in a file of a slice. */
export function isOf({ path }: SliceProblem, { plan, files }: Slice): boolean {
  if (path === undefined) return false;
  return path.startsWith(plan.clientFolder) || files.some((file) => file.path === path);
}
