/** Reads an object or a list of JSON, in pieces cut anywhere, until it ends. */
export class NestedValue {
  readonly #pieces: string[] = [];
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  /** All that was read. */
  get text(): string {
    return this.#pieces.join('');
  }

  /** Whether its last bracket has come. */
  get hasEnded(): boolean {
    return this.#depth === 0 && this.#pieces.length > 0;
  }

  /** Reads on from `start`, at first its opening bracket. Returns where it, or the piece, ends. */
  read(json: string, start: number): number {
    let at = start;
    do {
      this.#take(json[at] ?? '');
      at += 1;
    } while (at < json.length && this.#depth > 0);
    this.#pieces.push(json.slice(start, at));
    return at;
  }

  #take(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (this.#isInString) {
      if (character === '\\') this.#isEscaped = true;
      else if (character === '"') this.#isInString = false;
    } else if (character === '"') this.#isInString = true;
    else if (character === '{' || character === '[') this.#depth += 1;
    else if (character === '}' || character === ']') this.#depth -= 1;
  }
}
