import { type Concept, conceptOf } from './concepts.ts';
import type { Property } from './field-lines.ts';
import type { FieldWords } from './field-words.ts';
import type { Phrase } from './phrases.ts';

/** What the text says that speaks for entities, fields and relations. Nothing is decided yet. */

/** All that was said of one concept. Scores are sums over statements. */
export interface Candidate {
  readonly key: string;
  readonly words: readonly string[];
  /** Where it was first spoken of, to keep the order of the text. */
  readonly first: number;
  readonly statements: Set<number>;
  mentions: number;
  /** Somebody creates, manages, books… it. */
  stored: number;
  /** Somebody searches, filters or sorts it. */
  searched: number;
  /** Somebody browses or views it. */
  viewed: number;
  /** The application "has" it, or is "with" it. */
  offered: number;
  /** The text gives its properties. */
  defined: number;
  /** Others belong to it, or it to others. */
  related: number;
  /** The text speaks of its information, records or profiles. */
  kept: number;
  plural: number;
}

export interface OwnedProperty {
  readonly owner: string;
  readonly property: Property;
  readonly statement: number;
  /** Given as a property ("a post has a title"), or only used as one ("search posts by title"). */
  readonly isGiven: boolean;
}

export type LinkKind = 'belongs-to' | 'has-many' | 'many-to-many' | 'has-one' | 'about';

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
  readonly isRequired: boolean;
  readonly statement: number;
  /** What the target is to the holder, where the text gives it another name: the `parent` of a category. */
  readonly role: readonly string[] | undefined;
}

export interface ActorEvidence {
  readonly words: readonly string[];
  readonly statements: Set<number>;
}

/** "Readers comment on posts": somebody does something that makes a thing of its own. */
export interface Action {
  readonly verb: string;
  readonly concept: string | undefined;
  readonly actor: string | undefined;
  readonly statement: number;
}

/** Everything that was said, in the order in which it was. */
export class Evidence {
  readonly fieldWords: FieldWords;
  readonly candidates = new Map<string, Candidate>();
  readonly properties: OwnedProperty[] = [];
  readonly links: Link[] = [];
  readonly actors = new Map<string, ActorEvidence>();
  readonly actions: Action[] = [];
  /** Words that stand for other things: an `assignee` is an `employee`. */
  readonly roles = new Map<string, string>();
  /** Statements that call a relation one-to-one. */
  readonly oneToOne = new Set<number>();
  /** Concepts that the kind of application implies, such as the posts of a blog: for texts that say no more than that. */
  readonly implied: { readonly concept: Concept; readonly statement: number }[] = [];

  constructor(fieldWords: FieldWords) {
    this.fieldWords = fieldWords;
  }

  /** The candidate of a concept, counted as spoken of in the statement. */
  note(concept: Concept, statement: number): Candidate {
    let candidate = this.candidates.get(concept.key);
    if (!candidate) {
      candidate = {
        key: concept.key,
        words: concept.words,
        first: this.candidates.size,
        statements: new Set(),
        mentions: 0,
        stored: 0,
        searched: 0,
        viewed: 0,
        offered: 0,
        defined: 0,
        related: 0,
        kept: 0,
        plural: 0,
      };
      this.candidates.set(concept.key, candidate);
    }
    if (!candidate.statements.has(statement)) candidate.mentions++;
    candidate.statements.add(statement);
    if (concept.isPlural) candidate.plural++;
    if (concept.isKept) candidate.kept++;
    return candidate;
  }

  property(owner: string, property: Property, statement: number, isGiven: boolean): void {
    this.properties.push({ owner, property, statement, isGiven });
  }

  link(
    from: string,
    to: string,
    kind: LinkKind,
    statement: number,
    { isRequired = false, role }: { isRequired?: boolean; role?: readonly string[] } = {},
  ): void {
    this.links.push({ from, to, kind, statement, isRequired, role });
  }

  actor(phrase: Phrase, statement: number): string | undefined {
    const words = phrase.words
      .filter(
        (word) => !/^(?:logged-in|registered|new|other|all|own|authenticated|different|individual|fellow)$/.test(word),
      )
      .slice(-3);
    if (words.length === 0 || words.join('').length < 2) return undefined;
    const key = words.join(' ');
    const known = this.actors.get(key) ?? { words, statements: new Set<number>() };
    known.statements.add(statement);
    this.actors.set(key, known);
    return key;
  }
}

/** The concepts of the phrases, each counted as spoken of. */
export function noteConcepts(evidence: Evidence, phrases: readonly Phrase[], index: number): Concept[] {
  return phrases.flatMap((phrase) => {
    const concept = conceptOf(phrase);
    if (!concept) return [];
    evidence.note(concept, index);
    return [concept];
  });
}
