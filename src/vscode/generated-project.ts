import type * as vscode from 'vscode';
import type { GenerationResult } from '../core/events.ts';
import type { RunWarning } from '../core/run-warning.ts';

/** What a finished run made, and where. */
export interface GeneratedProject {
  readonly projectId: string;
  readonly projectName: string;
  readonly folder: vscode.Uri;
  /** Paths below the folder. */
  readonly files: readonly string[];
  /** What was left out or not checked, a sentence each. */
  readonly shortfalls: readonly string[];
  /** Why it is not what was asked for. */
  readonly warning?: RunWarning;
  /** What `takoss.undoGeneration` takes as `id`; undefined where it cannot be undone. */
  readonly undoId?: string;
}

export function generatedProject(
  result: GenerationResult,
  written: { readonly projectName: string; readonly folder: vscode.Uri; readonly undoId: string | undefined },
): GeneratedProject {
  const { projectId, warning } = result;
  const { undoId, ...where } = written;
  return {
    projectId,
    ...where,
    files: result.files.map(({ path }) => path),
    shortfalls: shortfallsOf(result),
    ...(warning === undefined ? {} : { warning }),
    ...(undoId === undefined ? {} : { undoId }),
  };
}

function shortfallsOf({ slices = [] }: GenerationResult): readonly string[] {
  const leftOut = slices.filter(({ status }) => status === 'left-out');
  const accepted = slices.filter(({ status }) => status === 'accepted');
  const untyped = accepted.filter(({ checked = [] }) => !checked.includes('types'));
  const untested = accepted.filter(({ checked = [] }) => checked.includes('types') && !checked.includes('tests'));
  return [
    ...(leftOut.length === 0
      ? []
      : [`${features(leftOut.length)} left out: ${leftOut.map(({ title }) => title).join(', ')}.`]),
    ...(untyped.length === 0 ? [] : [`${features(untyped.length)} not type-checked and tested.`]),
    ...(untested.length === 0 ? [] : [`${features(untested.length)} not tested.`]),
  ];
}

function features(count: number): string {
  return count === 1 ? '1 feature was' : `${count} features were`;
}
