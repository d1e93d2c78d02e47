import type { ProjectRequest } from '../core/request.ts';
import type { ReadStatement } from './reading.ts';

/** Sites that tell and do not keep: for them, "show" and "display" are no reason to store anything. */
const telling =
  /\b(?:portfolio|brochure|landing page|personal (?:web ?)?site|personal page|one-page|single-page site|company (?:web ?)?site|corporate (?:web ?)?site|business card|biography|resume site|static (?:web)?site|web ?page)\b/i;
/** What works on what is typed in, and keeps nothing of it. */
const tools =
  /\b(?:calculator|converter|stopwatch|timer|clock|game|puzzle|quiz game|2048|tetris|snake|chess|calculations?|calculating)\b/i;
/** "It does not have to store anything." */
export const storesNothing =
  /(?:\bnot|n't) (?:need to |have to )?(?:store|save|keep) (?:anything|any data|data)\b|\b(?:stores?|saves?|keeps?|storing|saving) nothing\b|\bnothing (?:is|has to be|needs to be|will be|should be|must be) (?:stored|saved|kept)\b|\b(?:no|without an?) (?:database|data storage)\b/i;

function opening(request: ProjectRequest, statements: readonly ReadStatement[]): string {
  const bodies = statements
    .filter(({ kind }) => kind !== 'code')
    .slice(0, 2)
    .map(({ body }) => body);
  return [request.projectName, ...bodies].join('\n');
}

/** Whether the text describes something that keeps no records. */
export function isStaticSite(request: ProjectRequest, statements: readonly ReadStatement[]): boolean {
  return tools.test(opening(request, statements)) || tellsOnly(request, statements);
}

/** Whether it is a site whose pages tell something, rather than a tool. */
export function tellsOnly(request: ProjectRequest, statements: readonly ReadStatement[]): boolean {
  const text = opening(request, statements);
  return telling.test(text) || (!tools.test(text) && statements.some(({ body }) => storesNothing.test(body)));
}

/** Whether a description is of something that keeps no records: "an arcade game". */
export function namesStatic(text: string): boolean {
  return telling.test(text) || tools.test(text) || storesNothing.test(text);
}
