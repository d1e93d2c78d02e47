import { NestedValue } from './nested-value.ts';

/** What becomes of the members of an object while it is read. */
export interface MemberListener {
  /** More of a member's text. Never ends within a surrogate pair, unless the text itself does. */
  text(name: string, text: string): void;
  /** A member has come to its end. */
  end(name: string): void;
}

type State =
  | 'object'
  | 'first-name'
  | 'name'
  | 'in-name'
  | 'colon'
  | 'value'
  | 'in-value'
  | 'in-nested'
  | 'after-value'
  | 'whole'
  | 'broken';

const shortEscapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

/**
 * Reads a JSON object whose members are strings, as a tool is called with, in pieces cut anywhere. It takes time and memory in proportion to the
 * piece: a parser that hands out the whole value so far with every piece takes half a minute for the half megabyte of a large file.
 *
 * A member that is an object or a list is handed out at its end, as the JSON it was written in: where inputs stream as they are written, the service
 * infers their types, and takes the text of a JSON file for what it says.
 */
export class MemberReader {
  readonly #listener: MemberListener;
  #state: State = 'object';
  /** What has been read of an escape that is not whole. */
  #escape = '';
  /** The first half of a surrogate pair whose second half is still to come. */
  #half = '';
  /** Decoded and not yet handed out. */
  #decoded: string[] = [];
  #nested = new NestedValue();
  #name = '';
  readonly #names = new Set<string>();

  constructor(listener: MemberListener) {
    this.#listener = listener;
  }

  /** Whether the object has come to its end and was valid. */
  get isWhole(): boolean {
    return this.#state === 'whole';
  }

  write(json: string): void {
    let at = 0;
    while (at < json.length && this.#state !== 'broken') {
      if (this.#state === 'in-nested') at = this.#readNested(json, at);
      else if (this.#state === 'in-name' || this.#state === 'in-value') at = this.#readString(json, at);
      else at = this.#readBetween(json, at);
    }
    if (this.#state === 'in-value') this.#handOut(false);
  }

  #readBetween(json: string, at: number): number {
    const character = json[at] ?? '';
    if (' \t\n\r'.includes(character)) return at + 1;
    this.#state = this.#next(character);
    // Its bracket is part of it.
    return this.#state === 'in-nested' ? at : at + 1;
  }

  #next(character: string): State {
    switch (this.#state) {
      case 'object':
        return character === '{' ? 'first-name' : 'broken';
      case 'first-name':
        if (character === '}') return 'whole';
        return character === '"' ? 'in-name' : 'broken';
      case 'name':
        return character === '"' ? 'in-name' : 'broken';
      case 'colon':
        return character === ':' ? 'value' : 'broken';
      case 'value':
        if (character === '{' || character === '[') return 'in-nested';
        return character === '"' ? 'in-value' : 'broken';
      case 'after-value':
        if (character === '}') return 'whole';
        return character === ',' ? 'name' : 'broken';
      default:
        // Something follows the object.
        return 'broken';
    }
  }

  /** Reads of a string what there is of it, and answers where that ends. */
  #readString(json: string, start: number): number {
    if (this.#escape !== '') return this.#readEscape(json, start);
    const special = nextSpecial(json, start);
    if (special > start) this.#decoded.push(json.slice(start, special));
    if (special === json.length) return special;
    const character = json[special] ?? '';
    if (character === '\\') this.#escape = '\\';
    else if (character === '"') this.#endString();
    else if (character < ' ') this.#state = 'broken';
    else this.#decoded.push(character);
    return special + 1;
  }

  #readNested(json: string, start: number): number {
    const end = this.#nested.read(json, start);
    if (!this.#nested.hasEnded) return end;
    const { text } = this.#nested;
    this.#nested = new NestedValue();
    try {
      JSON.parse(text);
    } catch {
      this.#state = 'broken';
      return end;
    }
    this.#state = 'after-value';
    this.#listener.text(this.#name, text);
    this.#listener.end(this.#name);
    return end;
  }

  #readEscape(json: string, at: number): number {
    this.#escape += json[at] ?? '';
    const [, kind = ''] = this.#escape;
    if (kind === 'u') {
      if (this.#escape.length < 6) return at + 1;
      const digits = this.#escape.slice(2);
      if (/^[\da-f]{4}$/i.test(digits)) this.#decoded.push(String.fromCharCode(Number.parseInt(digits, 16)));
      else this.#state = 'broken';
    } else {
      const decoded = shortEscapes[kind];
      if (decoded === undefined) this.#state = 'broken';
      else this.#decoded.push(decoded);
    }
    this.#escape = '';
    return at + 1;
  }

  #endString(): void {
    if (this.#state === 'in-value') {
      this.#handOut(true);
      this.#state = 'after-value';
      this.#listener.end(this.#name);
      return;
    }
    this.#name = this.#decoded.join('');
    this.#decoded = [];
    // Which of two was meant?
    this.#state = this.#names.has(this.#name) ? 'broken' : 'colon';
    this.#names.add(this.#name);
  }

  #handOut(isEnd: boolean): void {
    let text = this.#half + this.#decoded.join('');
    this.#decoded = [];
    this.#half = '';
    if (!isEnd && /[\ud800-\udbff]$/.test(text)) {
      this.#half = text.slice(-1);
      text = text.slice(0, -1);
    }
    if (text !== '') this.#listener.text(this.#name, text);
  }
}

/** The quote that ends a string, an escape, and control characters: those below the space must not be in one. */
const special = /["\\\p{Cc}]/gu;

/** Where the next character is that does not stand for itself in a string. */
function nextSpecial(json: string, start: number): number {
  special.lastIndex = start;
  return special.exec(json)?.index ?? json.length;
}
