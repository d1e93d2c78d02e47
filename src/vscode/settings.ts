import * as vscode from 'vscode';
import * as z from 'zod';
import type { ModelProvider } from '../engines/contract.ts';
import { parsePrice } from '../hosts/stated-price.ts';
import { extensionProviders } from './engine/extension-providers.ts';

const text = z
  .string()
  .trim()
  .max(2000)
  .transform((value) => (value === '' ? undefined : value))
  .catch(undefined);

/** `name@1.2.3`: nothing but an exact version says what will be installed. */
const packagePattern = /^((?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*)@(\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/;

const settingsSchema = z.object({
  engine: z.enum(['auto', 'offline', ...extensionProviders.map(({ id }) => id), 'remote']).catch('auto'),
  /** The id of the model of a provider. Undefined: its default one. */
  model: text,
  /** The model of VS Code, as `vendor/id`. Undefined: the user has not been asked. */
  vscodeModel: text,
  /** The most a run may cost, in US dollars. Undefined: whatever it takes. */
  budgetUsd: z
    .number()
    .min(0)
    .transform((value) => (value === 0 ? undefined : value))
    .catch(undefined),
  /** What the user says that the model costs. Undefined: what is known here. */
  price: z
    .string()
    .transform((value) => parsePrice(value))
    .catch(undefined),
  /** How much the model is told to think. Undefined: its own default. */
  effort: text,
  /** Models to ask where one declines to answer. Undefined: those of the provider. */
  fallbackModels: z
    .array(z.string().trim().min(1))
    .catch([])
    .transform((models) => (models.length === 0 ? undefined : models.filter((model) => model !== 'none'))),
  checks: z.enum(['ask', 'full', 'basic']).catch('ask'),
  unconfinedTests: z.enum(['ask', 'never', 'always']).catch('ask'),
  /** Packages beyond those of the stack, with exact versions. What is no such name is left out. */
  allowedPackages: z
    .array(z.string())
    .catch([])
    .transform((names) =>
      Object.fromEntries(
        names.flatMap((name) => {
          const [, packageName, version] = packagePattern.exec(name.trim()) ?? [];
          return packageName === undefined || version === undefined ? [] : [[packageName, version]];
        }),
      ),
    ),
  remote: z.object({
    /** The address of the server, not yet checked: what is wrong with it is said when it is to be used. Undefined: there is none. */
    endpoint: text,
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The user's settings now. A value that makes no sense counts as not set; VS Code underlines it in settings.json. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('takoss');
  return settingsSchema.parse({
    engine: configuration.get('engine'),
    model: configuration.get('model'),
    vscodeModel: configuration.get('vscodeModel'),
    budgetUsd: configuration.get('budgetUsd'),
    price: configuration.get('price'),
    effort: configuration.get('effort'),
    fallbackModels: configuration.get('fallbackModels'),
    checks: configuration.get('checks'),
    unconfinedTests: configuration.get('unconfinedTests'),
    allowedPackages: configuration.get('allowedPackages'),
    remote: { endpoint: configuration.get('remote.endpoint') },
  });
}

/** The address of a provider's service, not yet checked. Undefined: the usual place. */
export function readAddress(provider: string): string | undefined {
  return text.parse(vscode.workspace.getConfiguration('takoss').get(`${provider}.baseUrl`));
}

/** The model of a provider that the settings name. Models of VS Code have a setting of their own: it also says that the user agreed to one. */
export function modelSetting(settings: Settings, { payment }: ModelProvider): string | undefined {
  return payment === 'plan' ? settings.vscodeModel : settings.model;
}

/** Keeps the model of a provider; an empty one is its default. */
export async function saveModel({ payment }: ModelProvider, model: string): Promise<void> {
  await saveSetting(payment === 'plan' ? 'vscodeModel' : 'model', model);
}

/** What commands and questions change. */
interface SavedSettings {
  readonly engine: Settings['engine'];
  readonly model: string;
  readonly vscodeModel: string;
  readonly checks: Settings['checks'];
  readonly unconfinedTests: Settings['unconfinedTests'];
  readonly 'remote.endpoint': string;
}

/** Changes a setting of the user, for all windows: no workspace may say where keys are sent or what is installed. */
export async function saveSetting<Name extends keyof SavedSettings>(
  name: Name,
  value: SavedSettings[Name],
): Promise<void> {
  await vscode.workspace.getConfiguration('takoss').update(name, value, vscode.ConfigurationTarget.Global);
}
