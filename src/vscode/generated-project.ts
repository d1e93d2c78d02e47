import type * as vscode from 'vscode';
import type { GenerationResult } from '../core/events.ts';

/** What a finished run made, and where. */
export interface GeneratedProject {
  readonly projectId: string;
  readonly projectName: string;
  readonly folder: vscode.Uri;
  /** Paths below the folder. */
  readonly files: readonly string[];
  /** What was left out or not checked, a sentence each. */
  readonly shortfalls: readonly string[];
}

export function generatedProject(result: GenerationResult, projectName: string, folder: vscode.Uri): GeneratedProject {
  const files = result.files.map(({ path }) => path);
  return { projectId: result.projectId, projectName, folder, files, shortfalls: shortfallsOf(result) };
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
