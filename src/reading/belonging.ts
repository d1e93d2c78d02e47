import type { Clause } from './clauses.ts';
import { type Concept, conceptOf, isApplication, isPerson } from './concepts.ts';
import type { Evidence } from './evidence.ts';
import { manyWords } from './properties.ts';
import { isAnother } from './roles.ts';

/** What clauses say of how things belong together. */

/** "Each comment belongs to a post", "tasks are assigned to members". */
export function noteBelonging(
  evidence: Evidence,
  clause: Clause,
  subjects: readonly Concept[],
  topic: string | undefined,
  index: number,
): void {
  const belongs = clause.verbs.some((verb) =>
    /^(?:belong|relate|link|associate|connect|tie|assign|attach|refer|group|organize|organise|divide|categorize|categorise|file)$/.test(
      verb,
    ),
  );
  if (!belongs || clause.subjects.some(isApplication)) return;
  const isAssigned = clause.objects.length > 0 && clause.subjects.some(isPerson);
  const holders =
    subjects.length > 0 && !isAssigned
      ? subjects.map(({ key }) => key)
      : clause.objects.flatMap((phrase) => {
          const concept = conceptOf(phrase);
          return concept ? [evidence.note(concept, index).key] : [];
        });
  const from = holders.length > 0 ? holders : topic === undefined ? [] : [topic];
  for (const group of clause.groups) {
    const isGrouped =
      /^(?:into|in|under)$/.test(group.preposition) &&
      clause.verbs.some((verb) => /^(?:group|organi[sz]e|divide|categori[sz]e|file)$/.test(verb));
    if (!isGrouped && !/^(?:to|with|in)$/.test(group.preposition)) continue;
    for (const phrase of group.phrases) {
      const concept = conceptOf(phrase);
      if (!concept) continue;
      const target = evidence.note(concept, index);
      const many = phrase.isPlural && manyWords.test(phrase.determiner);
      for (const holder of from) {
        if (holder === concept.key) {
          if (isAnother(phrase, holder)) evidence.link(holder, holder, 'belongs-to', index);
          continue;
        }
        target.related++;
        if (isGrouped) target.stored++;
        const candidate = evidence.candidates.get(holder);
        if (candidate) candidate.related++;
        const firm = clause.verbs.includes('belong') && !clause.isAbility;
        evidence.link(holder, concept.key, many ? 'many-to-many' : 'belongs-to', index, { isRequired: firm });
      }
    }
  }
}

/** "Each employee works in one department", "every order is placed by a customer": a fact about all of a kind. */
export function noteFact(evidence: Evidence, clause: Clause, index: number): void {
  const [subject] = clause.subjects;
  if (!subject || clause.isAbility || clause.verbs.length === 0 || !/^(?:each|every|an?|one)$/.test(subject.determiner))
    return;
  const concept = conceptOf(subject);
  if (!concept || isApplication(subject)) return;
  const objects = clause.isPassive ? [] : clause.objects;
  const phrases = [
    ...objects,
    ...clause.groups
      .filter(({ preposition }) => /^(?:to|in|of|by|for|at|on|with|from)$/.test(preposition))
      .flatMap((group) => group.phrases),
  ];
  for (const phrase of phrases) {
    const target = conceptOf(phrase);
    if (target && isAnother(phrase, concept.key)) {
      const role = clause.verbs.includes('report') ? { role: ['manager'] } : {};
      evidence.link(concept.key, concept.key, 'belongs-to', index, role);
    }
    if (!target || target.key === concept.key) continue;
    // "reports to a manager", who was said to be an employee
    if (isApplication(phrase) && !evidence.roles.has(target.key)) continue;
    const isMany = phrase.isPlural && manyWords.test(phrase.determiner);
    const isOne = !phrase.isPlural && /^(?:an?|one|exactly|single|its|their)$/.test(phrase.determiner);
    if (!isMany && !isOne) continue;
    evidence.note(concept, index).related++;
    evidence.note(target, index).related++;
    evidence.link(concept.key, target.key, isMany ? 'has-many' : 'belongs-to', index);
  }
}
