import * as vscode from 'vscode';
import type { StreamEvent } from '../../core/events.ts';
import { type HostMessage, isViewMessage, type TrackerAction, type TrackerState } from '../../protocol/messages.ts';
import { Disposables } from '../disposables.ts';
import { trackerViewType } from '../identifiers.ts';
import type { RunController } from '../run-controller.ts';
import { Batch } from './event-batch.ts';
import { trackerHtml } from './tracker-html.ts';

/** What a person can do in the tracker. */
export interface TrackerHandlers {
  /** `state` is what the tracker shows. */
  act(action: TrackerAction, state: TrackerState): void;
  openFile(path: string): void;
}

/**
 * The tracker's panel: at most one. The page may be thrown away whenever it is hidden, and gets a snapshot whenever it comes back; between
 * snapshots it gets events.
 */
export class TrackerPanel implements vscode.Disposable, vscode.WebviewPanelSerializer {
  readonly #extensionUri: vscode.Uri;
  readonly #runs: RunController;
  readonly #handlers: TrackerHandlers;
  readonly #disposables = new Disposables();
  readonly #snapshots = new vscode.EventEmitter<void>();
  /** Fires when the page has received a snapshot. */
  readonly onDidDeliverSnapshot = this.#snapshots.event;
  readonly #batch = new Batch<StreamEvent>((events) => this.#post({ type: 'events', events }));
  #panel: vscode.WebviewPanel | undefined;
  /** Whether the page listens: from its `ready` until it is hidden or closed. */
  #isReady = false;

  constructor(extensionUri: vscode.Uri, runs: RunController, handlers: TrackerHandlers) {
    this.#extensionUri = extensionUri;
    this.#runs = runs;
    this.#handlers = handlers;
    this.#disposables.add(this.#snapshots);
    this.#disposables.add(vscode.window.registerWebviewPanelSerializer(trackerViewType, this));
    this.#disposables.add(
      runs.onDidChange((change) => {
        this.#setTitle();
        if (change.type === 'snapshot') this.#sendSnapshot();
        else if (this.#isReady) this.#batch.add(change.event);
      }),
    );
  }

  /** Brings the tracker to the front, or opens it beside what is being edited. */
  show(options: { preserveFocus: boolean }): void {
    if (this.#panel !== undefined) {
      this.#panel.reveal(undefined, options.preserveFocus);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus: options.preserveFocus };
    this.#adopt(vscode.window.createWebviewPanel(trackerViewType, 'Takoss', place, this.#webviewOptions));
  }

  /** Called by VS Code with the panel of an earlier session. */
  // biome-ignore lint/suspicious/useAwait: the interface asks for a promise.
  async deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    if (this.#panel !== undefined) {
      panel.dispose();
      return;
    }
    panel.webview.options = this.#webviewOptions;
    this.#adopt(panel);
  }

  dispose(): void {
    this.#batch.clear();
    this.#panel?.dispose();
    this.#disposables.dispose();
  }

  get #webviewOptions(): vscode.WebviewOptions {
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(this.#extensionUri, 'dist')] };
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel = panel;
    panel.iconPath = vscode.Uri.joinPath(this.#extensionUri, 'media', 'icon.png');
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidChangeViewState(() => {
      if (!panel.visible) this.#stopListening();
    });
    panel.onDidDispose(() => {
      this.#panel = undefined;
      this.#stopListening();
    });
    panel.webview.html = trackerHtml(panel.webview, this.#extensionUri);
    this.#setTitle();
  }

  #receive(message: unknown): void {
    if (!isViewMessage(message)) return;
    switch (message.type) {
      case 'ready':
        this.#isReady = true;
        this.#sendSnapshot();
        break;
      case 'action':
        // A click may arrive after what it was meant for is over.
        if (this.#runs.state.actions.includes(message.action)) this.#handlers.act(message.action, this.#runs.state);
        break;
      case 'open-file':
        this.#handlers.openFile(message.path);
        break;
    }
  }

  #sendSnapshot(): void {
    this.#batch.clear();
    if (this.#isReady) this.#post({ type: 'snapshot', state: this.#runs.state });
  }

  #post(message: HostMessage): void {
    void this.#panel?.webview.postMessage(message).then((delivered) => {
      if (delivered && message.type === 'snapshot') this.#snapshots.fire();
    });
  }

  #stopListening(): void {
    this.#isReady = false;
    this.#batch.clear();
  }

  #setTitle(): void {
    if (this.#panel === undefined) return;
    const { projectName } = this.#runs.state;
    const title = projectName === undefined ? 'Takoss' : `Takoss: ${projectName}`;
    if (this.#panel.title !== title) this.#panel.title = title;
  }
}
