import type { ModelProvider } from '../engines/contract.ts';
import type { AnswerStore } from './answer-store.ts';
import type { HostParts } from './engine/host-parts.ts';
import type { ProviderKeys } from './engine/provider-keys.ts';
import type { GeneratedDocuments } from './generated-documents.ts';
import type { Log } from './log.ts';
import type { TrackerPanel } from './panel/tracker-panel.ts';
import type { TokenStore } from './remote/token-store.ts';
import type { RunController } from './run-controller.ts';
import type { RunningApps } from './running-apps.ts';
import type { UndoStore } from './undo-store.ts';

/** What commands work with. Made once, in `activate`. */
export interface Services {
  readonly log: Log;
  readonly runs: RunController;
  readonly answers: AnswerStore;
  readonly undo: UndoStore;
  readonly documents: GeneratedDocuments;
  readonly tracker: TrackerPanel;
  readonly tokens: TokenStore;
  /** Who has language models, in the order in which `auto` tries them. */
  readonly providers: readonly ModelProvider[];
  readonly keys: ProviderKeys;
  readonly host: HostParts;
  readonly apps: RunningApps;
}
