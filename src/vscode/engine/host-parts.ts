import type * as vscode from 'vscode';
import type { SliceChecker } from '../../core/slices.ts';
import type { CheckConsent } from '../../hosts/slice-checks.ts';

/** What a host with Node has and one in a browser has not. */
export interface HostParts {
  /** Variables of the host's environment, read when they are asked for. */
  environment(name: string): string | undefined;
  readonly canStartPrograms: boolean;
  /** Makes a checker that keeps its packages in a folder, and asks before it downloads them. */
  createChecker?(options: CheckerOptions): Promise<SliceChecker>;
}

export interface CheckerOptions extends CheckConsent {
  /** On a disk. */
  readonly cacheFolder: vscode.Uri;
}

/** A host without Node: it has no environment, and starts no programs. */
export const browserHost: HostParts = { environment: () => undefined, canStartPrograms: false };
