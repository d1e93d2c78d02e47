import * as vscode from 'vscode';
import * as z from 'zod';

const settingsSchema = z.object({
  engine: z.enum(['offline']).catch('offline'),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The user's settings now. A value that makes no sense counts as not set; VS Code underlines it in settings.json. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('takoss');
  return settingsSchema.parse({ engine: configuration.get('engine') });
}
