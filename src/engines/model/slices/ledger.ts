import type { SliceProblem } from '../../../core/slices.ts';

/** Remembers what was wrong, so that a model that makes the same mistake twice is not asked a third time. */
export class ErrorLedger {
  readonly #seen = new Set<string>();

  /** Takes the problems of an attempt, and answers one that an earlier attempt had too. */
  enter(problems: readonly SliceProblem[]): SliceProblem | undefined {
    const again = problems.find((problem) => this.#seen.has(signatureOf(problem)));
    for (const problem of problems) this.#seen.add(signatureOf(problem));
    return again;
  }
}

/** What makes two problems the same: the check, the file, and the message without numbers of lines, counts and times. */
function signatureOf({ check, path, message }: SliceProblem): string {
  const words = message
    .replace(/\d+([.,:]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
  return JSON.stringify([check, path ?? '', words]);
}
