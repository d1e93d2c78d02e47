/** Milliseconds between two messages to the webview: about two frames. */
const interval = 33;

/**
 * Gathers items and delivers them together, so that thousands of small events a second become about thirty messages. The first of a quiet
 * time goes out at once.
 */
export class Batch<T> {
  readonly #deliver: (items: readonly T[]) => void;
  #items: T[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deliver: (items: readonly T[]) => void) {
    this.#deliver = deliver;
  }

  add(item: T): void {
    this.#items.push(item);
    if (this.#timer === undefined) this.#flush();
  }

  /** Forgets what was not delivered: a snapshot has overtaken it. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#items = [];
  }

  #flush(): void {
    const items = this.#items;
    this.#items = [];
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#items.length > 0) this.#flush();
    }, interval);
    this.#deliver(items);
  }
}
