import type * as vscode from 'vscode';
import { TakossError } from '../../core/errors.ts';
import type { ModelPort } from '../../core/model-port.ts';
import type { Generator } from '../../core/ports.ts';
import { createModelGenerator } from '../../model-generator.ts';
import { readSettings } from '../settings.ts';
import { createChecker } from './checks.ts';
import { claudeBaseUrl } from './claude-address.ts';
import type { EngineChoice } from './engine-choice.ts';
import type { HostParts } from './host-parts.ts';
import { WorkFolder } from './work-folder.ts';

/** A choice that has a language model. */
export type ModelChoice = Extract<EngineChoice, { kind: 'claude' | 'vscode-lm' }>;

/** A generator with a language model. Throws `model-key` without a key for Claude. */
export async function createModelRun(choice: ModelChoice, host: HostParts, storage: vscode.Uri): Promise<Generator> {
  const { budgetUsd, allowedPackages } = readSettings();
  const port = await createPort(choice, host);
  const checker = await createChecker(host, storage);
  const store = new WorkFolder(storage);
  void store.prune(Date.now());
  return createModelGenerator({
    port,
    store,
    allowedPackages,
    ...(checker === undefined ? {} : { checker }),
    ...(budgetUsd === undefined || choice.kind === 'vscode-lm' ? {} : { budgetUsd }),
  });
}

async function createPort(choice: ModelChoice, host: HostParts): Promise<ModelPort> {
  if (choice.kind === 'vscode-lm') {
    const { VscodeModel } = await import('../lm-model.ts');
    return new VscodeModel(choice.chat);
  }
  if (choice.key === undefined) {
    throw new TakossError('model-key', 'There is no key for Claude. Set your Claude API key, and try again.');
  }
  const { ClaudeModel } = await import('../../engines/claude.ts');
  const baseUrl = claudeBaseUrl(host);
  return new ClaudeModel({
    apiKey: choice.key.key,
    model: choice.model,
    ...(baseUrl === undefined ? {} : { baseUrl }),
  });
}
