import { JoinedText } from '../../../core/joined-text.ts';

/** A text that grows by pieces which may end within a character. */
export class GrowingText {
  readonly #text = new JoinedText();
  /** Half of a character whose other half has not come yet. */
  #half = '';

  /** Without the half of a character. */
  get length(): number {
    return this.#text.length;
  }

  /** Returns what can be said now: every piece is valid text by itself. */
  add(text: string): string {
    const arrived = this.#half + text;
    const isOpen = /[\ud800-\udbff]$/.test(arrived.slice(-1));
    this.#half = isOpen ? arrived.slice(-1) : '';
    const piece = isOpen ? arrived.slice(0, -1) : arrived;
    this.#text.add(piece);
    return piece;
  }

  toString(): string {
    return this.#text.toString();
  }
}
