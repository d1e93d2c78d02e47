import * as vscode from 'vscode';
import type { ModelPrice } from '../../core/model-usage.ts';
import { type ClaudeModelChoice, claudeModels, defaultClaudeModel } from '../../engines/claude/models.ts';
import { claudePrice } from '../../engines/claude/prices.ts';
import { claudeBaseUrl } from '../engine/claude-address.ts';
import type { HostParts } from '../engine/host-parts.ts';
import { nameOf, vscodeModels } from '../engine/vscode-models.ts';
import { commandIds } from '../identifiers.ts';
import { askPick } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import { readSettings, type Settings, saveSetting } from '../settings.ts';

/** How long a person waits for a list, in ms. */
const listWithinMs = 2000;

interface ModelItem extends vscode.QuickPickItem {
  readonly choose?: () => unknown;
  readonly isCurrent?: boolean;
}

/** *Takoss: Choose Model*: what generates projects from now on, kept in the user's settings. Returns whether something was chosen. */
export async function chooseModel(services: Services): Promise<boolean> {
  const settings = readSettings();
  const groups: readonly (readonly [string, readonly ModelItem[]])[] = [
    ['', [automatic(settings)]],
    ['Claude', await claudeItems(services, settings)],
    ['Language models of VS Code', await vscodeItems(settings)],
    ['Without a language model', [rules(settings), ...server(settings)]],
  ];
  const items = groups
    .filter(([, members]) => members.length > 0)
    .flatMap(([label, members]): ModelItem[] => [
      ...(label === '' ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }]),
      ...members.map((item) => ({ ...item, label: `${item.isCurrent === true ? '$(check) ' : ''}${item.label}` })),
    ]);
  const answer = await askPick<ModelItem>(
    { title: 'Takoss: Choose Model', step: 1, total: 1, canGoBack: false },
    {
      placeholder: 'What reads the requirements and writes what rules cannot?',
      items,
      active: items.find(({ isCurrent }) => isCurrent === true),
    },
  );
  if (answer.kind !== 'next') return false;
  await answer.value.choose?.();
  return true;
}

function automatic({ engine }: Settings): ModelItem {
  return {
    label: 'Automatic',
    description: 'Claude with a key, else a model of VS Code after asking, else rules',
    isCurrent: engine === 'auto',
    choose: () => saveSetting('engine', 'auto'),
  };
}

async function claudeItems({ keys, host }: Services, settings: Settings): Promise<readonly ModelItem[]> {
  const key = await keys.get();
  if (key === undefined) {
    return [
      {
        label: 'Set Claude API Key…',
        description: 'then choose one of its models',
        choose: () => vscode.commands.executeCommand(commandIds.setClaudeKey),
      },
    ];
  }
  const used = settings.model ?? defaultClaudeModel;
  const models = await modelsOf(key.key, host);
  const isListed = models.some(({ id }) => id === used);
  const own = isListed ? [] : [{ id: used, label: used, description: 'from your settings' }];
  return [...models, ...own].map(({ id, label, description }) => ({
    label,
    description: priceOf(claudePrice(id)),
    detail: description,
    isCurrent: settings.engine === 'claude' && id === used,
    choose: async () => {
      await saveSetting('model', id === defaultClaudeModel ? '' : id);
      await saveSetting('engine', 'claude');
    },
  }));
}

/** The models that the key may use, or those that are known where the service does not say so at once. */
async function modelsOf(apiKey: string, host: HostParts): Promise<readonly ClaudeModelChoice[]> {
  try {
    const { listClaudeModels } = await import('../../engines/claude/list-models.ts');
    const options = { apiKey, baseUrl: claudeBaseUrl(host) };
    return await listClaudeModels(options, { signal: AbortSignal.timeout(listWithinMs) });
  } catch {
    return claudeModels;
  }
}

/** `$2 read, $10 written per million tokens`. */
function priceOf(price: ModelPrice | undefined): string {
  return price === undefined ? 'price not known' : `$${price.input} read, $${price.output} written per million tokens`;
}

async function vscodeItems(settings: Settings): Promise<readonly ModelItem[]> {
  return (await vscodeModels()).map((chat) => ({
    label: chat.name,
    description: `${chat.vendor} · part of your plan there`,
    isCurrent: settings.engine === 'vscode-lm' && nameOf(chat) === settings.vscodeModel,
    choose: async () => {
      await saveSetting('vscodeModel', nameOf(chat));
      await saveSetting('engine', 'vscode-lm');
    },
  }));
}

function rules({ engine }: Settings): ModelItem {
  return {
    label: 'Rules only',
    description: 'on this machine: no account, no key, no network',
    isCurrent: engine === 'offline',
    choose: () => saveSetting('engine', 'offline'),
  };
}

/** Only for those who have one. */
function server({ engine, remote }: Settings): readonly ModelItem[] {
  if (remote.endpoint === undefined) return [];
  return [
    {
      label: 'Takoss server',
      description: 'what it generates with is its own affair',
      isCurrent: engine === 'remote',
      choose: () => saveSetting('engine', 'remote'),
    },
  ];
}
