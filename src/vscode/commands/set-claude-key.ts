import * as vscode from 'vscode';
import * as z from 'zod';
import { TakossError, toTakossError } from '../../core/errors.ts';
import { claudeBaseUrl } from '../engine/claude-address.ts';
import { commandIds } from '../identifiers.ts';
import { offer, openBilling, type Remedy, remedy } from '../problems.ts';
import { withProgress } from '../progress.ts';
import { askText } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import { readSettings, saveSetting } from '../settings.ts';

/** What other code may pass instead of being asked. */
const argumentSchema = z.object({ key: z.string() });

/**
 * *Takoss: Set Claude API Key*: asks for the key, or takes it from the code that calls it, and keeps it once the service has accepted it.
 * Returns whether it is kept. Throws to the code that passed a key the error of a service that does not accept it.
 */
export async function setClaudeKey(services: Services, argument?: unknown): Promise<boolean> {
  const isGiven = argument !== undefined && argument !== null;
  const key = isGiven ? argumentSchema.parse(argument).key.trim() : await ask();
  if (key === undefined) return false;
  const problem = problemOf(key);
  if (problem !== undefined) throw new TakossError('model-key', problem);
  const refusal = await withProgress('Checking the key with Claude', (signal) => check(services, key, signal));
  if (refusal === undefined) return false;
  if (refusal === 'accepted') {
    await keep(services, key);
    return true;
  }
  if (isGiven) throw refusal;
  explain(services, key, refusal);
  return false;
}

async function ask(): Promise<string | undefined> {
  const answer = await askText(
    { title: 'Takoss: Set Claude API Key', step: 1, total: 1, canGoBack: false },
    {
      value: '',
      prompt: 'Your API key for Claude, from the Claude Console. It is kept in the secret storage of VS Code.',
      placeholder: 'sk-ant-…',
      isSecret: true,
      check: problemOf,
      onChange: () => undefined,
    },
  );
  return answer.kind === 'next' ? answer.value.trim() : undefined;
}

function problemOf(text: string): string | undefined {
  const key = text.trim();
  if (key === '') return 'Enter your API key for Claude.';
  return /^[\x21-\x7e]{8,500}$/.test(key)
    ? undefined
    : 'This is not an API key: it has characters that no key has, or is too short. Copy it again.';
}

/** Asks the service. Throws for an address of it that cannot be used. */
async function check({ host }: Services, key: string, signal: AbortSignal): Promise<'accepted' | TakossError> {
  const { checkClaudeKey } = await import('../../engines/claude/check-key.ts');
  const baseUrl = claudeBaseUrl(host);
  try {
    return (await checkClaudeKey({ apiKey: key, baseUrl }, { signal })) ?? 'accepted';
  } catch (error) {
    return toTakossError(error, signal);
  }
}

async function keep({ keys, log }: Services, key: string): Promise<void> {
  await keys.set(key);
  log.info('A key for Claude was set.');
  const { engine } = readSettings();
  const isUsed = engine === 'auto' || engine === 'claude';
  offer(
    vscode.window.showInformationMessage,
    isUsed
      ? 'Your Claude API key is set. Claude reads the requirements of the next project.'
      : 'Your Claude API key is set, but the settings name something else to generate with.',
    isUsed ? [] : [{ title: 'Use Claude', run: () => saveSetting('engine', 'claude') }],
  );
}

/** What to do about a service that did not accept the key. Where it could not be asked, the user may know better. */
function explain(services: Services, key: string, error: TakossError): void {
  services.log.warn(`Setting a key for Claude: ${error.message}`);
  const tryAgain = remedy('Try Again', commandIds.setClaudeKey);
  const keepAnyway: Remedy = { title: 'Keep It Anyway', run: () => keep(services, key) };
  const isRefused = error.code === 'model-key' || error.code === 'invalid-request';
  const billing = error.code === 'model-credit' ? [openBilling] : [];
  offer(vscode.window.showErrorMessage, error.message, isRefused ? [tryAgain] : [...billing, tryAgain, keepAnyway]);
}
