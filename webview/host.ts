import { type HostMessage, isHostMessage, type ViewMessage } from '../src/protocol/messages.ts';
import { parseViewDetails, type ViewDetails } from './view-details.ts';

/** What VS Code gives a webview's script, as far as the tracker uses it. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host as the tracker sees it. */
export interface Host {
  send(message: ViewMessage): void;
  /** Calls back for every message of the host; what anyone else posts to the window is dropped. */
  listen(receive: (message: HostMessage) => void): void;
  loadDetails(): ViewDetails;
  saveDetails(details: ViewDetails): void;
}

/** Connects to VS Code. May be called once in the life of a page, because VS Code gives out its API once. */
export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    listen(receive) {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isHostMessage(event.data)) receive(event.data);
      });
    },
    loadDetails: () => parseViewDetails(api.getState()),
    saveDetails: (details) => api.setState(details),
  };
}
