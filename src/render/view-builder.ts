import { untoldAccess } from '../core/access-notes.ts';
import type { Blueprint, Page } from '../core/blueprint.ts';
import type { Contribution } from '../core/contribution.ts';
import { splitCoverage } from '../core/coverage-parts.ts';
import { sentencesOf } from '../core/phrases.ts';
import type { ProjectRequest } from '../core/request.ts';

import { manifestOf, packageNames, splitExtras } from '../emit/packages.ts';
import type { EntityView, FeatureView, PageView, ProjectView } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import { sortKeys, viewEntities, viewFilters } from './entity-views.ts';
import { slotsOf, viewModules } from './module-view.ts';
import { nameByLinks } from './record-names.ts';
import { linkRelations } from './relation-view.ts';
import { seedEntities } from './seed-records.ts';
import { viewTheme } from './theme-view.ts';

/** Derives everything that templates say from blueprint, request and contributions. Pure. */
export function viewProject(
  blueprint: Blueprint,
  request: ProjectRequest,
  fieldTypes: FieldTypes,
  contributions: readonly Contribution[] = [],
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
  const modules = viewModules(contributions, entities, joinTables, fieldTypes);
  const hasDatabase = entities.length > 0 || modules.some(({ tables }) => tables.length > 0);
  return {
    name: blueprint.name,
    description: blueprint.description,
    requirements: request.requirements,
    request,
    slug: blueprint.slug,
    packageName: takenNames.has(blueprint.slug) ? `${blueprint.slug}-app` : blueprint.slug,
    databaseName: databaseName(blueprint.slug),
    hasDatabase,
    hasRecords: entities.length > 0,
    hasPictures: [...entities, ...modules.flatMap(({ tables }) => tables)].some(({ fields }) =>
      fields.some(({ isPicture }) => isPicture),
    ),
    entities,
    entitiesByDependency: byDependency,
    joinTables,
    modules,
    slots: slotsOf(contributions),
    environment: contributions.flatMap(({ environment }) => environment),
    ...packagesOf(hasDatabase, contributions, fieldPackages(entities, fieldTypes)),
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

/** What package.json asks for: as listed, and what contributions need besides. */
function packagesOf(
  hasDatabase: boolean,
  contributions: readonly Contribution[],
  ofFields: readonly string[],
): Pick<ProjectView, 'manifest' | 'packages'> {
  const asked = [...packageNames('base', ...(hasDatabase ? (['database'] as const) : [])), ...ofFields];
  const extras = Object.fromEntries(contributions.flatMap(({ packages }) => Object.entries(packages)));
  const { listed, unlocked } = splitExtras(extras, asked);
  return { manifest: manifestOf([...asked, ...listed]), packages: unlocked };
}

/** What the screens of fields need besides the stack. */
function fieldPackages(entities: readonly EntityView[], fieldTypes: FieldTypes): string[] {
  const used = new Set(entities.flatMap(({ fields }) => fields.map(({ type }) => type)));
  return [...new Set([...used].flatMap((type) => fieldTypes.get(type).build.packages ?? []))];
}

/** npm refuses to install a package into one of its own name, and two names that mean something to it. */
const takenNames = new Set([...packageNames(), 'node_modules', 'favicon']);

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
