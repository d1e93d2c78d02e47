import type { Entity } from '../../core/blueprint-draft.ts';

/** Which entities a piece of a sentence names. */

/** Words between a preposition and the thing itself. */
const small =
  /^(?:an?|the|each|every|any|all|their|his|her|our|its|this|that|these|those|other|others|people|people's|own|single|individual|published|public|existing|of|and|or|both|specific|particular|new|shared|\w+'s|\w+’s)$/;

/** The entities that a list begins with: "a post or a recipe that they liked". What it names instead, where that is none. */
export function firstNamed(text: string, subjects: readonly Entity[]): string[] {
  const found: string[] = [];
  let rest = text;
  for (;;) {
    const words = rest.split(/\s+/);
    let at = 0;
    while (at < words.length && small.test(words[at] ?? '')) at += 1;
    // Other words may stand before the thing: "on interesting posts", "on how a recipe went".
    const entity = [at, at + 1, at + 2, at + 3]
      .map((start) => entityAt(words.slice(start), subjects))
      .find((one) => one !== undefined);
    if (entity === undefined) return found.length > 0 ? found : [pascal(words[at] ?? '') || 'Something'];
    found.push(entity.entity.name);
    const [, next] = /^(?:\s*,\s*(?:and|or)?|\s+(?:and|or|&|as well as)|\s*\/)\s*(.+)/.exec(entity.rest) ?? [];
    if (next === undefined) return found;
    rest = next;
  }
}

/** The entities that stand last in a text, and those before them in the same list. */
export function lastNamed(text: string, subjects: readonly Entity[]): string[] {
  const words = text.split(/[\s,/]+/).filter((word) => word !== '');
  const found: string[] = [];
  let gap = 0;
  for (let at = words.length - 1; at >= 0 && gap < (found.length > 0 ? 3 : 6); at--) {
    const match = entityAt(words.slice(at), subjects);
    const isBetween = /^(?:and|or|&|an?|the|each|every|all)$/.test(words[at] ?? '');
    if (match !== undefined && !found.includes(match.entity.name)) {
      found.unshift(match.entity.name);
      gap = 0;
    } else if (found.length > 0 && !isBetween) break;
    else gap += 1;
  }
  return found;
}

/** The entity that a text begins with, little words aside; none where it begins with something else. */
export function startOf(text: string, subjects: readonly Entity[]): string[] {
  const words = text.split(/\s+/);
  const at = words.findIndex((word) => !small.test(word));
  const match = entityAt(words.slice(Math.max(0, at)), subjects);
  return match === undefined ? [] : [match.entity.name];
}

/** The entity whose name these words begin with, and what stands behind it. */
function entityAt(words: readonly string[], subjects: readonly Entity[]): { entity: Entity; rest: string } | undefined {
  const text = words.join(' ');
  const forms = subjects.flatMap((entity) => {
    const labels = [entity.label, entity.pluralLabel].map((label) => label.toLowerCase());
    const heads = labels.map((label) => label.slice(label.lastIndexOf(' ') + 1));
    return [...labels, ...heads].map((form) => ({ form, entity }));
  });
  const match = forms
    .filter(({ form }) => text.startsWith(form) && !/^[\w'’-]/.test(text.slice(form.length)))
    .sort((a, b) => b.form.length - a.form.length)[0];
  return match === undefined ? undefined : { entity: match.entity, rest: text.slice(match.form.length) };
}

function pascal(word: string): string {
  const letters = word.replace(/[^a-z0-9]/g, '').replace(/^\d+/, '');
  return letters.charAt(0).toUpperCase() + letters.slice(1);
}
