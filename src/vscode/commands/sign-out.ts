import * as vscode from 'vscode';
import { openEndpointSetting } from '../create-generator.ts';
import { Refusal } from '../problems.ts';
import { parseServerAddress, type ServerAddress } from '../remote/server-address.ts';
import type { Services } from '../services.ts';
import { readSettings } from '../settings.ts';

/** *Takoss: Sign Out of Server*: forgets the key or token for the server of the settings. */
export async function signOut({ tokens, log }: Services): Promise<void> {
  const address = configuredServer();
  if ((await tokens.get(address)) === undefined) {
    throw new Refusal(`You are not signed in to ${address.host}.`, []);
  }
  await tokens.delete(address);
  log.info(`Signed out of ${address.host}.`);
  void vscode.window.showInformationMessage(`You are signed out of ${address.host}.`);
}

/** The server of the settings. Throws where there is none, or one that cannot be used. */
export function configuredServer(): ServerAddress {
  const { endpoint } = readSettings().remote;
  if (endpoint === undefined) throw new Refusal('No server is set in the settings.', [openEndpointSetting]);
  return parseServerAddress(endpoint);
}
