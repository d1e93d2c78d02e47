/** Cuts requirements into statements with exact places, before anything is understood of them. */

export type StatementKind = 'sentence' | 'bullet' | 'heading' | 'row' | 'code';

export interface Statement {
  readonly kind: StatementKind;
  /** UTF-16 offsets in the requirements; markers of bullets and headings lie outside. */
  readonly start: number;
  readonly end: number;
  /** As written: the requirements from `start` to `end`. */
  readonly text: string;
  /** What is to be read: on one line, without markdown. */
  readonly body: string;
  /** The heading, introduction ("Features:") or bullet above that this one belongs to. */
  readonly under: number | undefined;
}

/** Longer statements are cut at a space: nobody writes them, and taggers are slow on them. UTF-16 units. */
const maxStatementLength = 1500;
/** A line shorter than this was ended by its writer and not by an editor that wraps lines. */
const shortLine = 60;

const headingMarker = /^[ \t]{0,3}#{1,6}[ \t]+/;
const bulletMarker =
  /^[ \t>]*(?:[-*+•–—◦▪●·‣∙○■□✓✔➤→](?=[ \t]|\p{L})|\(?\d{1,3}[.)](?=[ \t])|\(?[a-zA-Z][.)](?=[ \t]))[ \t]*(?:\[[ xX]\][ \t]*)?/u;
