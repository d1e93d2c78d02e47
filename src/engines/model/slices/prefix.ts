import type { SliceWork } from '../../../core/ports.ts';
import type { ModelSession } from '../session.ts';
import { conventions } from './conventions.ts';
import { exampleSlice } from './example-slice.ts';
import { quoteProject } from './project-files.ts';

/** The most the prefix may have, in tokens. More would cost more than it helps: a slice touches a small part of a project. */
const maxPrefixTokens = 25_000;
/** The part of what a model can read at once that the prefix may take: task and quoted files need the rest. */
const shareOfInput = 0.5;

/**
 * What every request for a slice of a project begins with, byte for byte the same, so that the provider reads it from its cache: how slices are written, the
 * parts of the project they build on, and one complete slice.
 */
export function slicePrefix(
  { base, blueprint }: SliceWork,
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
    entities: `# This application\nIts entities: ${blueprint.entities.map(({ name }) => name).join(', ') || 'none'}. It has the following files, among others.\n`,
    example: `# An example\nThe feature "Sign up for the newsletter", with the slug newsletter, of another application of this kind:\n\n${example}`,
  };
  const limit = Math.min(maxPrefixTokens, port.limits.inputTokens * shareOfInput);
  let used = Object.values(parts).reduce((sum, part) => sum + port.estimateTokens(part), 0);
  const project = quoteProject(base.files, (text) => {
    const tokens = port.estimateTokens(text);
    if (used + tokens > limit) return false;
    used += tokens;
    return true;
  });
  return [parts.conventions, parts.entities, project, '', parts.example].join('\n');
}
