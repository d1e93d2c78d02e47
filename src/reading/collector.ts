import { noteDone } from './actions.ts';
import { noteBelonging, noteFact } from './belonging.ts';
import type { Clause } from './clauses.ts';
import { conceptOf, hostNouns, isApplication, isPerson, knownNoun } from './concepts.ts';
import { readDefinitions } from './definitions.ts';
import { Evidence, noteConcepts } from './evidence.ts';
import type { FieldWords } from './field-words.ts';
import { noteImplications } from './implications.ts';
import { fieldNouns } from './lexicon-fields.ts';
import { findVerbs, ownVerbs, stopNouns, storeVerbs } from './lexicon-words.ts';
import { describedBy, noteInside, noteOwned } from './ownership.ts';
import type { Phrase } from './phrases.ts';
import type { ReadStatement } from './reading.ts';
import { noteRoles } from './roles.ts';
import { isTitle } from './sentences.ts';
import { noteValues } from './value-lists.ts';
import { singular, wordsOf } from './words.ts';

/** Reads evidence out of clauses, statement by statement. */

/** What the collector remembers from one statement to the next: what "it" and "they" stand for. */
interface Memory {
  topic: string | undefined;
}

/** Adds what the statements say; call it with batches in order, always with the same evidence. */
export class EvidenceCollector {
  readonly evidence: Evidence;
  private readonly memory: Memory = { topic: undefined };

  constructor(fieldWords: FieldWords) {
    this.evidence = new Evidence(fieldWords);
  }

  /** `isTheme`: the statement sets colours; unless somebody does something in it, that is all it says. */
  add(statement: ReadStatement, index: number, all: readonly ReadStatement[], isTheme: boolean): void {
    if (statement.kind === 'code') return;
    if (isTheme && !/\b(?:can|able|users?|admins?|customers?)\b/i.test(statement.body)) return;
    if (readDefinitions(this.evidence, statement, index, all)) return;
    const clauses = statement.clauses;
    noteRoles(this.evidence, statement, index);
    for (const clause of clauses) this.clause(clause, index, statement);
    for (const clause of clauses) noteImplications(this.evidence, clause, index);
    if (this.memory.topic !== undefined) noteValues(this.evidence, this.memory.topic, statement, index);
    if (!isTitle(all, index)) this.nounsAlone(statement, index);
  }

  private clause(clause: Clause, index: number, statement: ReadStatement): void {
    const actors = clause.subjects
      .filter(isPerson)
      .filter(
        () =>
          clause.verbs.length > 0 &&
          (clause.isAbility || clause.verbs.some((verb) => storeVerbs.has(verb) || findVerbs.has(verb))),
      )
      .flatMap((phrase) => this.evidence.actor(phrase, index) ?? []);
    for (const group of clause.groups) {
      // "As a customer, I want", "for admins to", "allow users to"
      if (group.preposition === 'by' && clause.verbs.some((verb) => /^(?:filter|sort|search|group|find)$/.test(verb)))
        continue;
      if (group.preposition === 'as' || group.preposition === 'by' || group.preposition === 'for') {
        for (const phrase of group.phrases)
          if (isPerson(phrase) && (group.preposition !== 'for' || clause.isAbility)) this.evidence.actor(phrase, index);
      }
    }
    const storyActor = statement.body.match(/^as an? ([a-z][a-z -]{1,40}?),? i\b/i)?.[1];
    if (storyActor !== undefined) this.storyActor(storyActor, index);
    if (clause.verbs.some((verb) => /^(?:allow|enable|let|help)$/.test(verb))) {
      for (const phrase of clause.objects) if (isPerson(phrase)) this.evidence.actor(phrase, index);
    }
    const subjectIsApplication =
      clause.subjects.some(isApplication) ||
      clause.subjects.some((phrase) => isHost(phrase, clause)) ||
      clause.subjects.some((phrase) => stopNouns.has(phrase.head) && phrase.head !== 'record');
    const owns = clause.verbs.some((verb) =>
      clause.isAbility || clause.subjects.some(isPerson)
        ? /^(?:have|contain|include|hold|carry)$/.test(verb)
        : ownVerbs.has(verb),
    );
    const subjects = noteConcepts(this.evidence, clause.subjects, index);

    const described = describedBy(clause);
    if (described !== undefined) noteOwned(this.evidence, clause, described, index);
    else if (
      owns &&
      !isImperative(clause, statement) &&
      !subjectIsApplication &&
      clause.objects.length > 0 &&
      !clause.isPassive
    ) {
      const owners =
        subjects.length > 0 ? subjects.map(({ key }) => key) : clause.subjects.length === 0 ? [this.memory.topic] : [];
      for (const owner of owners) noteOwned(this.evidence, clause, owner, index);
    } else noteDone(this.evidence, clause, subjects, index, actors[0]);
    noteBelonging(this.evidence, clause, subjects, this.memory.topic, index);
    if (!owns) noteFact(this.evidence, clause, index);
    for (const phrase of [...clause.subjects, ...clause.objects, ...clause.groups.flatMap((group) => group.phrases)]) {
      noteInside(this.evidence, phrase, index);
    }
    const spoken = [...subjects, ...clause.objects.flatMap((phrase) => conceptOf(phrase) ?? [])];
    const topic =
      spoken.find(({ key, words }) => knownNoun(key)?.person !== true && !isPerson({ head: words.at(-1) ?? '' }))
        ?.key ?? (owns ? subjects[0]?.key : undefined);
    if (topic !== undefined) this.memory.topic = topic;
  }

  private storyActor(text: string, index: number): void {
    const words = wordsOf(text).slice(-3);
    const head = words.at(-1);
    if (head === undefined) return;
    this.evidence.actor(
      {
        words: [...words.slice(0, -1), singular(head)],
        written: words,
        head: singular(head),
        isPlural: false,
        determiner: 'a',
        adjectives: new Set(),
        ownedBy: undefined,
        of: undefined,
        aside: [],
      },
      index,
    );
  }

  /** A bullet or heading that is only a name: "Comments", "User management". */
  private nounsAlone(statement: ReadStatement, index: number): void {
    const only = statement.clauses.length === 1 ? statement.clauses[0] : undefined;
    if (!only || only.verbs.length > 0 || only.groups.length > 0) return;
    for (const phrase of only.subjects) {
      const concept = conceptOf(phrase);
      if (!concept) continue;
      const candidate = this.evidence.note(concept, index);
      if (statement.kind !== 'sentence' || only.subjects.length === 1) candidate.offered++;
      const noun = knownNoun(concept.key);
      if (noun && !noun.person && !noun.weak) this.evidence.implied.push({ concept, statement: index });
      if (concept.doing !== undefined && storeVerbs.has(concept.doing)) candidate.stored++;
      if (concept.doing !== undefined)
        this.evidence.actions.push({ verb: concept.doing, concept: concept.key, actor: undefined, statement: index });
    }
  }
}

/** "Our company has employees": who runs the application, unless it is the company's own name that is asked for. */
function isHost(phrase: Phrase, clause: Clause): boolean {
  return (
    hostNouns.has(phrase.head) &&
    !phrase.isPlural &&
    /^(?:the|our|my)$/.test(phrase.determiner) &&
    !clause.objects.some(({ head }) => fieldNouns.has(head))
  );
}

/** "Store employees with a name": the first word says what to do. */
function isImperative(clause: Clause, { tokens }: ReadStatement): boolean {
  return clause.subjects.length === 0 && tokens[0]?.pos === 'verb' && clause.verbs.includes(tokens[0].lower);
}
