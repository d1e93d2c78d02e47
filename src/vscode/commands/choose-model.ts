import * as vscode from 'vscode';
import type { ModelChoice, ModelProvider } from '../../engines/contract.ts';
import type { EngineItem, EngineSelection } from '../engine/model-question.ts';
import { engineGroups } from '../engine/model-question.ts';
import { addressOf } from '../engine/provider-address.ts';
import { commandIds } from '../identifiers.ts';
import { askPick } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import { modelSetting, readSettings, saveModel, saveSetting } from '../settings.ts';

/** How long a person waits for a list, in ms. */
const listWithinMs = 2000;

interface ModelItem extends vscode.QuickPickItem {
  readonly selection?: EngineSelection;
  readonly isCurrent?: boolean;
}

/** *Takoss: Choose Model*: what generates projects from now on, kept in the user's settings. Returns whether something was chosen. */
export async function chooseModel(services: Services): Promise<boolean> {
  const settings = readSettings();
  const groups = await engineGroups({
    providers: services.providers,
    engine: settings.engine,
    hasServer: settings.remote.endpoint !== undefined,
    modelOf: (provider) => modelSetting(settings, provider),
    hasCredential: async (provider) => (await services.keys.get(provider)) !== undefined,
    modelsOf: (provider) => modelsOf(provider, services),
  });
  const items = groups.flatMap(({ title, items: members }): ModelItem[] => [
    ...(title === '' ? [] : [{ label: title, kind: vscode.QuickPickItemKind.Separator }]),
    ...members.map(itemOf),
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
  if (answer.value.selection !== undefined) await select(answer.value.selection);
  return true;
}

function itemOf({ label, isCurrent, ...item }: EngineItem): ModelItem {
  return { ...item, isCurrent, label: `${isCurrent ? '$(check) ' : ''}${label}` };
}

async function select(selection: EngineSelection): Promise<void> {
  switch (selection.kind) {
    case 'engine':
      return await saveSetting('engine', selection.engine);
    case 'set-key':
      await vscode.commands.executeCommand(commandIds.setApiKey, { provider: selection.provider.id });
      return;
    case 'model':
      await saveModel(selection.provider, selection.model ?? '');
      await saveSetting('engine', selection.provider.id);
  }
}

/** The models that may be used, or those that are known where the service does not say so at once. */
async function modelsOf(provider: ModelProvider, { keys, host }: Services): Promise<readonly ModelChoice[]> {
  try {
    const known = await keys.get(provider);
    const baseUrl = addressOf(provider, host);
    const connection = {
      ...(known === undefined ? {} : { credential: known.credential }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    };
    const listed = await provider.listModels?.(connection, { signal: AbortSignal.timeout(listWithinMs) });
    if (listed !== undefined) return listed;
  } catch {
    // What is known without asking is offered instead.
  }
  return (await provider.models()).choices;
}
