import type { SliceCheck } from '../../../core/slice-outcome.ts';
import type { SliceProblem } from '../../../core/slices.ts';
import { lineOf, type Node } from './syntax.ts';

/** Tells what is wrong in a file. */
export type Report = (check: SliceCheck, where: Node | number | undefined, message: string) => void;

/** Collects the problems of a file. */
export function reportInto(problems: SliceProblem[], path: string): Report {
  return (check, where, message) => {
    problems.push({ check, path, line: typeof where === 'object' ? lineOf(where) : where, message });
  };
}
