/** A JSON text that is still being written, closed where it broke off. */
export class PartialJson {
  readonly #pieces: string[] = [];
  #text = '';
  /** Where the value begins: a model may say something before it. */
  #start = -1;
  /** How far the text has been read. */
  #at = 0;
  /** Up to here it is whole, apart from the brackets that are open. */
  #whole = 0;
  /** Brackets to close, the innermost last. */
  readonly #open: ('}' | ']')[] = [];
  #state: 'before' | 'value' | 'scalar' | 'string' | 'key' | 'ended' = 'before';
  #escaped = false;
  /** Whether the next string is the name of a member. */
  #expectsKey = false;

  write(text: string): void {
    this.#pieces.push(text);
  }

  /** All that was written. */
  get text(): string {
    if (this.#pieces.length > 0) {
      this.#text += this.#pieces.join('');
      this.#pieces.length = 0;
    }
    return this.#text;
  }

  /** The value as it was written, without anything before and behind it; all of the text where it has not come to its end. */
  get json(): string {
    this.#read();
    return this.#state === 'ended' ? this.#text.slice(this.#start, this.#whole) : this.#text;
  }

  /**
   * The value so far; undefined where there is none. Strings, numbers and names of members that have not come to their end are left out: half a
   * name is not a name.
   */
  get value(): unknown {
    this.#read();
    if (this.#start < 0) return undefined;
    const closing = this.#open.toReversed().join('');
    try {
      return JSON.parse(this.#text.slice(this.#start, this.#whole) + closing);
    } catch {
      return undefined;
    }
  }

  /** Reads what has come since the last time. */
  #read(): void {
    const { text } = this;
    for (; this.#at < text.length && this.#state !== 'ended'; this.#at += 1) this.#take(text[this.#at] ?? '');
  }

  #take(character: string): void {
    switch (this.#state) {
      case 'before':
        if (character !== '{' && character !== '[') return;
        this.#start = this.#at;
        this.#bracket(character);
        return;
      case 'string':
      case 'key':
        this.#inString(character);
        return;
      case 'scalar':
        if (!/[\s,\]}]/.test(character)) return;
        this.#whole = this.#at;
        this.#state = 'value';
        this.#between(character);
        return;
      case 'value':
        this.#between(character);
        return;
      case 'ended':
    }
  }

  #inString(character: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (character === '\\') this.#escaped = true;
    else if (character === '"') {
      if (this.#state === 'string') this.#whole = this.#at + 1;
      this.#state = 'value';
    }
  }

  #between(character: string): void {
    if (/[\s,]/.test(character)) {
      if (character === ',') this.#expectsKey = this.#open.at(-1) === '}';
      return;
    }
    if (character === ':') {
      this.#expectsKey = false;
      return;
    }
    if (character === '"') {
      this.#state = this.#expectsKey ? 'key' : 'string';
      return;
    }
    if ('{[}]'.includes(character)) this.#bracket(character);
    else this.#state = 'scalar';
  }

  #bracket(character: string): void {
    if (character === '{') this.#open.push('}');
    else if (character === '[') this.#open.push(']');
    else this.#open.pop();
    this.#expectsKey = character === '{';
    this.#whole = this.#at + 1;
    this.#state = this.#open.length === 0 ? 'ended' : 'value';
  }
}
