import * as z from 'zod';
import type { SliceCheck } from '../core/slice-outcome.ts';
import type { SliceProblem } from '../core/slices.ts';
import { cleanText } from './clean-text.ts';

/** What a tool said is wrong at a place of the project. */
export interface Finding {
  readonly check: SliceCheck;
  /** As the tool names it: absolute, or relative to the project. Undefined where it names none. */
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly message: string;
}

/** As much of a message as helps, in characters. */
const maxMessage = 1500;

/** What `tsc --noEmit --pretty false` says: an error a line, explained by indented lines below it. */
export function readTypeErrors(output: string): readonly Finding[] {
  const found: { file: string | undefined; line: number | undefined; message: string }[] = [];
  for (const text of output.split(/\r?\n/)) {
    const [, file, line, , code, message] = /^(?:(.+?)\((\d+),(\d+)\): )?error (TS\d+): (.*)$/.exec(text) ?? [];
    const last = found.at(-1);
    if (code !== undefined) {
      found.push({ file, line: line === undefined ? undefined : Number(line), message: `${message} (${code})` });
    } else if (last !== undefined && /^\s+\S/.test(text)) last.message += ` ${text.trim()}`;
  }
  return found.map((error) => ({ check: 'types', ...error }));
}

const lintReportSchema = z.object({
  diagnostics: z.array(
    z.object({
      severity: z.string(),
      category: z.string().optional(),
      message: z.string(),
      location: z
        .object({ path: z.string().optional(), start: z.object({ line: z.int() }).optional() })
        .nullish()
        .catch(undefined),
    }),
  ),
});

/** What `biome lint --reporter=json` says, or undefined where it said nothing that can be read. */
export function readLintErrors(output: string): readonly Finding[] | undefined {
  const start = output.indexOf('{');
  const report = lintReportSchema.safeParse(parseJson(output.slice(start)));
  if (!report.success) return undefined;
  return report.data.diagnostics
    .filter(({ severity }) => severity === 'error' || severity === 'fatal')
    .map(({ category, message, location }) => ({
      check: 'lint',
      file: location?.path,
      line: location?.start?.line,
      message: category === undefined ? message : `${message} (${category.replace(/^lint\//, '')})`,
    }));
}

/**
 * Makes problems of findings: those in files of the slices say where, others name the file in the sentence. `folders` are the folders of this machine
 * that may stand in messages.
 */
export function problemsOf(
  findings: readonly Finding[],
  slicePaths: ReadonlySet<string>,
  folders: { readonly project: string; readonly packages: string },
): SliceProblem[] {
  return findings.map(({ check, file, line, message }) => {
    const path = file === undefined ? undefined : relativePath(file, folders.project);
    if (path === undefined || slicePaths.has(path))
      return { check, path, line, message: cleanMessage(message, folders) };
    const place = line === undefined ? path : `${path}, line ${line}`;
    return { check, path: undefined, line: undefined, message: cleanMessage(`In ${place}: ${message}`, folders) };
  });
}

/** The path below the project, or undefined for a file elsewhere, which nobody can change. */
export function relativePath(file: string, project: string): string | undefined {
  const path = posix(file.replace(/^file:\/\//, ''));
  const base = `${posix(project)}/`;
  if (path.startsWith(base)) return path.slice(base.length);
  return /^([a-z]:)?\//i.test(path) || path.startsWith('../') ? undefined : path;
}

/** A message without what only terminals understand, and without folders of this machine. */
function cleanMessage(message: string, { project, packages }: { project: string; packages: string }): string {
  // What is cut off is not cleaned: messages can be long.
  const start = cleanText(message.slice(0, 10 * maxMessage));
  const clean = [project, packages]
    .reduce(
      (text, folder) =>
        text
          .replaceAll(`file://${posix(folder)}/`, '')
          .replaceAll(`${folder}/`, '')
          .replaceAll(`${posix(folder)}/`, ''),
      start,
    )
    .trim();
  return clean.length > maxMessage ? `${clean.slice(0, maxMessage)}…` : clean;
}

function posix(path: string): string {
  return path.replaceAll('\\', '/');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
