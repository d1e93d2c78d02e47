import * as vscode from 'vscode';
import type { TrackerState } from '../../../src/protocol/messages.ts';
import type { TakossApi } from '../../../src/vscode/extension-api.ts';
import type { GeneratedProject } from '../../../src/vscode/generated-project.ts';

/** A small request that every engine understands. */
export const blog = {
  projectName: 'Blog Platform',
  description: 'A small blog',
  requirements: 'Authors write posts with a title and a body. Visitors leave comments on posts. Posts have tags.',
};

/** The packaged extension under test, activated. */
export async function takoss(): Promise<TakossApi> {
  const extension = vscode.extensions.getExtension<TakossApi>('takoss.takoss');
  if (extension === undefined) throw new Error('The extension is not installed in this window.');
  return await extension.activate();
}

export interface GenerateOptions {
  readonly folder?: vscode.Uri;
  readonly onConflict?: 'ask' | 'overwrite' | 'cancel';
  readonly onWarning?: 'ask' | 'write' | 'cancel';
  readonly projectName?: string;
  readonly requirements?: string;
}

/** Runs *Takoss: Generate Project* with an argument instead of questions. */
export async function generate(options: GenerateOptions = {}): Promise<GeneratedProject | undefined> {
  return await vscode.commands.executeCommand('takoss.generateProject', { ...blog, ...options });
}

/** Waits until the tracker's state is as wanted. */
export async function stateWhere(isWanted: (state: TrackerState) => boolean): Promise<TrackerState> {
  const api = await takoss();
  return await new Promise((resolve) => {
    if (isWanted(api.state)) {
      resolve(api.state);
      return;
    }
    const listener = api.onDidChangeState((state) => {
      if (!isWanted(state)) return;
      listener.dispose();
      resolve(state);
    });
  });
}

/** The error a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & { code?: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error('It did not fail.');
}

/** Waits a little: for VS Code to show what it was asked to. */
export async function pause(milliseconds: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Repeats something until what was asked for has come true. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  tryAgain: () => unknown = () => undefined,
): Promise<void> {
  for (let attempt = 0; attempt < 450; attempt += 1) {
    if (await isTrue()) return;
    await tryAgain();
    await pause(100);
  }
  throw new Error('It did not come true within three quarters of a minute.');
}
