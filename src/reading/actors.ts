import type { Actor } from '../core/blueprint-draft.ts';
import type { Evidence } from './evidence.ts';
import { IdNamer } from './names.ts';
import { sentenceCase } from './words.ts';

export const maxActors = 20;

/** The people the text speaks of, most spoken of first where there are too many, in the order of the text. */
export function planActors(evidence: Evidence): Actor[] {
  const ids = new IdNamer();
  const all = [...evidence.actors.values()];
  const kept = new Set(all.toSorted((a, b) => b.statements.size - a.statements.size).slice(0, maxActors));
  return all
    .filter((actor) => kept.has(actor))
    .map(({ words, statements }) => {
      const plain = words.map((word) => word.replace(/[^\p{L}\p{N}-]/gu, '')).filter((word) => word !== '');
      const ascii = plain
        .map((word) =>
          word
            .normalize('NFKD')
            .replace(/[^a-z0-9]/gi, '')
            .toLowerCase(),
        )
        .filter((word) => word !== '');
      return {
        id: ids.next(ascii, 'actor'),
        name: sentenceCase(plain.length > 0 ? plain : ['actor']),
        sentences: [...statements].sort((a, b) => a - b),
      };
    });
}
