import * as vscode from 'vscode';
import type { SliceChecker } from '../../core/slices.ts';
import { type CheckInstall, checkConsent } from '../../hosts/slice-checks.ts';
import { readSettings, saveSetting } from '../settings.ts';
import type { HostParts } from './host-parts.ts';

/** Where nothing can be checked: the result says why. */
function noChecker(why: string): SliceChecker {
  return {
    prepare: () => Promise.resolve({ checks: [], why }),
    check: () => Promise.resolve({ problems: [], checks: [], why }),
    dispose: () => Promise.resolve(),
  };
}

/** What checks the code that a model writes; undefined where the user does not want it. */
export async function createChecker(host: HostParts, storage: vscode.Uri): Promise<SliceChecker | undefined> {
  const { checks, unconfinedTests } = readSettings();
  const choice = {
    checks: checks === 'ask' ? undefined : checks,
    unconfinedTests: unconfinedTests === 'ask' ? undefined : unconfinedTests === 'always',
  };
  const consent = checkConsent(choice, { install: askForInstall, unconfinedTests: askForUnconfinedTests });
  if (consent === undefined) return undefined;
  if (host.createChecker === undefined) return noChecker('that takes programs, which cannot be started in a browser');
  if (storage.scheme !== 'file')
    return noChecker('that takes a folder on a disk, and the storage of VS Code has none here');
  const cacheFolder = vscode.Uri.joinPath(storage, 'checks');
  return await host.createChecker({ cacheFolder, ...consent });
}

/** Asks whether tests may be run that cannot be shut in. *Always* and *Never* are remembered as the setting they are. */
async function askForUnconfinedTests(why: string): Promise<boolean> {
  const once = { title: 'Run Them Once' };
  const always = { title: 'Always' };
  const never = { title: 'Never' };
  const notNow = { title: 'Not Now', isCloseAffordance: true };
  const answer = await vscode.window.showWarningMessage(
    'Run the tests that the model writes, although they cannot be shut in?',
    {
      modal: true,
      detail: `Tests that nobody has read would then run with your rights: they could read and change your files, and reach the network. They cannot be shut in because ${why}. Without them, features are type-checked and linted only, and the result says so. The setting "takoss.unconfinedTests" changes this later.`,
    },
    once,
    always,
    never,
    notNow,
  );
  if (answer === always) await saveSetting('unconfinedTests', 'always');
  if (answer === never) await saveSetting('unconfinedTests', 'never');
  return answer === once || answer === always;
}

/** Asks whether packages may be downloaded. *Install* and *Never* are remembered as the setting they are. */
async function askForInstall({ folder, megabytes }: CheckInstall): Promise<boolean> {
  const install = { title: 'Install' };
  const never = { title: 'Never' };
  const notNow = { title: 'Not Now', isCloseAffordance: true };
  const answer = await vscode.window.showInformationMessage(
    'Install the packages that check what the model writes?',
    {
      modal: true,
      detail: `Takoss can type-check and test the features that the model writes before they become part of your project. For this it downloads about ${megabytes} MB of packages from the npm registry, once, into ${folder}. Without them, only the syntax and the imports are checked, and the result says so. The setting "takoss.checks" changes this later.`,
    },
    install,
    never,
    notNow,
  );
  if (answer === install) await saveSetting('checks', 'full');
  if (answer === never) await saveSetting('checks', 'basic');
  return answer === install;
}
