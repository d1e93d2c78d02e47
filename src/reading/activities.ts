import type { Clause } from './clauses.ts';
import { type Concept, conceptOf, knownNoun } from './concepts.ts';
import type { Evidence } from './evidence.ts';
import { activityOfVerb } from './lexicon-words.ts';
import type { Phrase } from './phrases.ts';
import { propertyOf } from './properties.ts';
import { lookup } from './words.ts';

/** Verbs that make a thing of their own: who books rooms makes bookings. */
export function noteActivity(
  evidence: Evidence,
  clause: Clause,
  objects: readonly Phrase[],
  index: number,
  actor: string | undefined,
): void {
  const verb = activityVerb(clause);
  const made = verb === undefined ? undefined : lookup(activityOfVerb, verb);
  if (verb === undefined || made === undefined || clause.isPassive) return;
  const direct = /^(?:rate|review|book|reserve|order|purchase|buy|borrow|rent)$/.test(verb);
  const group = clause.groups.find(({ preposition }) => /^(?:on|for|in|to|into|about)$/.test(preposition));
  const targets = (direct ? objects : (group?.phrases ?? []))
    .flatMap((phrase) => conceptOf(phrase) ?? [])
    .filter((concept, _, all) => {
      const noun = knownNoun(concept.key);
      // "book flights and gliders": gliders are booked as flights are.
      if (noun === undefined) return concept.isPlural && all.some(({ key }) => knownNoun(key) !== undefined);
      return noun.person !== true && noun.activity !== true && noun.label === undefined;
    });
  const comments = verb === 'comment' && objects.length === 0;
  if (targets.length === 0 && !comments) return;
  if (
    direct &&
    objects.some((phrase) => {
      const concept = conceptOf(phrase);
      return concept !== undefined && knownNoun(concept.key)?.activity === true;
    })
  )
    return;
  const concept: Concept = {
    key: made,
    words: [made],
    isPlural: true,
    isKept: false,
    doing: undefined,
    about: undefined,
  };
  const candidate = evidence.note(concept, index);
  candidate.stored++;
  evidence.actions.push({ verb: 'create', concept: made, actor, statement: index });
  for (const target of targets) {
    evidence.note(target, index).related++;
    evidence.link(made, target.key, 'about', index, { isRequired: true });
  }
  for (const { preposition, phrases } of clause.groups) {
    if (preposition !== 'with' && preposition !== 'including') continue;
    for (const phrase of phrases) evidence.property(made, propertyOf(phrase, evidence.fieldWords), index, true);
    candidate.defined++;
  }
}

export function activityVerb(clause: Clause): string | undefined {
  return clause.verbs.find((verb) => Object.hasOwn(activityOfVerb, verb));
}
