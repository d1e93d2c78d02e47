/** The words of a list that is written with spaces and line breaks between them. */
export function wordList(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.join(' ').trim().split(/\s+/));
}
