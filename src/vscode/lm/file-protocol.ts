/**
 * Files in plain text, for models whose tool calls come only when they are whole: each file stands between two marker lines, and streams
 * while it is written. The markers carry a word that is made up anew for every request, so that no text that the model quotes can end a file or
 * begin one.
 */

/** What a reader finds, in order. */
export type FilePart =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file-end' };

/** A word that nobody can know before it is used. */
export function createMarker(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Tells a model how to write files. */
export function fileInstructions(marker: string): string {
  return `How to answer: with the files themselves, whole, each between two marker lines. There are no tools.

<<<file ${marker} path/of/the/file>>>
the whole text of the file
<<<end ${marker}>>>

Each marker line stands alone on its line, with exactly this word ${marker}. Write the files one after another. Put no code fence around the text of a file, leave nothing of it out, and end each file with its marker line before the next begins. Say nothing before, between and after the files.`;
}

/** Reads the answer piece by piece, and keeps back only what may turn out to be a marker line. */
export class FileProtocolReader {
  readonly #start: RegExp;
  readonly #end: string;
  /** Of the line that has begun; in a file, without what has been said of it already. */
  #line = '';
  /** Whether the beginning of the line has been said. */
  #isLineSaid = false;
  #isInFile = false;
  #isFirstLine = false;
  /** A code fence around the whole file, which is not part of it. */
  #isFenced = false;
  /** A line that is part of the file only if another one follows. */
  #held = '';
  /** What stood outside of files. */
  remarks = '';

  constructor(marker: string) {
    this.#start = new RegExp(`^\\s*<<<\\s*file ${marker}\\s+(.+?)\\s*>>>\\s*$`);
    this.#end = `<<<end${marker}>>>`;
  }

  /** Whether a file has begun and not ended. */
  get isInFile(): boolean {
    return this.#isInFile;
  }

  /** Takes the next piece of the answer. */
  *read(text: string): Generator<FilePart, void, void> {
    let rest = this.#line + text;
    this.#line = '';
    for (;;) {
      const index = rest.indexOf('\n');
      if (index === -1) break;
      yield* this.#endLine(rest.slice(0, index).replace(/\r$/, ''));
      rest = rest.slice(index + 1);
    }
    yield* this.#beginLine(rest);
  }

  /** The answer has ended: its last line may be without a line break. */
  *finish(): Generator<FilePart, void, void> {
    if (this.#line !== '') yield* this.#endLine(this.#line.replace(/\r$/, ''), '');
    this.#line = '';
  }

  *#endLine(line: string, lineBreak = '\n'): Generator<FilePart, void, void> {
    const wasSaid = this.#isLineSaid;
    this.#isLineSaid = false;
    const path = wasSaid ? undefined : this.#start.exec(line)?.[1];
    if (path !== undefined) {
      this.#isInFile = true;
      this.#isFirstLine = true;
      this.#isFenced = false;
      this.#held = '';
      yield { kind: 'file', path: path.replace(/^`(.*)`$/, '$1') };
    } else if (!this.#isInFile) {
      this.remarks += line + lineBreak;
    } else if (!wasSaid && line.replace(/\s/g, '') === this.#end) {
      this.#isInFile = false;
      // A fence that was held is the end of the one at the beginning.
      if (!this.#isFenced) yield* this.#say(this.#held);
      this.#held = '';
      yield { kind: 'file-end' };
    } else {
      yield* this.#fileLine(line, lineBreak, wasSaid);
    }
  }

  *#fileLine(line: string, lineBreak: string, wasSaid: boolean): Generator<FilePart, void, void> {
    const isFirst = this.#isFirstLine && !wasSaid;
    this.#isFirstLine = false;
    if (isFirst && /^```[\w.+-]*\s*$/.test(line)) {
      this.#isFenced = true;
      return;
    }
    const mayBeEnd = this.#isFenced && !wasSaid && /^(```)?\s*$/.test(line);
    if (mayBeEnd) {
      this.#held += line + lineBreak;
      return;
    }
    yield* this.#say(this.#held + line + lineBreak);
    this.#held = '';
  }

  /** Says what has come of a line, unless it may become a marker or a fence. */
  *#beginLine(line: string): Generator<FilePart, void, void> {
    const isOpen = this.#isLineSaid || !/^\s*($|[<`\r])/.test(line);
    if (!this.#isInFile || !isOpen || line.endsWith('\r')) {
      this.#line = line;
      return;
    }
    if (line === '') return;
    this.#isLineSaid = true;
    this.#isFirstLine = false;
    yield* this.#say(this.#held + line);
    this.#held = '';
  }

  *#say(text: string): Generator<FilePart, void, void> {
    if (text !== '') yield { kind: 'text', text };
  }
}
