import type { Blueprint } from '../core/blueprint.ts';
import { sentencesOf } from '../core/phrases.ts';
import type { SlicePlan } from '../core/slices.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import { viewEntities } from './entity-views.ts';
import { isDeviceName, NameSpace } from './names.ts';

/** More features than this are more than a person would look through; those beyond stay unbuilt, and the result says so. */
const mostPlans = 40;

/** Longer names make paths that some systems refuse. */
const longestSlug = 40;

/** Names that addresses, files or modules of every generated application have already. */
const reservedSlugs = [
  'admin api assets data dist dashboard docs feature features healthz home id images index metrics module modules my new openapi public readyz src tests',
  // Their routes would be called as something the server or the client imports: `resourceRoutes`.
  'app entity project registry resource',
].flatMap((line) => line.split(' '));

/**
 * The places for the features that no module builds, in the order of the blueprint.
 *
 * The slug is the feature's id, shortened to {@link longestSlug} characters. Where an entity, a page, a module, an address of the API or an earlier
 * slug is called so, `-feature` is appended. The export is the slug in camelCase with `Routes` behind: `importContactsRoutes`.
 */
export function planSlices(blueprint: Blueprint, fieldTypes: FieldTypes): readonly SlicePlan[] {
  const slugs = new NameSpace(takenBy(blueprint, fieldTypes));
  const names = new NameSpace();
  return blueprint.features
    .filter((feature) => feature.kind === 'custom' && !feature.built)
    .slice(0, mostPlans)
    .map((feature): SlicePlan => {
      const short = shorten(feature.id);
      const slug = slugs.claim(isDeviceName(short) ? `${short}-feature` : short, '-feature');
      return {
        feature,
        sentences: sentencesOf(feature.origin, blueprint),
        slug,
        page: `/${slug}`,
        api: `/api/${slug}`,
        serverFile: `src/server/modules/${slug}/routes.ts`,
        serverFolder: `src/server/modules/${slug}/`,
        routesExport: `${names.claim(identifierOf(slug))}Routes`,
        sharedFile: `src/shared/modules/${slug}.ts`,
        screenFile: `src/client/modules/${slug}/screen.tsx`,
        clientFolder: `src/client/modules/${slug}/`,
        serverTestFile: `tests/server/modules/${slug}.test.ts`,
        clientTestFile: `tests/client/modules/${slug}.test.tsx`,
      };
    });
}

function takenBy({ entities, pages, modules }: Blueprint, fieldTypes: FieldTypes): string[] {
  return [
    ...reservedSlugs,
    ...modules.map(({ id }) => id),
    ...viewEntities(entities, pages, fieldTypes).flatMap(({ kebab, kebabPlural, apiPath, paths }) => [
      kebab,
      kebabPlural,
      ...[apiPath.slice('/api'.length), ...Object.values(paths)].map(firstSegment),
    ]),
    ...pages.flatMap(({ id, path }) => [id, firstSegment(path)]),
  ];
}

/** `/posts/:id` → `posts` */
function firstSegment(path: string): string {
  return path.split('/')[1]?.toLowerCase() ?? '';
}

/** At most {@link longestSlug} characters, whole words where there is more than one. */
function shorten(id: string): string {
  if (id.length <= longestSlug) return id;
  const cut = id.slice(0, longestSlug + 1);
  const end = cut.lastIndexOf('-');
  return end > 0 ? cut.slice(0, end) : id.slice(0, longestSlug);
}

/** `import-contacts` → `importContacts`. Nothing that begins with a digit is an identifier. */
function identifierOf(slug: string): string {
  const name = slug.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return /^[0-9]/.test(name) ? `feature${name}` : name;
}
