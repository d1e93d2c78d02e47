import { untoldAccess } from '../core/access-notes.ts';
import type { Blueprint, Page } from '../core/blueprint.ts';
import { splitCoverage } from '../core/coverage-parts.ts';
import { sentencesOf } from '../core/phrases.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { Slice } from '../core/slices.ts';
import type { EntityView, FeatureView, PageView, ProjectView } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import { sortKeys, viewEntities, viewFilters } from './entity-views.ts';
import { nameByLinks } from './record-names.ts';
import { linkRelations } from './relation-view.ts';
import { seedEntities } from './seed-records.ts';
import { viewSlices } from './slice-view.ts';
import { viewTheme } from './theme-view.ts';

/** Derives everything that templates say from blueprint, request and slices. Pure. */
export function viewProject(
  blueprint: Blueprint,
  request: ProjectRequest,
  fieldTypes: FieldTypes,
  accepted: readonly Slice[] = [],
): ProjectView {
  const entities = viewEntities(blueprint.entities, blueprint.pages, fieldTypes);
  const { joinTables, byDependency } = linkRelations(entities);
  nameByLinks(byDependency);
  for (const entity of entities) {
    entity.filters.push(...viewFilters(entity));
    entity.sortable.push(...sortKeys(entity));
  }
  seedEntities(byDependency, fieldTypes);
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const find = (name: string | undefined) => (name === undefined ? undefined : byName.get(name));
  const pages = blueprint.pages.map((page) => viewPage(page, find(page.entity)));
  const features = viewFeatures(blueprint, find);
  const slices = viewSlices(accepted, entities, joinTables, fieldTypes);
  return {
    name: blueprint.name,
    description: blueprint.description,
    requirements: request.requirements,
    request,
    slug: blueprint.slug,
    packageName: dependencyNames.has(blueprint.slug) ? `${blueprint.slug}-app` : blueprint.slug,
    databaseName: databaseName(blueprint.slug),
    hasDatabase: entities.length > 0 || slices.some((slice) => slice.tables.length > 0),
    hasRecords: entities.length > 0,
    hasPictures: [...entities, ...slices.flatMap(({ tables }) => tables)].some(({ fields }) =>
      fields.some(({ isPicture }) => isPicture),
    ),
    entities,
    entitiesByDependency: byDependency,
    joinTables,
    slices,
    packages: { ...packagesOf(accepted), ...fieldPackages(entities, fieldTypes) },
    pages,
    home: pages.find((page) => page.kind === 'home') ?? {
      id: 'home',
      title: 'Home',
      path: '/',
      kind: 'home',
      entity: undefined,
      text: [],
    },
    contentPages: pages.filter((page) => page.kind === 'content'),
    actors: blueprint.actors.map(({ id, name }) => ({ id, name })),
    features,
    builtFeatures: features.filter((feature) => feature.built),
    unbuiltFeatures: features.filter((feature) => !feature.built),
    coverage: splitCoverage(blueprint),
    uncheckedAccess: untoldAccess(blueprint.entities, blueprint.phrases),
    theme: viewTheme(blueprint.theme),
    blueprint,
  };
}

function packagesOf(slices: readonly Slice[]): Record<string, string> {
  const needed = slices.flatMap((slice) => Object.entries(slice.packages));
  return Object.fromEntries(needed.filter(([name]) => !dependencyNames.has(name)).sort());
}

/** Versions of what field types need. */
const fieldPackageVersions: Readonly<Record<string, string>> = { 'react-markdown': '10.1.0' };

/** What the screens of fields need besides the stack. */
function fieldPackages(entities: readonly EntityView[], fieldTypes: FieldTypes): Record<string, string> {
  const used = new Set(entities.flatMap(({ fields }) => fields.map(({ type }) => type)));
  const names = [...used].flatMap((type) => fieldTypes.get(type).build.packages ?? []);
  return Object.fromEntries(names.map((name) => [name, versionOf(name)]));
}

function versionOf(name: string): string {
  const version = fieldPackageVersions[name];
  if (version === undefined) throw new Error(`No version is listed for ${name}, which a type of field needs.`);
  return version;
}

/** npm refuses to install a package into one of its own name. */
const dependencyNames = new Set(
  [
    'hono zod drizzle-orm drizzle-kit pg react react-dom react-router vite vitest tailwindcss typescript happy-dom tsx node_modules favicon',
    '@biomejs/biome @electric-sql/pglite @hono/node-server @hono/zod-openapi @tailwindcss/vite @testing-library/dom @testing-library/react',
    '@types/node @types/pg @types/react @types/react-dom @vitejs/plugin-react',
  ].flatMap((line) => line.split(' ')),
);

function databaseName(slug: string): string {
  const name = slug.replaceAll('-', '_').slice(0, 50);
  return ['postgres', 'template0', 'template1', 'app'].includes(name) ? `${name}_db` : name;
}

function viewPage(page: Page, entity: EntityView | undefined): PageView {
  return { id: page.id, title: page.title, path: page.path, kind: page.kind, entity, text: page.text ?? [] };
}

function viewFeatures(blueprint: Blueprint, find: (name: string | undefined) => EntityView | undefined): FeatureView[] {
  const actors = new Map(blueprint.actors.map((actor) => [actor.id, actor.name]));
  return blueprint.features.map((feature) => ({
    id: feature.id,
    title: feature.title,
    kind: feature.kind,
    entity: find(feature.entity),
    actor: feature.actor === undefined ? undefined : actors.get(feature.actor),
    built: feature.built,
    sentences: sentencesOf(feature.origin, blueprint),
  }));
}
