/**
 * Writes texts of the user into code and documents, whatever characters they have: quotes, backticks, `</script>`, `${}`,
 * line breaks, right-to-left text. Every template has these as `it.ts(…)` and so on.
 */
export interface Escapes {
  /** A string literal of TypeScript, with its quotes: single ones unless double ones need fewer escapes. */
  ts(text: string): string;
  /** A JSON value, indented by two spaces per level, continuing at `indent` levels. */
  json(value: unknown, indent?: number): string;
  /** A child of a JSX element: the plain text, or `{'…'}` where it holds characters that JSX or React would read. */
  jsx(text: string): string;
  /** The value of a JSX attribute, with its quotes or braces. */
  jsxAttribute(text: string): string;
  /** Text or a quoted attribute of HTML. */
  html(text: string): string;
  /** A line of Markdown: nothing in it is formatted, linked or begins a block. */
  markdown(text: string): string;
  /** A double-quoted scalar of YAML. */
  yaml(text: string): string;
  /** A string literal of SQL. */
  sql(text: string): string;
  /** A line inside a comment of any language: no line breaks and no end-of-comment. */
  comment(text: string): string;
  /**
   * A property with a string literal and its comma, which goes to the next line where it does not fit 120 columns at
   * `indent` spaces: what the formatter would do.
   */
  property(indent: number, key: string, text: string): string;
  /**
   * `start + items.join(', ') + end` if that fits 120 columns at `indent` spaces, else one item per line with trailing
   * commas: what the formatter would do. `start` stands after `indent` spaces that the template has written.
   */
  wrap(indent: number, start: string, items: readonly string[], end: string): string;
}

/** The line width of the generated application's formatter. */
const lineWidth = 120;

const tsEscapes: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\v': '\\v',
  '\\': '\\\\',
};

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Control characters, line separators and invisible marks that reorder what is read. */
const unreadable = /[\p{Cc}\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function ts(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const body = text
    .replace(/[\n\r\t\b\f\v\\]/g, (character) => tsEscapes[character] ?? character)
    .replace(unreadable, unicodeEscape)
    .replaceAll(quote, `\\${quote}`)
    .replace(/<(?=\/script|!--)/gi, '\\u003c')
    // Linters take `${` in a plain string for a forgotten backtick.
    .replaceAll('${', '\\u0024{');
  return quote + body + quote;
}

function json(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, 2)
    .replace(unreadable, (c) => (c === '\n' ? c : unicodeEscape(c)))
    .replaceAll('\n', `\n${'  '.repeat(indent)}`);
}

function jsx(text: string): string {
  const isPlain = /^\S(.*\S)?$/u.test(text) && !/[{}<>&]|\/\/|\/\*|\s{2}/.test(text) && text.search(unreadable) < 0;
  return isPlain ? text : `{${ts(text)}}`;
}

function jsxAttribute(text: string): string {
  return /["&\\{}<>]/.test(text) || text.search(unreadable) >= 0 ? `{${ts(text)}}` : `"${text}"`;
}

const htmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  return text.replace(/[&<>"']/g, (character) => htmlEntities[character] ?? character);
}

function markdown(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_{}[\]<>#|~!$]/g, '\\$&')
    .replace(/^([-+=])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/:\/\//g, ':\u2060//')
    .replaceAll('@', '@\u2060');
}

function yaml(text: string): string {
  return JSON.stringify(text).replace(unreadable, unicodeEscape);
}

function sql(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}

function comment(text: string): string {
  return oneLine(text).replaceAll('*/', '* /').replaceAll('-->', '-- >');
}

function oneLine(text: string): string {
  return text.replace(unreadable, ' ').replace(/\s+/g, ' ').trim();
}

function property(indent: number, key: string, text: string): string {
  const oneLiner = `${key}: ${ts(text)},`;
  if (indent + oneLiner.length <= lineWidth) return oneLiner;
  return `${key}:\n${' '.repeat(indent + 2)}${ts(text)},`;
}

function wrap(indent: number, start: string, items: readonly string[], end: string): string {
  const oneLiner = start + items.join(', ') + end;
  if (indent + oneLiner.length <= lineWidth) return oneLiner;
  const inner = ' '.repeat(indent + 2);
  return `${start.trimEnd()}\n${items.map((item) => `${inner}${item},\n`).join('')}${' '.repeat(indent)}${end.trimStart()}`;
}

export const escapes: Escapes = { ts, json, jsx, jsxAttribute, html, markdown, yaml, sql, comment, property, wrap };
