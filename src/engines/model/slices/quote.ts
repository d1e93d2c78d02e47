/** A file for a prompt. The note says what of it is shown. */
export function quoteFile(path: string, content: string, note?: string): string {
  return `<file path="${path}"${note === undefined ? '' : ` note="${note}"`}>\n${content.trimEnd()}\n</file>`;
}
