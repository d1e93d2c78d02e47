import type * as vscode from 'vscode';
import type { TrackerState } from '../protocol/messages.ts';
import type { TrackerPanel } from './panel/tracker-panel.ts';
import type { RunController } from './run-controller.ts';

/** What `activate` returns, for other extensions and for tests: to watch, not to steer. Commands do the steering. */
export interface TakossApi {
  /** What the tracker shows now. */
  readonly state: TrackerState;
  readonly onDidChangeState: vscode.Event<TrackerState>;
  /** Fires when the tracker's page has received a snapshot. */
  readonly onDidDeliverSnapshot: vscode.Event<void>;
}

export function createApi(runs: RunController, tracker: TrackerPanel): TakossApi {
  return {
    get state() {
      return runs.state;
    },
    onDidChangeState: (listener, thisArg, disposables) =>
      runs.onDidChange(() => listener.call(thisArg, runs.state), undefined, disposables),
    onDidDeliverSnapshot: tracker.onDidDeliverSnapshot,
  };
}
