import * as vscode from 'vscode';
import * as z from 'zod';

const settingsSchema = z.object({
  engine: z.enum(['offline', 'remote']).catch('offline'),
  remote: z.object({
    /** The address of the server, not yet checked: what is wrong with it is said when it is to be used. Undefined: there is none. */
    endpoint: z
      .string()
      .trim()
      .max(2000)
      .transform((text) => (text === '' ? undefined : text))
      .catch(undefined),
  }),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The user's settings now. A value that makes no sense counts as not set; VS Code underlines it in settings.json. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('takoss');
  return settingsSchema.parse({
    engine: configuration.get('engine'),
    remote: { endpoint: configuration.get('remote.endpoint') },
  });
}

/** Sets the address of the server, for all windows: no workspace may. */
export async function saveEndpoint(endpoint: string): Promise<void> {
  await vscode.workspace
    .getConfiguration('takoss')
    .update('remote.endpoint', endpoint, vscode.ConfigurationTarget.Global);
}

/** Makes the server what runs generations, for all windows. */
export async function useServer(): Promise<void> {
  await vscode.workspace.getConfiguration('takoss').update('engine', 'remote', vscode.ConfigurationTarget.Global);
}
