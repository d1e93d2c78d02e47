import type * as vscode from 'vscode';
import { activate as activateAnywhere, deactivate } from './vscode/extension.ts';
import type { TakossApi } from './vscode/extension-api.ts';

/** The extension where its host has Node: with keys in the environment, and with checks of what a model writes. */
export function activate(context: vscode.ExtensionContext): TakossApi {
  return activateAnywhere(context, {
    environment: (name) => process.env[name],
    canStartPrograms: true,
    createChecker: async ({ cacheFolder, consent, unconfinedTests }) => {
      const { NodeSliceChecker } = await import('./node/node-slice-checker.ts');
      return new NodeSliceChecker({ cacheDir: cacheFolder.fsPath, consent, unconfinedTests });
    },
  });
}

export { activateAnywhere as activateInBrowser, deactivate };
