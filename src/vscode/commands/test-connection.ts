import * as vscode from 'vscode';
import { TakossError } from '../../core/errors.ts';
import { openEndpointSetting } from '../create-generator.ts';
import { commandIds } from '../identifiers.ts';
import { offer, type Remedy, remedy } from '../problems.ts';
import { withProgress } from '../progress.ts';
import type { ServerCheck } from '../remote/server-check.ts';
import { checkServer } from '../remote/server-check.ts';
import type { Services } from '../services.ts';
import { configuredServer } from './sign-out.ts';

/** *Takoss: Test Connection*: says whether the server of the settings can be used, and returns what it found. */
export async function testConnection({ tokens, log }: Services): Promise<ServerCheck | undefined> {
  const address = configuredServer();
  const token = await tokens.get(address);
  const check =
    token === undefined
      ? notSignedIn(address.host)
      : await withProgress(`Testing ${address.host}`, (signal) => checkServer(address, token, signal));
  if (check === undefined) return undefined;
  if (check.ok) {
    const sentence = `${check.host} accepts your key or token${check.version === undefined ? '' : `. It runs Takoss ${check.version}`} and answered in ${Math.round(check.latencyMs)} ms.`;
    log.info(sentence);
    offer(vscode.window.showInformationMessage, sentence, []);
  } else {
    log.warn(`Test of ${address.host}: ${check.error.message}`);
    offer(vscode.window.showErrorMessage, check.error.message, remediesFor(check.error));
  }
  return check;
}

function notSignedIn(host: string): ServerCheck {
  return { ok: false, error: new TakossError('auth', `There is no key or token for ${host}. Sign in to it first.`) };
}

function remediesFor({ code }: TakossError): readonly Remedy[] {
  const again = remedy('Test Again', commandIds.testConnection);
  if (code === 'auth') return [remedy('Sign In', commandIds.signIn), again];
  return code === 'invalid-request' ? [openEndpointSetting] : [again, openEndpointSetting];
}
