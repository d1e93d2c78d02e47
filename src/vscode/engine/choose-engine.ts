import * as vscode from 'vscode';
import { commandIds } from '../identifiers.ts';
import { openSetting, Refusal, remedy } from '../problems.ts';
import { askPick } from '../questions/multi-step.ts';
import type { Services } from '../services.ts';
import { readSettings, type Settings, saveSetting } from '../settings.ts';
import type { EngineChoice } from './engine-choice.ts';
import { nameOf, vscodeModels } from './vscode-models.ts';

const chooseModel = remedy('Choose Model', commandIds.chooseModel);

/**
 * What the settings ask for, found out before a run begins. `auto` is Claude where there is a key, else a model of VS Code where there is
 * one and the user agrees, else rules. Undefined when the user leaves the question. Throws a {@link Refusal} for settings that cannot go together.
 */
export async function chooseEngine(services: Services): Promise<EngineChoice | undefined> {
  const settings = readSettings();
  switch (settings.engine) {
    case 'offline':
    case 'remote':
      return { kind: settings.engine };
    case 'claude':
      return await claude(services, settings);
    case 'vscode-lm':
      return await vscodeModel(services, settings);
    case 'auto':
      return (await services.keys.get()) === undefined
        ? await agreedModel(services, settings)
        : await claude(services, settings);
  }
}

async function claude({ keys, log }: Services, settings: Settings): Promise<EngineChoice> {
  const [{ claudeModels, defaultClaudeModel }, { claudePrice }] = await Promise.all([
    import('../../engines/claude/models.ts'),
    import('../../engines/claude/prices.ts'),
  ]);
  const model = settings.model ?? defaultClaudeModel;
  if (settings.budgetUsd !== undefined && claudePrice(model) === undefined) {
    throw new Refusal(
      `The price of ${model} is not known here, so a budget cannot be kept. Choose another model, or take the budget away.`,
      [chooseModel, openSetting('Change Budget', 'budgetUsd')],
    );
  }
  const label = claudeModels.find(({ id }) => id === model)?.label ?? model;
  const key = await keys.get();
  if (key?.source === 'environment') log.info('The key for Claude is the one in the environment of VS Code.');
  return { kind: 'claude', key, model, label };
}

async function vscodeModel(services: Services, settings: Settings): Promise<EngineChoice | undefined> {
  const chats = await vscodeModels();
  if (chats.length === 0) {
    throw new Refusal(
      'VS Code has no language model here. Install an extension that brings one and sign in to it, or choose something else.',
      [chooseModel],
    );
  }
  const chat = chats.find((candidate) => nameOf(candidate) === settings.vscodeModel);
  if (chat === undefined) return await askForModel(services, chats);
  return use(services, settings, chat);
}

/** With `auto`: a model that the user has agreed to. */
async function agreedModel(services: Services, settings: Settings): Promise<EngineChoice | undefined> {
  const chats = await vscodeModels();
  if (chats.length === 0) return { kind: 'offline' };
  const chat = chats.find((candidate) => nameOf(candidate) === settings.vscodeModel);
  return chat === undefined ? await askForModel(services, chats) : use(services, settings, chat);
}

function use({ log }: Services, { budgetUsd }: Settings, chat: vscode.LanguageModelChat): EngineChoice {
  if (budgetUsd !== undefined) {
    log.info(`The budget does not apply: ${chat.name} is paid for with your plan, and its price is not known here.`);
  }
  return { kind: 'vscode-lm', chat };
}

interface EngineItem extends vscode.QuickPickItem {
  readonly choose?: () => Promise<EngineChoice | undefined>;
}

/** Asks once: the answer is kept as settings, and *Choose Model* changes it. */
async function askForModel(
  services: Services,
  chats: readonly vscode.LanguageModelChat[],
): Promise<EngineChoice | undefined> {
  const settings = readSettings();
  const useModel = async (chat: vscode.LanguageModelChat): Promise<EngineChoice> => {
    await saveSetting('vscodeModel', nameOf(chat));
    return use(services, settings, chat);
  };
  const [first, ...others] = chats.map(
    (chat): EngineItem => ({
      label: `$(sparkle) Use ${chat.name}`,
      description: chat.vendor,
      choose: () => useModel(chat),
    }),
  );
  const rules: EngineItem = {
    label: '$(symbol-ruler) Always by rules',
    description: 'on this machine, nothing is sent anywhere',
    choose: async () => {
      await saveSetting('engine', 'offline');
      return { kind: 'offline' };
    },
  };
  const setKey: EngineItem = {
    label: '$(key) Use Claude with an API key…',
    choose: async () => {
      const isSet = await vscode.commands.executeCommand<boolean | undefined>(commandIds.setClaudeKey);
      return isSet === true ? await claude(services, settings) : undefined;
    },
  };
  const items: readonly EngineItem[] = [
    ...(first === undefined
      ? []
      : [
          {
            ...first,
            detail: 'Your requirements are sent to it. It writes what rules cannot, and is part of your plan.',
          },
        ]),
    rules,
    setKey,
    ...(others.length === 0 ? [] : [{ label: 'Other models', kind: vscode.QuickPickItemKind.Separator }, ...others]),
  ];
  const answer = await askPick<EngineItem>(
    { title: 'Takoss: A Language Model Is Here', step: 1, total: 1, canGoBack: false },
    { placeholder: 'Shall a language model read the requirements? This is asked once.', items },
  );
  return answer.kind === 'next' ? await answer.value.choose?.() : undefined;
}
