import type { Clause } from './clauses.ts';
import { conceptOf, knownNoun } from './concepts.ts';
import { type Evidence, noteConcepts } from './evidence.ts';
import { fieldNouns } from './lexicon-fields.ts';
import { applicationNouns } from './lexicon-words.ts';
import type { Phrase } from './phrases.ts';
import { isCountOf, isProperty, manyWords, propertyOf } from './properties.ts';
import { singular } from './words.ts';

/** What things consist of: "each post has a title", "for each patient we store", "the post's title". */

/** "For each patient we store the name and the birthday": the patient. */
export function describedBy(clause: Clause): string | undefined {
  if (
    clause.objects.length === 0 ||
    !clause.verbs.some((verb) =>
      /^(?:store|record|keep|save|track|need|want|show|display|capture|enter|know|have|note)$/.test(verb),
    )
  )
    return undefined;
  const named = clause.objects.filter(({ head }) => fieldNouns.has(head)).length;
  if (named * 2 < clause.objects.length) return undefined;
  for (const { preposition, phrases } of clause.groups) {
    const phrase =
      preposition === 'for' || preposition === 'of'
        ? phrases.find(({ determiner }) => /^(?:each|every|an?|all)$/.test(determiner))
        : undefined;
    const concept = phrase && conceptOf(phrase);
    if (concept) return concept.key;
  }
  return undefined;
}

/** "Each post has a title, a body and many tags." */
export function noteOwned(evidence: Evidence, clause: Clause, owner: string | undefined, index: number): void {
  if (owner === undefined) return;
  let given = 0;
  const lists = [
    clause.objects,
    ...clause.groups
      .filter((group) => /^(?:including|such as|like|with)$/.test(group.preposition))
      .map((group) => group.phrases),
  ];
  for (const phrase of lists.flat()) {
    if (!isProperty(phrase)) continue;
    if (!isCountOf(phrase)) noteParts(evidence, phrase, index);
    evidence.property(owner, propertyOf(phrase, evidence.fieldWords), index, true);
    given++;
  }
  const candidate = evidence.note(
    { key: owner, words: owner.split(' '), isPlural: false, isKept: false, doing: undefined, about: undefined },
    index,
  );
  if (given > 0) candidate.defined++;
}

/** "Many tags" are things of their own, where "a title" is a property. */
function noteParts(evidence: Evidence, phrase: Phrase, index: number): void {
  const areMany = phrase.isPlural && manyWords.test(phrase.determiner);
  for (const { key } of noteConcepts(evidence, [phrase], index)) {
    const candidate = areMany && knownNoun(key) ? evidence.candidates.get(key) : undefined;
    if (candidate) candidate.related++;
  }
}

/** What one phrase says by itself: "the post's title", "title of the post", "product names", "course enrollment". */
export function noteInside(evidence: Evidence, phrase: Phrase, index: number): void {
  const concept = conceptOf(phrase);
  if (concept?.about !== undefined) {
    evidence.link(concept.key, concept.about, 'about', index, { isRequired: true });
    evidence.note(
      { ...concept, key: concept.about, words: concept.about.split(' '), doing: undefined, about: undefined },
      index,
    ).related++;
  }
  if (concept?.isKept || concept?.doing !== undefined) evidence.note(concept, index);
  const owner = phrase.ownedBy ?? (phrase.of && fieldNouns.has(phrase.head) ? phrase.of : undefined);
  const ownerConcept = owner && conceptOf(owner);
  if (ownerConcept && fieldNouns.has(phrase.head)) {
    evidence.note(ownerConcept, index);
    evidence.property(ownerConcept.key, propertyOf({ ...phrase, of: undefined }, evidence.fieldWords), index, false);
  }
  if (
    !concept &&
    !owner &&
    fieldNouns.has(phrase.head) &&
    !/^(?:website|link|url|label|language)$/.test(phrase.head) &&
    phrase.words.length > 1
  ) {
    const before = phrase.words
      .slice(0, -1)
      .filter((word) => !phrase.adjectives.has(word))
      .map(singular);
    const named =
      knownNoun(before.join(' ')) && !applicationNouns.has(before.at(-1) ?? '') ? before.join(' ') : undefined;
    if (named !== undefined) {
      evidence.note(
        { key: named, words: before, isPlural: false, isKept: false, doing: undefined, about: undefined },
        index,
      );
      evidence.property(named, propertyOf({ ...phrase, words: [phrase.head] }, evidence.fieldWords), index, false);
    }
  }
}
