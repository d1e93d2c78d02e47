/** Control characters, and the invisible ones that hide or reorder what is read around them. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]+/gu;

/** Text of a model as a person may read it: on one line, without what cannot be seen, and no longer than `limit` UTF-16 units. */
export function plainText(text: string, limit: number): string {
  const line = text.replace(invisible, ' ').replace(/\s+/g, ' ').trim();
  if (line.length <= limit) return line;
  const cut = line.slice(0, limit);
  // Never half of a pair.
  return cut.replace(/[\ud800-\udbff]$/, '').trimEnd();
}

/** The same, without the sentence that the limit would cut in two. */
export function wholeSentences(text: string, limit: number): string {
  const cut = plainText(text, limit);
  if (cut.length === plainText(text, text.length).length) return cut;
  return /^.*[.;!?](?=\s)/.exec(cut)?.[0] ?? cut;
}
