import type { SliceWork } from '../../../core/ports.ts';
import type { ModelSession } from '../session.ts';
import { conventions } from './conventions.ts';
import { exampleSlice } from './example-slice.ts';
import { quoteProject } from './project-files.ts';
import { asData } from './tasks.ts';

/** The most the prefix may have, in tokens. More would cost more than it helps: a slice touches a small part of a project. */
const maxPrefixTokens = 25_000;
/** The part of what a model can read at once that the prefix may take: task and quoted files need the rest. */
const shareOfInput = 0.5;

/**
 * What every request for a slice of a project begins with, byte for byte the same, so that the provider reads it from its cache: how slices are written, the
 * parts of the project they build on, and one complete slice.
 */
export function slicePrefix(
  { base, blueprint }: Pick<SliceWork, 'base' | 'blueprint'>,
  { port, allowedPackages }: Pick<ModelSession, 'port' | 'allowedPackages'>,
): string {
  const example = exampleSlice.map(({ path, content }) => `<file path="${path}">\n${content}</file>`).join('\n');
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
    example: `# An example\nThe feature "Borrow books", with the slug borrow-books, of another application, which has the entities Book (with a title) and Member (with a name):\n\n${example}`,
  };
  const limit = Math.min(maxPrefixTokens, port.limits.inputTokens * shareOfInput);
  let used = Object.values(parts).reduce((sum, part) => sum + port.estimateTokens(part), 0);
  const project = quoteProject(base.files, (text) => {
    const tokens = port.estimateTokens(text);
    if (used + tokens > limit) return false;
    used += tokens;
    return true;
  });
  return [parts.conventions, parts.application, project, '', parts.example].join('\n');
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
