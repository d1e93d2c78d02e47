import type { ProjectRequest } from '../core/request.ts';
import type { EvidenceCollector } from './collector.ts';
import { readStatement } from './reading.ts';
import { splitStatements } from './sentences.ts';
import type { Tagger } from './tagger.ts';

/** Name and description speak for requirements that say no more than "build a simple app". */

/** Descriptions are short; of a long one the beginning says what it is about. UTF-16 units. */
const maxLength = 2000;

/** Adds what name and description say. Their statements are numbered from `offset`: they have no place in the requirements. */
export function noteIntroduction(
  collector: EvidenceCollector,
  { projectName, description }: ProjectRequest,
  tagger: Tagger,
  offset: number,
): void {
  const statements = [projectName, description].flatMap((text) => splitStatements(text.slice(0, maxLength)));
  for (const [index, statement] of statements.entries()) {
    const read = readStatement({ ...statement, under: undefined }, tagger);
    collector.add(read, offset + index, [read], false);
  }
}

/** The same items without the statements that are not in the requirements. */
export function withPlaces<Item extends { readonly sentences: readonly number[] }>(
  items: readonly Item[],
  count: number,
): Item[] {
  return items.map((item) => ({ ...item, sentences: item.sentences.filter((index) => index < count) }));
}
