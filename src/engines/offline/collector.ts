import { noteBelonging, noteFact } from './belonging.ts';
import type { Clause, Phrase } from './clauses.ts';
import { type Concept, conceptOf, isApplication, isPerson, knownNoun } from './concepts.ts';
import { readDefinitions } from './definitions.ts';
import { Evidence } from './evidence.ts';
import { noteImplications } from './implications.ts';
import { fieldNouns } from './lexicon-fields.ts';
import {
  activityOfVerb,
  applicationNouns,
  buildVerbs,
  containerNouns,
  findVerbs,
  ownVerbs,
  stopNouns,
  storeVerbs,
} from './lexicon-words.ts';
import { propertyOf } from './properties.ts';
import type { ReadStatement } from './reading.ts';
import { noteValues } from './value-lists.ts';
import { lookup, singular, wordsOf } from './words.ts';

/** Reads evidence out of clauses, statement by statement. */

/** What the collector remembers from one statement to the next: what "it" and "they" stand for. */
interface Memory {
  topic: string | undefined;
}

/** Adds what the statements say; call it with batches in order, always with the same evidence. */
export class EvidenceCollector {
  readonly evidence = new Evidence();
  private readonly memory: Memory = { topic: undefined };

  /** `isTheme`: the statement sets colours; unless somebody does something in it, that is all it says. */
  add(statement: ReadStatement, index: number, all: readonly ReadStatement[], isTheme: boolean): void {
    if (statement.kind === 'code') return;
    if (isTheme && !/\b(?:can|able|users?|admins?|customers?)\b/i.test(statement.body)) return;
    if (readDefinitions(this.evidence, statement, index, all)) return;
    const clauses = statement.clauses;
    for (const clause of clauses) this.clause(clause, index, statement);
    for (const clause of clauses) noteImplications(this.evidence, clause, index);
    if (this.memory.topic !== undefined) noteValues(this.evidence, this.memory.topic, statement, index);
    this.nounsAlone(statement, index);
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
      clause.subjects.some((phrase) => stopNouns.has(phrase.head) && phrase.head !== 'record');
    const owns = clause.verbs.some((verb) =>
      clause.isAbility || clause.subjects.some(isPerson)
        ? /^(?:have|contain|include|hold|carry)$/.test(verb)
        : ownVerbs.has(verb),
    );
    const subjects = this.concepts(clause.subjects, index);

    const described = this.describedBy(clause);
    if (described !== undefined) this.owned(clause, described, index);
    else if (owns && !subjectIsApplication && clause.objects.length > 0 && !clause.isPassive) {
      const owners =
        subjects.length > 0 ? subjects.map(({ key }) => key) : clause.subjects.length === 0 ? [this.memory.topic] : [];
      for (const owner of owners) this.owned(clause, owner, index);
    } else this.done(clause, subjects, index, actors[0]);
    noteBelonging(this.evidence, clause, subjects, this.memory.topic, index);
    if (!owns) noteFact(this.evidence, clause, index);
    for (const phrase of [...clause.subjects, ...clause.objects, ...clause.groups.flatMap((group) => group.phrases)]) {
      this.inside(phrase, index);
    }
    const spoken = [...subjects, ...this.concepts(clause.objects, index, false)];
    const topic =
      spoken.find(({ key }) => knownNoun(key)?.person !== true)?.key ?? (owns ? subjects[0]?.key : undefined);
    if (topic !== undefined) this.memory.topic = topic;
  }

