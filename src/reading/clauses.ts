import { type Element, elementsOf } from './elements.ts';
import type { Phrase } from './phrases.ts';
import type { Token } from './tokens.ts';

/** Who does what to what: the little grammar that rules about entities, fields and relations stand on. */

/** Phrases after a preposition; `attachedTo` is the phrase it follows, if it follows one. */
export interface PrepositionGroup {
  readonly preposition: string;
  readonly phrases: Phrase[];
  readonly attachedTo: Phrase | undefined;
}

export interface Clause {
  readonly subjects: Phrase[];
  /** Base forms; several where they share their objects: "add, edit and delete". */
  readonly verbs: string[];
  readonly objects: Phrase[];
  readonly groups: PrepositionGroup[];
  /** "posts are written by users": the objects are what the verb is done to, all the same. */
  readonly isPassive: boolean;
  /** "can", "should be able to", "wants to": somebody's ability and not a property. */
  readonly isAbility: boolean;
}

export function clausesOf(tokens: readonly Token[]): Clause[] {
  return assemble(elementsOf(tokens));
}

interface Draft {
  subjects: Phrase[];
  verbs: string[];
  objects: Phrase[];
  groups: PrepositionGroup[];
  isPassive: boolean;
  isAbility: boolean;
}

const newDraft = (): Draft => ({
  subjects: [],
  verbs: [],
  objects: [],
  groups: [],
  isPassive: false,
  isAbility: false,
});

function assemble(elements: readonly Element[]): Clause[] {
  const clauses: Clause[] = [];
  let draft = newDraft();
  let group: PrepositionGroup | undefined;
  let isBe = false;
  let afterVerb = false;
  let sawAbility = false;
  let lastPhrase: Phrase | undefined;
  let earlierObjects: readonly Phrase[] = [];
  const close = () => {
    if (draft.subjects.length + draft.objects.length + draft.groups.length > 0 || draft.verbs.length > 0)
      clauses.push(draft);
  };
  const startNext = (subjects: Phrase[]) => {
    close();
    if (draft.objects.length > 0) earlierObjects = draft.objects;
    const isAbilityKept = draft.isAbility;
    draft = newDraft();
    draft.subjects = subjects;
    draft.isAbility = isAbilityKept;
    group = undefined;
    afterVerb = false;
    lastPhrase = undefined;
  };
  for (const [index, element] of elements.entries()) {
    const before = elements[index - 1];
    const coordinated = before?.kind === 'conjunction' || before?.kind === 'comma';
    switch (element.kind) {
      case 'ability':
        sawAbility = true;
        draft.isAbility = draft.isAbility || draft.verbs.length === 0;
        break;
      case 'be':
        isBe = true;
        break;
      case 'verb': {
        const passive = isBe && element.participle;
        // "posts written by users": a participle after a noun says how it came to be.
        const reduced =
          !isBe &&
          element.participle &&
          before?.kind === 'phrase' &&
          elements[index + 1]?.kind === 'preposition' &&
          !sawAbility;
        if (draft.verbs.length > 0 && (draft.objects.length > 0 || draft.groups.length > 0 || !coordinated)) {
          const subjects =
            coordinated || before?.kind === 'ability' || element.gerund
              ? draft.subjects
              : lastPhrase && before?.kind !== 'phrase'
                ? [lastPhrase]
                : draft.subjects;
          startNext(subjects);
        }
        draft.verbs.push(element.lemma);
        if (passive || reduced) {
          draft.isPassive = true;
          draft.objects.push(...(reduced && lastPhrase ? [lastPhrase] : draft.subjects));
        }
        if (sawAbility) draft.isAbility = true;
        sawAbility = false;
        isBe = false;
        afterVerb = true;
        group = undefined;
        break;
      }
      case 'preposition': {
        // "search posts by title and filter": a new group for what was said last.
        group = { preposition: element.word, phrases: [], attachedTo: lastPhrase };
        draft.groups.push(group);
        break;
      }
      case 'phrase': {
        const next = elements[index + 1];
        const beginsClause =
          next &&
          (next.kind === 'ability' ||
            next.kind === 'be' ||
            (next.kind === 'verb' &&
              !next.gerund &&
              !(next.participle && elements[index + 2]?.kind === 'preposition')));
        if (
          draft.verbs.length > 0 &&
          beginsClause &&
          (coordinated ||
            before?.kind === 'stop' ||
            before?.kind === 'relative' ||
            (before?.kind === 'preposition' &&
              ['so', 'if', 'when', 'as', 'because', 'while', 'after', 'before', 'until'].includes(before.word)))
        ) {
          startNext([]);
          draft.isAbility = false;
          isBe = false;
        }
        if (element.isPronoun) {
          // "search posts and filter them": still the posts.
          if (afterVerb && !group && draft.objects.length === 0) draft.objects.push(...earlierObjects);
          lastPhrase = undefined;
          group = undefined;
          break;
        }
        if (group) group.phrases.push(element.phrase);
        else if (afterVerb) draft.objects.push(element.phrase);
        else draft.subjects.push(element.phrase);
        lastPhrase = element.phrase;
        break;
      }
      case 'stop':
        startNext([]);
        draft.isAbility = false;
        isBe = false;
        sawAbility = false;
        break;
      case 'relative': {
        const subject = lastPhrase;
        if (draft.verbs.length > 0 || draft.subjects.length > 0) {
          startNext(subject ? [subject] : []);
          draft.isAbility = false;
        }
        isBe = false;
        break;
      }
      default:
        break;
    }
  }
  close();
  return clauses;
}
