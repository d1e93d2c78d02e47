import { HttpError } from './problem.ts';

/** What calls wait for while the server finds its runs again. */
export class Gate {
  /** Rejects with 503 when the server stops before it was ready. */
  readonly opened: Promise<void>;
  #open: () => void = () => {};
  #refuse: (reason: HttpError) => void = () => {};

  constructor() {
    this.opened = new Promise<void>((resolve, reject) => {
      this.#open = resolve;
      this.#refuse = reject;
    });
    // Often nobody waits.
    this.opened.catch(() => {});
  }

  open(): void {
    this.#open();
  }

  /** Does nothing to a gate that was opened. */
  close(): void {
    const headers = { 'retry-after': '5' };
    this.#refuse(new HttpError(503, 'stopping', 'The server stops. Try again.', { headers }));
  }
}
