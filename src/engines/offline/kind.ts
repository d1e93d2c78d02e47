import type { ProjectRequest } from '../../core/request.ts';
import type { ReadStatement } from './reading.ts';

/** Sites that tell and do not keep: for them, "show" and "display" are no reason to store anything. */
const staticKinds =
  /\b(?:portfolio|brochure|landing page|personal (?:web ?)?site|personal page|one-page|single-page site|company (?:web ?)?site|corporate (?:web ?)?site|business card|biography|resume site|static (?:web)?site|web ?page|calculator|converter|stopwatch|timer|clock|game|puzzle|quiz game|2048|tetris|snake|chess|calculations?|calculating)\b/i;

export function isStaticSite(request: ProjectRequest, statements: readonly ReadStatement[]): boolean {
  const opening = statements
    .filter(({ kind }) => kind !== 'code')
    .slice(0, 2)
    .map(({ body }) => body);
  return staticKinds.test([request.projectName, ...opening].join('\n'));
}
