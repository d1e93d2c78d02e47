import * as vscode from 'vscode';
import type { activate as activateAnywhere, deactivate as deactivateAnywhere } from './vscode/extension.ts';
import type { TakossApi } from './vscode/extension-api.ts';

/** What `extension.cjs` exports: src/extension-node.ts. */
interface Extension {
  readonly activateInBrowser: typeof activateAnywhere;
  readonly deactivate: typeof deactivateAnywhere;
}

let extension: Extension | undefined;

/**
 * The extension where its host is a browser, as on vscode.dev. Such a host loads one file and has no `require` for others; so this one reads the
 * files that Node's host reads too, when they are needed.
 */
export async function activate(context: vscode.ExtensionContext): Promise<TakossApi> {
  const scripts = new Scripts(vscode.Uri.joinPath(context.extensionUri, 'dist'));
  // The build makes both files of the same sources.
  extension = (await scripts.load('./extension.cjs')) as unknown as Extension;
  return extension.activateInBrowser(context);
}

export async function deactivate(): Promise<void> {
  await extension?.deactivate();
}

type Exports = Readonly<Record<string, unknown>>;

/** CommonJS over the files of a folder, each named as `./name.cjs`. */
class Scripts {
  readonly #folder: vscode.Uri;
  readonly #texts = new Map<string, string>();
  readonly #modules = new Map<string, { exports: Exports }>();

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  /** Reads a file with all it requires, and runs it. */
  async load(name: string): Promise<Exports> {
    await this.#fetchAll(name, new Set());
    return this.#require(name);
  }

  async #fetchAll(name: string, seen: Set<string>): Promise<void> {
    if (seen.has(name)) return;
    seen.add(name);
    const text = this.#texts.get(name) ?? (await this.#read(name));
    this.#texts.set(name, text);
    // So the build writes what a file needs to begin; what it needs later, it asks `load` for.
    const required = [...text.matchAll(/\brequire\("(\.\/[\w-]+\.cjs)"\)/g)].map(([, path = '']) => path);
    await Promise.all(required.map((path) => this.#fetchAll(path, seen)));
  }

  async #read(name: string): Promise<string> {
    const uri = vscode.Uri.joinPath(this.#folder, name);
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    return `${text}\n//# sourceURL=${uri.toString(true)}`;
  }

  #require(name: string): Exports {
    const known = this.#modules.get(name);
    if (known !== undefined) return known.exports;
    const text = this.#texts.get(name);
    if (text === undefined) throw new Error(`${name} is not loaded.`);
    const module = { exports: {} };
    // As in Node: whoever asks for it while it runs gets what is there of it.
    this.#modules.set(name, module);
    try {
      // How the host itself runs the file it loads.
      new Function('module', 'exports', 'require', text)(module, module.exports, this.#requireOf());
    } catch (error) {
      this.#modules.delete(name);
      throw error;
    }
    return module.exports;
  }

  #requireOf(): (name: string) => unknown {
    const require = (name: string): unknown => (name === 'vscode' ? vscode : this.#require(name));
    return Object.assign(require, { load: (name: string) => this.load(name) });
  }
}
