import * as vscode from 'vscode';
import { commandIds, taskType } from './identifiers.ts';

/** An application that answers. */
export interface RunningApp {
  readonly name: string;
  readonly folder: vscode.Uri;
  /** Where a browser finds it. */
  readonly address: vscode.Uri;
}

/** Applications that were started from here: an item of the status bar for each, with its address, until its task ends. */
export class RunningApps implements vscode.Disposable {
  /** By the address of their folder. */
  readonly #apps = new Map<string, { readonly app: RunningApp; readonly item: vscode.StatusBarItem }>();
  #listener: vscode.Disposable | undefined;

  show(app: RunningApp): void {
    const { name, folder, address } = app;
    const key = folder.toString();
    this.#remove(key);
    const item = vscode.window.createStatusBarItem(`takoss.app.${key}`, vscode.StatusBarAlignment.Left, 9);
    const where = address.toString(true).replace(/\/$/, '');
    item.name = `Takoss: ${name}`;
    item.text = `$(broadcast) ${name}: ${where.replace(/^https?:\/\//, '')}`;
    item.tooltip = `${name} is running at ${where}. Click to open or stop it.`;
    item.accessibilityInformation = { label: `${name} is running at ${where}. Open or stop it.`, role: 'button' };
    item.command = { title: 'Open or Stop', command: commandIds.runProject, arguments: [{ running: key }] };
    item.show();
    this.#apps.set(key, { app, item });
    this.#listener ??= vscode.tasks.onDidEndTask(({ execution: { task } }) => {
      if (task.definition.type === taskType) this.#remove(String(task.definition.project));
    });
  }

  /** The application in a folder, given by its address, while it is on. */
  find(folder: string): RunningApp | undefined {
    return this.#apps.get(folder)?.app;
  }

  dispose(): void {
    for (const key of [...this.#apps.keys()]) this.#remove(key);
    this.#listener?.dispose();
  }

  #remove(key: string): void {
    this.#apps.get(key)?.item.dispose();
    this.#apps.delete(key);
  }
}

/** Where the user's browser finds what listens on a port of this machine. */
export async function addressOf(port: number): Promise<vscode.Uri> {
  return await vscode.env.asExternalUri(vscode.Uri.parse(`http://localhost:${port}/`));
}
