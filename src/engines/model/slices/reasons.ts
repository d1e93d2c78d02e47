import type { SliceCheck } from '../../../core/slice-outcome.ts';
import type { SliceProblem } from '../../../core/slices.ts';

/** Ends the work on one slice and on nothing else: it is left out for this reason, a sentence that the user reads. */
export class LeftOut extends Error {
  override readonly name = 'LeftOut';
}

const failures: Readonly<Record<SliceCheck, string>> = {
  syntax: 'What the model wrote was not complete and correct',
  imports: 'Its code used what the project does not have or does not allow',
  types: 'Its code did not type-check',
  lint: 'Its code did not pass the linter',
  tests: 'Its tests did not pass',
};

/** `Its code did not type-check after 3 attempts: …` */
export function failedChecks(problems: readonly SliceProblem[], attempts: number): string {
  const [first] = problems;
  const what = first === undefined ? 'It did not work' : failures[first.check];
  return `${what} after ${attempts === 1 ? '1 attempt' : `${attempts} attempts`}${first === undefined ? '.' : `: ${quoted(first)}`}`;
}

export function failedTogether(problems: readonly SliceProblem[]): string {
  const [first] = problems;
  return `It did not work together with the other features${first === undefined ? '.' : `: ${quoted(first)}`}`;
}

/** `It could not be checked: …`. What systems say names folders of this machine: only the beginning, which does not, is quoted. */
export function couldNotBeChecked(error: unknown, how = ''): string {
  const message = error instanceof Error ? error.message : String(error);
  const isOfSystem = error instanceof Error && 'code' in error && /^E[A-Z]+: /.test(message);
  const why = (isOfSystem ? message.split(',', 1)[0] : message) ?? '';
  return `It could not be checked${how === '' ? '' : ` ${how}`}: ${asSentence(oneLine(why))}`;
}

/** Begins with a capital letter and ends as a sentence. */
export function asSentence(text: string): string {
  const trimmed = text.trim();
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${/[.!?…]$/.test(trimmed) ? '' : '.'}`;
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}

/** A problem in one line that ends as a sentence. */
function quoted({ path, line, message }: SliceProblem): string {
  const place = path === undefined ? '' : line === undefined ? `${path}: ` : `${path}:${line}: `;
  const short = oneLine(message);
  return `${place}${short}${/[.!?…]$/.test(short) ? '' : '.'}`;
}
