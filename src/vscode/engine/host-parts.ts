import type * as vscode from 'vscode';
import type { SliceChecker } from '../../core/slices.ts';

/** What a host with Node has and one in a browser has not. */
export interface HostParts {
  /** Variables of the host's environment, read when they are asked for. */
  environment(name: string): string | undefined;
  readonly canStartPrograms: boolean;
  /** Makes a checker that keeps its packages in a folder, and asks before it downloads them. */
  createChecker?(options: CheckerOptions): Promise<SliceChecker>;
}

/** What is to be downloaded for the checks. */
export interface CheckInstall {
  /** The path of the folder it goes into. */
  readonly folder: string;
  /** About how much that is. */
  readonly megabytes: number;
}

export interface CheckerOptions {
  /** On a disk. */
  readonly cacheFolder: vscode.Uri;
  /** Asked before packages are downloaded. */
  readonly consent: (install: CheckInstall) => Promise<boolean>;
  /** Asked before tests are run that cannot be shut in, and `why` not. */
  readonly unconfinedTests: (why: string) => Promise<boolean>;
}

/** A host without Node: it has no environment, and starts no programs. */
export const browserHost: HostParts = { environment: () => undefined, canStartPrograms: false };