  /** "For each patient we store the name and the birthday": the patient. */
  private describedBy(clause: Clause): string | undefined {
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

  private concepts(phrases: readonly Phrase[], index: number, note = true): Concept[] {
    return phrases.flatMap((phrase) => {
      const concept = conceptOf(phrase);
      if (!concept) return [];
      if (note) this.evidence.note(concept, index);
      return [concept];
    });
  }

  /** "Each post has a title, a body and many tags." */
  private owned(clause: Clause, owner: string | undefined, index: number): void {
    if (owner === undefined) return;
    let given = 0;
    const lists = [
      clause.objects,
      ...clause.groups
        .filter((group) => /^(?:including|such as|like|with)$/.test(group.preposition))
        .map((group) => group.phrases),
    ];
    for (const phrase of lists.flat()) {
      if (isApplication(phrase) || (stopNouns.has(phrase.head) && !fieldNouns.has(phrase.head))) continue;
      this.concepts([phrase], index);
      this.evidence.property(owner, propertyOf(phrase), index, true);
      given++;
    }
    const candidate = this.evidence.note(
      { key: owner, words: owner.split(' '), isPlural: false, isKept: false, doing: undefined, about: undefined },
      index,
    );
    if (given > 0) candidate.defined++;
  }

  /** What somebody does: "Readers can comment on posts with their name." */
  private done(clause: Clause, subjects: readonly Concept[], index: number, actor: string | undefined): void {
    const { verbs } = clause;
    const makes = verbs.some((verb) => /^(?:make|place|leave|give|take|start|set|join|fill|open|receive)$/.test(verb));
    const stores = verbs.some((verb) => storeVerbs.has(verb));
    const finds = verbs.some((verb) => findVerbs.has(verb));
    const searches = verbs.some((verb) => /^(?:search|find|filter|sort|query|look)$/.test(verb));
    const builds = verbs.length === 0 || verbs.some((verb) => buildVerbs.has(verb));
    const isBuilt = clause.objects.some(isApplication) || clause.subjects.some(isApplication);
    const objects = clause.isPassive && clause.objects.length === 0 ? clause.subjects : clause.objects;
    let last: string | undefined;
    for (const phrase of objects) {
      const concept = conceptOf(phrase);
      if (!concept) continue;
      last = concept.key;
      if (builds && !stores && isApplication(phrase)) continue;
      const candidate = this.evidence.note(concept, index);
      const doing = concept.doing;
      const isSignUp = knownNoun(concept.key)?.person === true && (doing === 'register' || verbs.includes('register'));
      if (isSignUp) continue;
      // "make a reservation", "leave a review"
      const isMade = makes && knownNoun(concept.key)?.activity === true;
      const isKept = !isPerson(phrase) || concept.doing !== undefined || verbs.some((verb) => keepingPeople.has(verb));
      // "Create a blog" is the work itself; "users can create projects" is what the application is for.
      const isWork =
        isApplication(phrase) && !(knownNoun(concept.key) && (phrase.isPlural || clause.subjects.some(isPerson)));
      if ((stores && isKept && !isWork) || isMade) candidate.stored++;
      else if (doing !== undefined && storeVerbs.has(doing)) candidate.stored++;
      if (searches || doing === 'search') candidate.searched++;
      const isSent =
        verbs.some((verb) => /^(?:send|receive|print|generate|download|export|get)$/.test(verb)) &&
        knownNoun(concept.key)?.person !== true;
      if (finds || (isSent && knownNoun(concept.key)) || doing === 'browse' || doing === 'view') candidate.viewed++;
      if (builds && !isApplication(phrase)) candidate.offered++;
      // "add products to the cart" makes an item of the cart and no product.
      const into = clause.groups
        .flatMap((group) => (/^(?:to|into)$/.test(group.preposition) ? group.phrases : []))
        .map(conceptOf)
        .find((target) => target && knownNoun(target.key)?.about?.includes(concept.key));
      if (into && verbs.includes('add')) {
        this.evidence.note(into, index).stored++;
        this.evidence.actions.push({ verb: 'create', concept: into.key, actor, statement: index });
        continue;
      }
      for (const verb of verbs.length > 0 ? verbs : [''])
        this.evidence.actions.push({ verb, concept: concept.key, actor, statement: index });
      if (doing !== undefined)
        this.evidence.actions.push({ verb: doing, concept: concept.key, actor, statement: index });
    }
    for (const group of clause.groups) this.group(clause, group, last, index, { stores, isBuilt, builds });
    this.activity(clause, objects, index, actor);
    if (objects.length === 0) {
      for (const verb of verbs)
        this.evidence.actions.push({ verb, concept: subjects[0]?.key, actor, statement: index });
    }
  }

  private group(
    clause: Clause,
    group: Clause['groups'][number],
    last: string | undefined,
    index: number,
    verb: { stores: boolean; isBuilt: boolean; builds: boolean },
  ): void {
    const attached = group.attachedTo && conceptOf(group.attachedTo);
    const { preposition, phrases } = group;
    const lists = /^(?:with|including|such as|like|for|of)$/.test(preposition);
    if (
      lists &&
      (group.attachedTo === undefined
        ? verb.isBuilt || verb.builds
        : (isApplication(group.attachedTo) && !(verb.stores && group.attachedTo.isPlural)) ||
          stopNouns.has(group.attachedTo.head))
    ) {
      // "a blog with posts and comments", "functionality for order tracking"
      for (const phrase of phrases) {
        const concept = conceptOf(phrase);
        if (!concept || (isPerson(phrase) && (concept.doing === undefined || concept.doing === 'register'))) continue;
        const candidate = this.evidence.note(concept, index);
        candidate.offered++;
        if (concept.doing !== undefined && storeVerbs.has(concept.doing)) candidate.stored++;
        if (concept.doing !== undefined)
          this.evidence.actions.push({ verb: concept.doing, concept: concept.key, actor: undefined, statement: index });
      }
      return;
    }
    // "data about rooms", "details for each member"
    if (
      group.attachedTo &&
      containerNouns.has(group.attachedTo.head) &&
      /^(?:about|on|for|across|of|regarding)$/.test(preposition)
    ) {
      for (const concept of this.concepts(phrases, index)) this.evidence.note({ ...concept, isKept: true }, index);
    }
    const owner = attached?.key ?? last;
    if (owner !== undefined && /^(?:with|including|such as)$/.test(preposition) && activityVerb(clause) === undefined) {
      const listed = phrases.filter(
        (phrase) => !isApplication(phrase) && (!stopNouns.has(phrase.head) || fieldNouns.has(phrase.head)),
      );
      // One thing with another: only names of properties, or a list, say what it consists of.
      if (listed.length < 2 && !listed.every((phrase) => fieldNouns.has(phrase.head))) return;
      for (const phrase of listed) {
        const concept = conceptOf(phrase);
        if (preposition === 'such as' && concept && !fieldNouns.has(phrase.head)) continue;
        this.evidence.property(owner, propertyOf(phrase), index, true);
      }
      const candidate = this.evidence.candidates.get(owner);
      if (candidate && listed.length > 1) candidate.defined++;
      return;
    }
    if (
      owner !== undefined &&
      preposition === 'by' &&
      clause.verbs.some((word) =>
        /^(?:search|filter|sort|find|group|order|browse|list|view|look|organize|organise|categorize|categorise)$/.test(
          word,
        ),
      )
    ) {
      for (const phrase of phrases) this.evidence.property(owner, propertyOf(phrase), index, false);
      return;
    }
    for (const concept of this.concepts(phrases, index)) {
      if (
        owner !== undefined &&
        owner !== concept.key &&
        verb.stores &&
        /^(?:to|for|in|into|of|on|from|under)$/.test(preposition)
      ) {
        this.evidence.link(owner, concept.key, 'about', index);
        if (knownNoun(concept.key) && concept.key !== 'user') this.evidence.note(concept, index).related++;
      } else if (
        owner !== undefined &&
        /^(?:in|by|under)$/.test(preposition) &&
        knownNoun(concept.key)?.label !== undefined
      ) {
        // "browse articles in different categories"
        this.evidence.note(concept, index).related++;
        this.evidence.link(owner, concept.key, 'belongs-to', index);
      }
    }
  }

  /** Verbs that make a thing of their own: who books rooms makes bookings. */
  private activity(clause: Clause, objects: readonly Phrase[], index: number, actor: string | undefined): void {
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
    const candidate = this.evidence.note(concept, index);
    candidate.stored++;
    this.evidence.actions.push({ verb: 'create', concept: made, actor, statement: index });
    for (const target of targets) {
      this.evidence.note(target, index).related++;
      this.evidence.link(made, target.key, 'about', index, true);
    }
    for (const { preposition, phrases } of clause.groups) {
      if (preposition !== 'with' && preposition !== 'including') continue;
      for (const phrase of phrases) this.evidence.property(made, propertyOf(phrase), index, true);
      candidate.defined++;
    }
  }

  /** What one phrase says by itself: "the post's title", "title of the post", "product names", "course enrollment". */
  private inside(phrase: Phrase, index: number): void {
    const concept = conceptOf(phrase);
    if (concept?.about !== undefined) {
      this.evidence.link(concept.key, concept.about, 'about', index, true);
      this.evidence.note(
        { ...concept, key: concept.about, words: concept.about.split(' '), doing: undefined, about: undefined },
        index,
      ).related++;
    }
    if (concept?.isKept || concept?.doing !== undefined) this.evidence.note(concept, index);
    const owner = phrase.ownedBy ?? (phrase.of && fieldNouns.has(phrase.head) ? phrase.of : undefined);
    const ownerConcept = owner && conceptOf(owner);
    if (ownerConcept && fieldNouns.has(phrase.head)) {
      this.evidence.note(ownerConcept, index);
      this.evidence.property(ownerConcept.key, propertyOf({ ...phrase, of: undefined }), index, false);
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
        this.evidence.note(
          { key: named, words: before, isPlural: false, isKept: false, doing: undefined, about: undefined },
          index,
        );
        this.evidence.property(named, propertyOf({ ...phrase, words: [phrase.head] }), index, false);
      }
    }
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

function activityVerb(clause: Clause): string | undefined {
  return clause.verbs.find((verb) => Object.hasOwn(activityOfVerb, verb));
}

/** What is done to people of whom a record is kept; one also shares with them, helps them and books them. */
const keepingPeople = new Set(
  'manage add create edit update delete remove track record maintain store save list organize organise administer archive enter import'.split(
    ' ',
  ),
);
