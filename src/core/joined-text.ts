/** How many pieces are kept apart before they are joined. */
const piecesApart = 512;

/** A text that grows by a few letters at a time and takes little more than its own size: a piece by itself takes several times as much. */
export class JoinedText {
  #joined = '';
  #pieces: string[] = [];
  #length = 0;

  /** In UTF-16 units. */
  get length(): number {
    return this.#length;
  }

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#pieces.length >= piecesApart) this.#join();
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
