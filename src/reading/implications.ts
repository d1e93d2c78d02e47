import type { Clause } from './clauses.ts';
import { type Concept, isApplication, knownNoun } from './concepts.ts';
import type { Evidence } from './evidence.ts';
import { impliedNouns } from './lexicon-implied.ts';
import { applicationNouns } from './lexicon-words.ts';
import { propertyOf } from './properties.ts';
import { lookup, singular } from './words.ts';

/** What a clause says without saying it. */

/** "It has a forum and a contact form": parts that are a word for what they keep; "a blog": what such a thing keeps. */
export function noteImplications(evidence: Evidence, clause: Clause, index: number): void {
  const phrases = [...clause.subjects, ...clause.objects, ...clause.groups.flatMap((group) => group.phrases)];
  for (const phrase of phrases) {
    const key = phrase.words.slice(-2).join(' ');
    const compound = lookup(impliedNouns, key);
    const implied = compound ?? lookup(impliedNouns, phrase.head);
    const isPart =
      compound !== undefined ||
      (clause.verbs.some((verb) => /^(?:have|include|provide|offer|contain|add|feature)$/.test(verb)) &&
        clause.subjects.some(isApplication));
    for (const name of implied ?? []) {
      const concept: Concept = {
        key: name,
        words: name.split(' '),
        isPlural: true,
        isKept: false,
        doing: undefined,
        about: undefined,
      };
      if (isPart) evidence.note(concept, index).stored++;
      else evidence.implied.push({ concept, statement: index });
    }
    // "a recipe app", "an expense tracker"
    if (!isApplication(phrase) && !/^(?:manager|tracker|planner|organizer|app)$/.test(phrase.head)) continue;
    for (const word of phrase.words.slice(0, -1).map(singular)) {
      const noun = knownNoun(word);
      if (!noun || noun.person || noun.weak || applicationNouns.has(word)) continue;
      evidence.implied.push({
        concept: { key: word, words: [word], isPlural: true, isKept: false, doing: undefined, about: undefined },
        statement: index,
      });
    }
  }
  const contacts = clause.verbs.includes('contact') || phrases.some(({ head }) => head === 'contact');
  const given = clause.groups
    .filter(({ preposition }) => preposition === 'with' || preposition === 'including')
    .flatMap((group) => group.phrases);
  if (contacts && given.some(({ head }) => head === 'message') && given.length > 1) {
    const concept: Concept = {
      key: 'contact message',
      words: ['contact', 'message'],
      isPlural: true,
      isKept: false,
      doing: undefined,
      about: undefined,
    };
    evidence.note(concept, index).stored++;
    for (const phrase of given) evidence.property(concept.key, propertyOf(phrase, evidence.fieldWords), index, true);
    evidence.actions.push({ verb: 'submit', concept: concept.key, actor: undefined, statement: index });
  }
}
