import type { Slice, SliceProblem } from '../../../core/slices.ts';

/** Checks slices together; undefined where that is not possible. */
export type Check = (slices: readonly Slice[]) => Promise<readonly SliceProblem[] | undefined>;

export interface Combination {
  readonly kept: readonly Slice[];
  readonly leftOut: readonly { readonly slice: Slice; readonly problems: readonly SliceProblem[] }[];
  /** Whether they have been checked together. */
  readonly isChecked: boolean;
}

/**
 * Finds slices that work together, of slices that work alone. One after another is left out: the last that is at fault, so that of two that
 * stand in each other's way one stays. Where problems are of no file, it is the one that completes the shortest list that fails.
 */
export async function combine(slices: readonly Slice[], check: Check): Promise<Combination> {
  const leftOut: { slice: Slice; problems: readonly SliceProblem[] }[] = [];
  let kept = slices;
  while (kept.length > 0) {
    const problems = await check(kept);
    if (problems === undefined) return { kept, leftOut, isChecked: false };
    if (problems.length === 0) break;
    const guilty =
      kept.findLast((slice) => problems.some((problem) => isOf(problem, slice))) ?? (await breaker(kept, check));
    if (guilty === undefined) return { kept, leftOut, isChecked: false };
    const own = problems.filter((problem) => isOf(problem, guilty));
    leftOut.push({ slice: guilty, problems: own.length > 0 ? own : problems });
    kept = kept.filter((slice) => slice !== guilty);
  }
  return { kept, leftOut, isChecked: true };
}

/** The slice with which the list begins to fail, found by halving. */
async function breaker(slices: readonly Slice[], check: Check): Promise<Slice | undefined> {
  let works = 0;
  let fails = slices.length;
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    const problems = await check(slices.slice(0, middle));
    if (problems === undefined) return undefined;
    if (problems.length === 0) works = middle;
    else fails = middle;
  }
  return slices[fails - 1];
}

/** Whether a problem is in a file of a slice. */
export function isOf({ path }: SliceProblem, { plan, files }: Slice): boolean {
  if (path === undefined) return false;
  return path.startsWith(plan.clientFolder) || files.some((file) => file.path === path);
}
