/** A JSON text that is still being written, closed where it broke off. */
export class PartialJson {
  readonly #openings: string;
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
  /** Something in brackets that was no JSON, such as words of the sentence before the value. */
  #skipped: string | undefined;

  /** `openings`: what the value begins with. The model may say "[1]" before an object. */
  constructor(openings = '{[') {
    this.#openings = openings;
  }

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
    if (this.#state === 'ended') return this.#text.slice(this.#start, this.#whole);
    return this.#start < 0 && this.#skipped !== undefined ? this.#skipped : this.#text;
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

  /** Looks for the value further on where what has ended is no JSON. */
  #end(): void {
    const text = this.#text.slice(this.#start, this.#whole);
    try {
      JSON.parse(text);
      this.#state = 'ended';
    } catch {
      this.#skipped ??= text;
      this.#start = -1;
      this.#state = 'before';
    }
  }

  #take(character: string): void {
    switch (this.#state) {
      case 'before':
        if (!this.#openings.includes(character)) return;
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
    if (this.#open.length === 0) this.#end();
    else this.#state = 'value';
  }
}