const quoteMarker = /^[ \t]*>[ \t>]*/;
const fence = /^[ \t]*(?:```|~~~)/;
const tableRow = /^[ \t]*\|.*\|[ \t]*$/;
const hasLetter = /\p{L}|\p{N}/u;
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|mr|mrs|ms|dr|st|no|approx|incl|max|min|resp|inc|ltd|cf)\.$/i;

interface Line {
  readonly start: number;
  readonly end: number;
}

/** Statements in the order of the text. Every letter and digit lies in one, apart from the numbers of bullets. */
export function splitStatements(text: string): Statement[] {
  return new Splitter(text).run();
}

class Splitter {
  private readonly out: Statement[] = [];
  /** Enclosing statements, outermost first; headings have negative depth, so that bullets nest in them. */
  private outline: { index: number; depth: number }[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  run(): Statement[] {
    const lines = linesOf(this.text);
    const fences = lines.flatMap((line, index) => (fence.test(this.slice(line)) ? [index] : []));
    let paragraph: Line | undefined;
    const flush = () => {
      if (paragraph) this.paragraph(paragraph);
      paragraph = undefined;
    };
    let nextFence = 0;
    for (let i = 0; i < lines.length; i++) {
      const line = lines[i];
      if (!line) break;
      const content = this.slice(line);
      while ((fences[nextFence] ?? Number.POSITIVE_INFINITY) < i) nextFence++;
      const closing = fences[nextFence + 1];
      if (fences[nextFence] === i && closing !== undefined) {
        flush();
        this.add('code', line.start, lines[closing]?.end ?? line.end, undefined);
        i = closing;
        nextFence += 2;
        continue;
      }
      if (content.trim() === '') {
        flush();
        continue;
      }
      const marker = headingMarker.exec(content) ?? bulletMarker.exec(content);
      if (marker) flush();
      if (headingMarker.test(content)) this.heading(line.start + (marker?.[0].length ?? 0), line.end, content);
      else if (tableRow.test(content)) {
        flush();
        this.add('row', line.start, line.end, this.outline.at(-1)?.index);
      } else if (marker) {
        const depth = /^[ \t>]*/.exec(content)?.[0].replaceAll('\t', '    ').length ?? 0;
        const end = this.continued(lines, i);
        this.bullet(line.start + marker[0].length, lines[end]?.end ?? line.end, depth);
        i = end;
      } else {
        if (paragraph && !this.wraps(paragraph, line)) flush();
        const start = line.start + (quoteMarker.exec(content)?.[0].length ?? 0);
        paragraph = { start: paragraph?.start ?? start, end: line.end };
      }
    }
    flush();
    return this.out;
  }

  private slice(line: Line): string {
    return this.text.slice(line.start, line.end);
  }

  /** The last line that belongs to the bullet that starts at `first`: lines an editor has wrapped. */
  private continued(lines: readonly Line[], first: number): number {
    let last = first;
    while (last + 1 < lines.length && last - first < 40) {
      const line = lines[last];
      const next = lines[last + 1];
      if (!line || !next) break;
      const content = this.slice(next);
      if (content.trim() === '' || bulletMarker.test(content) || headingMarker.test(content)) break;
      if (tableRow.test(content) || fence.test(content) || !this.wraps(line, next)) break;
      last++;
    }
    return last;
  }

  /** Whether a line break inside a paragraph means nothing: the line was full, or the sentence goes on. */
  private wraps(before: Line, next: Line): boolean {
    const tail = this.text.slice(Math.max(before.start, before.end - 200), before.end).trimEnd();
    if (/[.!?:;。！？]["')\]]*$/u.test(tail)) return false;
    const lastLine = tail.length - (tail.lastIndexOf('\n') + 1);
    return lastLine >= shortLine || /^[ \t]*\p{Ll}/u.test(this.slice(next).slice(0, 80));
  }

  private heading(start: number, end: number, content: string): void {
    const level = /#+/.exec(content)?.[0].length ?? 1;
    this.close(level - 100);
    const index = this.add('heading', start, end, this.outline.at(-1)?.index);
    if (index !== undefined) this.outline.push({ index, depth: level - 100 });
  }

  private bullet(start: number, end: number, depth: number): void {
    this.close(depth);
    const index = this.sentences('bullet', start, end);
    if (index !== undefined) this.outline.push({ index, depth });
  }

  private paragraph({ start, end }: Line): void {
    this.close(-50);
    const raw = this.text.slice(start, end).trim();
    // "Features:", "**Data model**" and a line underlined by === introduce what follows.
    const introduces = raw.length < 200 && !raw.includes('\n') && (/:\**$/.test(raw) || /^\*\*[^*]+\*\*$/.test(raw));
    const kind = introduces && raw.length <= 80 ? 'heading' : 'sentence';
    const index = this.sentences(kind, start, end);
    if (introduces && index !== undefined) this.outline.push({ index, depth: -50 });
  }

  private close(depth: number): void {
    this.outline = this.outline.filter((item) => item.depth < depth);
  }

  /** Adds the sentences from `start` to `end`; the first has the kind. Returns the index of the last one. */
  private sentences(kind: StatementKind, start: number, end: number): number | undefined {
    const under = this.outline.at(-1)?.index;
    const terminal = /[.!?]+["'”’)\]]*(?=\s)|[。！？]+/gu;
    const slice = this.text.slice(start, end);
    let from = 0;
    let last: number | undefined;
    let next: StatementKind = kind;
    for (let match = terminal.exec(slice); match; match = terminal.exec(slice)) {
      const to = match.index + match[0].length;
      const sentence = slice.slice(Math.max(from, to - 12), to);
      const follows = slice.slice(to, to + 40).trimStart();
      if (abbreviation.test(sentence) && !/^\p{Lu}/u.test(follows)) continue;
      if (/^\p{Ll}/u.test(follows) && match[0] === '.' && sentence.length < 4) continue;
      last = this.add(next, start + from, start + to, under) ?? last;
      next = 'sentence';
      from = to;
    }
    return this.add(next, start + from, end, under) ?? last;
  }

  private add(kind: StatementKind, start: number, end: number, under: number | undefined): number | undefined {
    let from = start;
    let index: number | undefined;
    while (from < end) {
      const to = end - from <= maxStatementLength ? end : this.cut(from);
      index = this.push(kind, from, to, under) ?? index;
      from = to;
    }
    return index;
  }

  private cut(from: number): number {
    const limit = from + maxStatementLength;
    const window = this.text.slice(from, limit);
    const comma = window.lastIndexOf(', ') + 1;
    const space = comma > maxStatementLength / 2 ? comma : window.lastIndexOf(' ');
    if (space > maxStatementLength / 2) return from + space;
    // Never between the halves of a surrogate pair.
    const unit = this.text.charCodeAt(limit);
    return unit >= 0xdc00 && unit <= 0xdfff ? limit - 1 : limit;
  }

  private push(kind: StatementKind, from: number, to: number, under: number | undefined): number | undefined {
    const raw = this.text.slice(from, to);
    if (!hasLetter.test(raw)) return undefined;
    const start = from + (raw.length - raw.trimStart().length);
    const text = raw.trim();
    this.out.push({ kind, start, end: start + text.length, text, body: plain(text), under });
    return this.out.length - 1;
  }
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const unit = text.charCodeAt(i);
    if (i < text.length && unit !== 10 && unit !== 13 && unit !== 0x2028 && unit !== 0x2029) continue;
    lines.push({ start, end: i });
    start = i + 1;
  }
  return lines;
}

/** The statement on one line, without the marks of markdown; what no writer types by hand is left out. */
function plain(text: string): string {
  return text
    .replace(/\[([^[\]]{1,200})\]\([^()\s]{1,500}\)/g, '$1')
    .replace(/[*_]{2,3}|`+/g, '')
    .replace(/(^|\s)[*_](\S)/g, '$1$2')
    .replace(/(\S)[*_](?=[\s.,;:!?)]|$)/g, '$1')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}]+/gu, ' ')
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The heading over all other headings names the project, and nothing that it stores. */
export function isTitle(all: readonly Statement[], index: number): boolean {
  return (
    index === 0 &&
    all[0]?.kind === 'heading' &&
    all.some((other, place) => place > 0 && other.kind === 'heading' && other.under === 0)
  );
}
