/** What JSON in a text says, as far as it has come. */
export interface LooseJson {
  readonly value: unknown;
  /** Whether the value came to its end. */
  readonly isWhole: boolean;
}

/** No answer that makes sense is nested deeper. */
const maxDepth = 100;

/**
 * Reads the first JSON object or array in a text: whatever stands around it (a sentence, a code fence) does not matter, and what broke off is
 * closed where it broke off. Forgives what models get wrong: line breaks in strings and commas before a closing bracket. Undefined where
 * there is none, or where it stops being JSON.
 */
export function parseLooseJson(text: string): LooseJson | undefined {
  const start = text.search(/[{[]/);
  if (start === -1) return undefined;
  try {
    return new Reader(text, start).read();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class NotJson extends Error {}

/** Stands for a value that has not begun, or of which too little is there to say what it is. */
const nothing = Symbol('nothing');

class Reader {
  readonly #text: string;
  #at: number;
  #depth = 0;
  /** Set once the end of the text was met inside a value. */
  #isBroken = false;

  constructor(text: string, at: number) {
    this.#text = text;
    this.#at = at;
  }

  read(): LooseJson {
    const value = this.#value();
    return { value, isWhole: !this.#isBroken };
  }

  #break(): typeof nothing {
    this.#isBroken = true;
    return nothing;
  }

  #value(): unknown {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character === undefined) return this.#break();
    if (character === '{') return this.#nested(() => this.#object());
    if (character === '[') return this.#nested(() => this.#array());
    return character === '"' ? this.#string() : this.#word();
  }

  #nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new NotJson();
    this.#at += 1;
    const value = read();
    this.#depth -= 1;
    return value;
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    while (!this.#ends('}')) {
      if (this.#text[this.#at] !== '"') throw new NotJson();
      const name = this.#string();
      this.#skipSpace();
      if (this.#isBroken) break;
      if (this.#at >= this.#text.length) {
        this.#break();
        break;
      }
      if (this.#text[this.#at] !== ':') throw new NotJson();
      this.#at += 1;
      const value = this.#value();
      if (value !== nothing) entries.push([name, value]);
      if (!this.#goesOn('}')) break;
    }
    // Unlike an assignment, this makes a plain property of `__proto__` too.
    return Object.fromEntries(entries);
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    while (!this.#ends(']')) {
      const value = this.#value();
      if (value !== nothing) items.push(value);
      if (!this.#goesOn(']')) break;
    }
    return items;
  }

  /** Whether a list is over before its next item: by its bracket, or because the text is. */
  #ends(bracket: string): boolean {
    this.#skipSpace();
    const character = this.#text[this.#at];
    if (character === undefined) this.#break();
    if (character === bracket) this.#at += 1;
    return character === undefined || character === bracket;
  }

  /** After an item: whether another may follow. */
  #goesOn(bracket: string): boolean {
    if (this.#isBroken || this.#ends(bracket)) return false;
    if (this.#text[this.#at] !== ',') throw new NotJson();
    this.#at += 1;
    return true;
  }

  #string(): string {
    const start = this.#at;
    let end = start + 1;
    while (end < this.#text.length && this.#text[end] !== '"') end += this.#text[end] === '\\' ? 2 : 1;
    const isWhole = end < this.#text.length;
    if (!isWhole) this.#isBroken = true;
    this.#at = Math.min(end + 1, this.#text.length);
    const raw = this.#text.slice(start + 1, Math.min(end, this.#text.length));
    return unescaped(isWhole ? raw : withoutHalfEscape(raw));
  }

  #word(): unknown {
    const word = /[^\s,\]}]*/y;
    word.lastIndex = this.#at;
    const text = word.exec(this.#text)?.[0] ?? '';
    this.#at += text.length;
    const isLast = this.#at >= this.#text.length;
    if (isLast) this.#isBroken = true;
    const value = wordValue(text);
    if (value === undefined && !isLast) throw new NotJson();
    return value === undefined ? nothing : value;
  }

  #skipSpace(): void {
    while (/\s/.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }
}

function wordValue(text: string): unknown {
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** A text that broke off, without the escape sequence it broke off in. */
function withoutHalfEscape(raw: string): string {
  const [tail = ''] = /(?:\\u[\da-f]{0,3}|\\+)$/i.exec(raw) ?? [];
  // Two backslashes are one, whole.
  const isHalf = tail.startsWith('\\u') ? !/\\\\u[\da-f]*$/i.test(raw) : tail.length % 2 === 1;
  return isHalf ? raw.slice(0, raw.length - (tail.startsWith('\\u') ? tail.length : 1)) : raw;
}

function unescaped(raw: string): string {
  // What JSON.parse does not take in a string: control characters as they are.
  const escaped = [...raw].map((character) => (character < ' ' ? JSON.stringify(character).slice(1, -1) : character));
  try {
    return String(JSON.parse(`"${escaped.join('')}"`));
  } catch (error) {
    // A backslash before what needs none.
    throw new NotJson('', { cause: error });
  }
}
