import type * as vscode from 'vscode';
import type { AnswerStore } from './answer-store.ts';
import type { GeneratedDocuments } from './generated-documents.ts';
import type { TrackerPanel } from './panel/tracker-panel.ts';
import type { TokenStore } from './remote/token-store.ts';
import type { RunController } from './run-controller.ts';
import type { UndoStore } from './undo-store.ts';

/** What commands work with. Made once, in `activate`. */
export interface Services {
  readonly log: vscode.LogOutputChannel;
  readonly runs: RunController;
  readonly answers: AnswerStore;
  readonly undo: UndoStore;
  readonly documents: GeneratedDocuments;
  readonly tracker: TrackerPanel;
  readonly tokens: TokenStore;
}
