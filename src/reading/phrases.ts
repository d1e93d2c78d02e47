/** A noun with what stands before it: "the new blog posts". */
export interface Phrase {
  /** Lower-case words without articles and numbers; the last is the head, in the singular. */
  readonly words: readonly string[];
  /** The same words as written. */
  readonly written: readonly string[];
  readonly head: string;
  readonly isPlural: boolean;
  /** `a`, `each`, `their`, `many`, a number… in lower case, or ''. */
  readonly determiner: string;
  /** How many of the words before the head are adjectives, from the left. */
  readonly adjectives: ReadonlySet<string>;
  /** "the post's title": the phrase before the apostrophe. */
  readonly ownedBy: Phrase | undefined;
  /** "list of posts": the phrase after "of". */
  readonly of: Phrase | undefined;
  /** What stands in parentheses after it, split at commas. */
  readonly aside: readonly string[];
}

export const emptyPhrase: Phrase = {
  words: [],
  written: [],
  head: '',
  isPlural: true,
  determiner: '',
  adjectives: new Set(),
  ownedBy: undefined,
  of: undefined,
  aside: [],
};
