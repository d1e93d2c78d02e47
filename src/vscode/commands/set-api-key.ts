import * as vscode from 'vscode';
import { TakossError, toTakossError } from '../../core/errors.ts';
import { askForKeyedProvider, type KeyedProvider, readKeyArgument } from '../engine/keyed-provider.ts';
import { addressOf } from '../engine/provider-address.ts';
import { offer, openBilling, type Remedy, setKey } from '../problems.ts';
import { withProgress } from '../progress.ts';
import { askText } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import { readSettings, saveSetting } from '../settings.ts';

/**
 * *Takoss: Set API Key*: asks for the key of a provider, or takes it from the code that calls it, and keeps it once the service has accepted it.
 * Returns whether it is kept. Throws to the code that passed a key the error of a service that does not accept it.
 */
export async function setApiKey(services: Services, argument?: unknown): Promise<boolean> {
  const given = readKeyArgument(argument);
  const provider = await askForKeyedProvider(services.providers, given, 'Takoss: Set API Key');
  if (provider === undefined) return false;
  const key = given.key === undefined ? await ask(provider) : given.key.trim();
  if (key === undefined) return false;
  const problem = problemOf(provider, key);
  if (problem !== undefined) throw new TakossError('model-key', problem);
  const title = `Checking the key with ${provider.label}`;
  const refusal = await withProgress(title, (signal) => check(services, provider, key, signal));
  if (refusal === undefined) return false;
  if (refusal === 'accepted') {
    await keep(services, provider, key);
    return true;
  }
  if (given.key !== undefined) throw refusal;
  explain(services, provider, key, refusal);
  return false;
}

async function ask(provider: KeyedProvider): Promise<string | undefined> {
  const { label, credential } = provider;
  const answer = await askText(
    { title: `Takoss: Set ${label} API Key`, step: 1, total: 1, canGoBack: false },
    {
      value: '',
      prompt: `Your API key for ${label}, from ${credential.source}. It is kept in the secret storage of VS Code.`,
      placeholder: credential.placeholder,
      isSecret: true,
      check: (text) => problemOf(provider, text),
      onChange: () => undefined,
    },
  );
  return answer.kind === 'next' ? answer.value.trim() : undefined;
}

function problemOf({ label }: KeyedProvider, text: string): string | undefined {
  const key = text.trim();
  if (key === '') return `Enter your API key for ${label}.`;
  return /^[\x21-\x7e]{8,500}$/.test(key)
    ? undefined
    : 'This is not an API key: it has characters that no key has, or is too short. Copy it again.';
}

/** Asks the service, where it can be asked. Throws for an address of it that cannot be used. */
async function check(
  { host }: Services,
  provider: KeyedProvider,
  secret: string,
  signal: AbortSignal,
): Promise<'accepted' | TakossError> {
  const baseUrl = addressOf(provider, host);
  const connection = {
    credential: { kind: 'api-key', secret },
    ...(baseUrl === undefined ? {} : { baseUrl }),
  } as const;
  try {
    return (await provider.checkCredential?.(connection, { signal })) ?? 'accepted';
  } catch (error) {
    return toTakossError(error, signal);
  }
}

async function keep({ keys, log }: Services, provider: KeyedProvider, key: string): Promise<void> {
  const { id, label } = provider;
  await keys.set(provider, key);
  log.info(`A key for ${label} was set.`);
  const { engine } = readSettings();
  const isUsed = engine === 'auto' || engine === id;
  offer(
    vscode.window.showInformationMessage,
    isUsed
      ? `Your ${label} API key is set. ${label} reads the requirements of the next project.`
      : `Your ${label} API key is set, but the settings name something else to generate with.`,
    isUsed ? [] : [{ title: `Use ${label}`, run: () => saveSetting('engine', id) }],
  );
}

/** What to do about a service that did not accept the key. Where it could not be asked, the user may know better. */
function explain(services: Services, provider: KeyedProvider, key: string, error: TakossError): void {
  services.log.warn(`Setting a key for ${provider.label}: ${error.message}`);
  const tryAgain: Remedy = { ...setKey(provider), title: 'Try Again' };
  const keepAnyway: Remedy = { title: 'Keep It Anyway', run: () => keep(services, provider, key) };
  const isRefused = error.code === 'model-key' || error.code === 'invalid-request';
  const billing = error.code === 'model-credit' ? openBilling(provider) : [];
  offer(vscode.window.showErrorMessage, error.message, isRefused ? [tryAgain] : [...billing, tryAgain, keepAnyway]);
}
