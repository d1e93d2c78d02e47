/** Words as the tagger sees them. */

export type PartOfSpeech =
  | 'noun'
  | 'verb'
  | 'aux'
  | 'adj'
  | 'adv'
  | 'det'
  | 'pron'
  | 'prep'
  | 'conj'
  | 'num'
  | 'part'
  | 'punct'
  | 'other';

export interface Token {
  /** As written. */
  readonly text: string;
  readonly lower: string;
  /** The base form of verbs and the singular of nouns, as the tagger sees it. */
  readonly lemma: string;
  readonly pos: PartOfSpeech;
}
