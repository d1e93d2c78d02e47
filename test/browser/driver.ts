import * as vscode from 'vscode';
import type { TrackerState } from '../../src/protocol/messages.ts';
import type { TakossApi } from '../../src/vscode/extension-api.ts';

/** What a test has done inside of VS Code. Addresses of folders are texts. */
export type Order =
  | { readonly kind: 'command'; readonly command: string; readonly argument?: unknown; readonly folder?: string }
  | { readonly kind: 'setting'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'files'; readonly folder: string }
  | { readonly kind: 'state' };

export type Answer =
  | { readonly value: unknown }
  | { readonly error: { readonly message: string; readonly code: string | undefined } };

/** An extension that does what a test in another process orders, for hosts in a browser: they load no test runner that reads files. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const [workspace] = vscode.workspace.workspaceFolders ?? [];
  if (workspace !== undefined) await vscode.workspace.fs.createDirectory(workspace.uri);
  const at = (path: string): string => vscode.Uri.joinPath(context.extensionUri, path).toString(true);
  void serve(at('order'), at('answer'));
}

async function serve(orders: string, answers: string): Promise<void> {
  for (;;) {
    // Comes when there is one. Sent by the test, and by nobody else.
    const order = (await (await fetch(orders)).json()) as Order;
    await fetch(answers, { method: 'POST', body: JSON.stringify(await answer(order)) });
  }
}

async function answer(order: Order): Promise<Answer> {
  try {
    return { value: (await carryOut(order)) ?? null };
  } catch (error) {
    const { message, code } = error as { message: string; code?: string }; // everything thrown here is an Error
    return { error: { message, code } };
  }
}

async function carryOut(order: Order): Promise<unknown> {
  switch (order.kind) {
    case 'command': {
      const folder = order.folder === undefined ? {} : { folder: vscode.Uri.parse(order.folder) };
      const argument = order.argument === undefined ? [] : [{ ...Object(order.argument), ...folder }];
      return await vscode.commands.executeCommand(order.command, ...argument);
    }
    case 'setting':
      return await vscode.workspace
        .getConfiguration('takoss')
        .update(order.name, order.value, vscode.ConfigurationTarget.Global);
    case 'files':
      return await filesBelow(vscode.Uri.parse(order.folder), '');
    case 'state':
      return await state();
  }
}

async function state(): Promise<TrackerState | undefined> {
  return (await vscode.extensions.getExtension<TakossApi>('takoss.takoss')?.activate())?.state;
}

async function filesBelow(folder: vscode.Uri, prefix: string): Promise<Record<string, string>> {
  const entries = await vscode.workspace.fs.readDirectory(folder);
  const parts = await Promise.all(
    entries.map(async ([name, type]): Promise<Record<string, string>> => {
      const uri = vscode.Uri.joinPath(folder, name);
      if (type === vscode.FileType.Directory) return await filesBelow(uri, `${prefix}${name}/`);
      return { [prefix + name]: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) };
    }),
  );
  return Object.assign({}, ...parts);
}
