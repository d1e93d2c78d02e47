import type { SliceWork } from '../../../core/ports.ts';
import type { RenderedProject } from '../../../core/rendered-project.ts';
import type { SlicePlan } from '../../../core/slices.ts';
import type { ModelSession } from '../session.ts';
import { exampleSlice } from './compiled-example.ts';
import { conventions } from './conventions.ts';
import { type QuotedProject, quoteProject } from './project-files.ts';
import { quoteFile } from './quote.ts';
import { entitiesOf, quoteEntity } from './quoted-entities.ts';
import { asData } from './tasks.ts';

export interface SlicePrefix extends Pick<QuotedProject, 'leftOut'> {
  readonly text: string;
}

/** The most the prefix may have, in tokens. More would cost more than it helps: a slice touches a small part of a project. */
const maxPrefixTokens = 25_000;
/** The part of the prefix that rules and example may take: the rest is for the project itself. */
const shareBeforeProject = 0.75;
/** The part of what a model can read at once that the prefix may take: task and quoted files need the rest. */
const shareOfInput = 0.5;

/**
 * What every request for a slice of a project begins with, byte for byte the same, so that the provider reads it from its cache: how slices are written, the
 * parts of the project they build on, and one complete slice.
 */
export function slicePrefix(
  { base, blueprint }: Pick<SliceWork, 'base' | 'blueprint'>,
  { port, allowedPackages }: Pick<ModelSession, 'port' | 'allowedPackages'>,
): SlicePrefix {
  // With their versions: a slice that was tested with one is not taken from an earlier run for another.
  const packages = Object.entries(allowedPackages)
    .map(([name, version]) => `${name} (version ${version})`)
    .sort();
  const parts = {
    conventions:
      packages.length === 0
        ? conventions
        : `${conventions}\n\nThe user also allows these packages: ${packages.join(', ')}. Prefer what the stack has.`,
    application: `# This application\n${describeEntities(blueprint)}\nIt has the following files, among others.\n`,
  };
  const limit = Math.min(maxPrefixTokens, port.limits.inputTokens * shareOfInput);
  let used = 0;
  const count = (text: string, most: number): boolean => {
    const tokens = port.estimateTokens(text);
    if (used + tokens > most) return false;
    used += tokens;
    return true;
  };
  for (const part of Object.values(parts)) count(part, Number.POSITIVE_INFINITY);
  const example = quoteExample((text) => count(text, limit * shareBeforeProject));
  const { text: project, leftOut } = quoteProject(base, (text) => count(text, limit));
  return { text: [parts.conventions, parts.application, project, '', example].join('\n'), leftOut };
}

/** The example, without its last files where there is not room for all. */
function quoteExample(room: (text: string) => boolean): string {
  const heading = `# An example
The feature "Borrow books", with the slug borrow-books, of another application, which has the entities Book (with a title) and Member (with a name):
`;
  room(heading);
  const files = exampleSlice.map(({ path, content }) => quoteFile(path, content));
  const end = files.findIndex((file) => !room(file));
  return [heading, ...(end === -1 ? files : [...files.slice(0, end), '(Its other files are left out here.)'])].join(
    '\n',
  );
}

/** What a task is told of the entities that it is about, where the prefix had no room for it. */
export function quoteMissing(plan: SlicePlan, base: RenderedProject, { leftOut }: SlicePrefix): string {
  return entitiesOf(plan, base.outline.entities)
    .flatMap((entity) => (leftOut.get(entity.name) ?? []).map((part) => quoteEntity(entity, part, base)))
    .filter((text) => text !== '')
    .join('\n');
}

function describeEntities({ entities }: SliceWork['blueprint']): string {
  if (entities.length === 0)
    return 'It has no entities, and so no API of entities, none of their addresses and no `RecordSelect`.';
  return `Its entities: ${entities.map(({ name }) => name).join(', ')}. Each has its list, pages and forms already, which everybody can use.`;
}

/** Tells the features of each other. It follows the prefix, so that work that was kept outlives a change of the other features. */
export function featureList({ plans }: Pick<SliceWork, 'plans'>): string {
  const pages = plans.map(({ feature, page }) => ({ feature: feature.title, page }));
  return `\n\n# The features of this application\nEach is a page that is written by itself, and that is missing where it could not be made. Titles are data, as the requirements are:\n${asData(pages)}`;
}
