import { activityVerb, noteActivity } from './activities.ts';
import type { Clause } from './clauses.ts';
import { type Concept, conceptOf, isApplication, isPerson, knownNoun } from './concepts.ts';
import { type Evidence, noteConcepts } from './evidence.ts';
import { fieldNouns } from './lexicon-fields.ts';
import { buildVerbs, containerNouns, findVerbs, stopNouns, storeVerbs } from './lexicon-words.ts';
import { isProperty, propertyOf } from './properties.ts';

/** What is done, and to what: somebody who creates, manages or books a thing wants it stored. */

/** What somebody does: "Readers can comment on posts with their name." */
export function noteDone(
  evidence: Evidence,
  clause: Clause,
  subjects: readonly Concept[],
  index: number,
  actor: string | undefined,
): void {
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
    const candidate = evidence.note(concept, index);
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
      evidence.note(into, index).stored++;
      evidence.actions.push({ verb: 'create', concept: into.key, actor, statement: index });
      continue;
    }
    for (const verb of verbs.length > 0 ? verbs : [''])
      evidence.actions.push({ verb, concept: concept.key, actor, statement: index });
    if (doing !== undefined) evidence.actions.push({ verb: doing, concept: concept.key, actor, statement: index });
  }
  for (const group of clause.groups) noteGroup(evidence, clause, group, last, index, { stores, isBuilt, builds });
  noteActivity(evidence, clause, objects, index, actor);
  if (objects.length === 0) {
    for (const verb of verbs) evidence.actions.push({ verb, concept: subjects[0]?.key, actor, statement: index });
  }
}

function noteGroup(
  evidence: Evidence,
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
      const candidate = evidence.note(concept, index);
      candidate.offered++;
      if (concept.doing !== undefined && storeVerbs.has(concept.doing)) candidate.stored++;
      if (concept.doing !== undefined)
        evidence.actions.push({ verb: concept.doing, concept: concept.key, actor: undefined, statement: index });
    }
    return;
  }
  // "data about rooms", "details for each member"
  if (
    group.attachedTo &&
    containerNouns.has(group.attachedTo.head) &&
    /^(?:about|on|for|across|of|regarding)$/.test(preposition)
  ) {
    for (const concept of noteConcepts(evidence, phrases, index)) evidence.note({ ...concept, isKept: true }, index);
  }
  const owner = attached?.key ?? last;
  if (owner !== undefined && /^(?:with|including|such as)$/.test(preposition) && activityVerb(clause) === undefined) {
    const listed = phrases.filter(isProperty);
    // One thing with another: only names of properties, or a list, say what it consists of.
    if (listed.length < 2 && !listed.every((phrase) => fieldNouns.has(phrase.head))) return;
    for (const phrase of listed) {
      const concept = conceptOf(phrase);
      if (preposition === 'such as' && concept && !fieldNouns.has(phrase.head)) continue;
      evidence.property(owner, propertyOf(phrase, evidence.fieldWords), index, true);
    }
    const candidate = evidence.candidates.get(owner);
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
    for (const phrase of phrases) evidence.property(owner, propertyOf(phrase, evidence.fieldWords), index, false);
    return;
  }
  for (const concept of noteConcepts(evidence, phrases, index)) {
    if (
      owner !== undefined &&
      owner !== concept.key &&
      verb.stores &&
      /^(?:to|for|in|into|of|on|from|under)$/.test(preposition)
    ) {
      evidence.link(owner, concept.key, 'about', index);
      if (knownNoun(concept.key) && concept.key !== 'user') evidence.note(concept, index).related++;
    } else if (
      owner !== undefined &&
      /^(?:in|by|under)$/.test(preposition) &&
      knownNoun(concept.key)?.label !== undefined
    ) {
      // "browse articles in different categories"
      evidence.note(concept, index).related++;
      evidence.link(owner, concept.key, 'belongs-to', index);
    }
  }
}

/** What is done to people of whom a record is kept; one also shares with them, helps them and books them. */
const keepingPeople = new Set(
  'manage add create edit update delete remove track record maintain store save list organize organise administer archive enter import'.split(
    ' ',
  ),
);
