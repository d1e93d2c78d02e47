/** How many pieces are kept apart before they are joined. */
const piecesApart = 512;

/** A text that grows by a few letters at a time without taking many times its size. */
export class GrowingText {
  #joined = '';
  #pieces: string[] = [];
  #length = 0;
  /** Half of a character whose other half has not come yet. */
  #half = '';

  get length(): number {
    return this.#length;
  }

  /** Answers what can be said now: every piece is valid text by itself. */
  add(text: string): string {
    const arrived = this.#half + text;
    const isOpen = /[\ud800-\udbff]$/.test(arrived.slice(-1));
    this.#half = isOpen ? arrived.slice(-1) : '';
    const piece = isOpen ? arrived.slice(0, -1) : arrived;
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#pieces.length >= piecesApart) this.#join();
    return piece;
  }

  toString(): string {
    this.#join();
    return this.#joined;
  }

  #join(): void {
    this.#joined += this.#pieces.join('');
    this.#pieces = [];
  }
}
