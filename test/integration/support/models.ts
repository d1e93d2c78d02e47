import * as vscode from 'vscode';
import type { LanguageModel } from '../language-model/extension.ts';
import { readText } from './folders.ts';

/** What the requirements of the blog have that rules cannot build. */
export const blogSlices = ['keep-reading-list', 'show-posts-per-month'] as const;

/** The request of the blog of the fixtures, whose requirements have features that rules cannot build. */
export async function blogRequest(): Promise<{ projectName: string; description: string; requirements: string }> {
  const fixtures = vscode.Uri.file(`${process.env.TAKOSS_ROOT}/test/fixtures/model/blog`);
  return {
    projectName: 'Hiking Club',
    description: 'A blog for hikers',
    requirements: await readText(fixtures, 'requirements.md'),
  };
}

/** The extension that brings a language model to this VS Code. */
export async function languageModel(): Promise<LanguageModel> {
  const extension = vscode.extensions.getExtension<LanguageModel>('takoss-test.language-model');
  if (extension === undefined) throw new Error('There is no language model in this window.');
  return await extension.activate();
}

/** The user's settings, as a person changes them. */
export async function set(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('takoss');
  for (const [name, value] of Object.entries(settings)) {
    await configuration.update(name, value, vscode.ConfigurationTarget.Global);
  }
}

export function setting<T>(name: string): T | undefined {
  return vscode.workspace.getConfiguration('takoss').get<T>(name);
}

/** Puts every setting back that tests of models change. */
export async function resetSettings(): Promise<void> {
  await set({
    engine: undefined,
    model: undefined,
    vscodeModel: undefined,
    budgetUsd: undefined,
    checks: undefined,
    unconfinedTests: undefined,
    'claude.baseUrl': undefined,
  });
}
