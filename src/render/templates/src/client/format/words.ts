/** A label as it stands inside a sentence: `Blog post` becomes `blog post`, `FAQ entry` stays. */
export function inSentence(label: string): string {
  const [first = '', second = ''] = label;
  return second !== second.toLowerCase() ? label : first.toLowerCase() + label.slice(first.length);
}

/** `1 post`, `12 posts`. */
export function counted(count: number, entity: { label: string; pluralLabel: string }): string {
  return `${count.toLocaleString()} ${inSentence(count === 1 ? entity.label : entity.pluralLabel)}`;
}

/** The article that goes before a label: `a post`, `an order`. */
export function withArticle(label: string): string {
  return `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${inSentence(label)}`;
}
