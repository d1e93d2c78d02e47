import type { Blueprint, Page } from '../core/blueprint.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { EntityDraft } from './entity-draft.ts';
import { columnName, viewField } from './field-view.ts';
import {
  camel,
  fieldNameSpace,
  filterParameter,
  isDeviceName,
  isReservedType,
  kebab,
  lowerLabel,
  NameSpace,
  snake,
} from './names.ts';
import { linkRelations } from './relation-view.ts';
import { seedEntities } from './seed-records.ts';
import { viewTheme } from './theme-view.ts';
import type { EntityView, FeatureView, FieldView, FilterView, PageView, ProjectView } from './view-model.ts';

/** Derives everything that templates say from blueprint and request. Pure. */
export function viewProject(blueprint: Blueprint, request: ProjectRequest): ProjectView {
  const entities = viewEntities(blueprint);
  const { joinTables, byDependency } = linkRelations(entities);
  for (const entity of entities) {
    entity.filters.push(...viewFilters(entity));
    entity.sortable.push(...sortKeys(entity));
  }
  seedEntities(byDependency);
  const byName = new Map(entities.map((entity) => [entity.name, entity]));
  const find = (name: string | undefined) => (name === undefined ? undefined : byName.get(name));
  const pages = blueprint.pages.map((page) => viewPage(page, find(page.entity)));
  const features = viewFeatures(blueprint, find);
  return {
    name: blueprint.name,
    description: blueprint.description,
    requirements: request.requirements,
    request,
    slug: blueprint.slug,
    packageName: dependencyNames.has(blueprint.slug) ? `${blueprint.slug}-app` : blueprint.slug,
    databaseName: databaseName(blueprint.slug),
    hasDatabase: entities.length > 0,
    entities,
    entitiesByDependency: byDependency,
    joinTables,
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
    uncovered: blueprint.coverage
      .filter((sentence) => sentence.note !== undefined || sentence.coveredBy.length === 0)
      .map((sentence) => ({ text: sentence.text, note: sentence.note ?? 'Takoss found nothing in it to build.' })),
    theme: viewTheme(blueprint.theme),
    blueprint,
  };
}

/** npm refuses to install a package into one of its own name. */
const dependencyNames = new Set(
  'hono zod drizzle-orm drizzle-kit pg react react-dom react-router vite vitest tailwindcss typescript happy-dom tsx node_modules favicon'.split(
    ' ',
  ),
);

function databaseName(slug: string): string {
  const name = slug.replaceAll('-', '_').slice(0, 50);
  return ['postgres', 'template0', 'template1', 'app'].includes(name) ? `${name}_db` : name;
}

/** Names that the modules with the Drizzle tables import or declare beside them. */
const schemaNames = [
  'boolean',
  'date',
  'doublePrecision',
  'index',
  'integer',
  'numeric',
  'pgTable',
  'primaryKey',
  'text',
  'time',
  'timestamp',
  'timestamps',
  'id',
  'schema',
  'db',
  'app',
  'sql',
  'eq',
  'and',
  'or',
  'asc',
  'desc',
  'inArray',
  'ilike',
  'arguments',
  'exists',
  'count',
  'z',
  'router',
  'resource',
  'columns',
  'relations',
  'options',
  'labels',
  'references',
  'seeds',
  'records',
  'alias',
  'getTableColumns',
  'contains',
  'equals',
  'fieldFinder',
  'labelOf',
  'ordered',
  'groupLinks',
  'choiceFilter',
  'flagFilter',
  'idFilter',
  'textFilter',
  'listQuery',
  'querySchema',
  'dateTime',
  'clockTime',
  'allTables',
  'rows',
  'where',
  'total',
  'values',
  'input',
  'changes',
  'item',
  'row',
  'tx',
  'query',
  'select',
  'ids',
  'links',
];

/** The last part of addresses below `/api` that are taken. */
const apiNames = ['docs', 'openapi'];

function viewEntities(blueprint: Blueprint): EntityDraft[] {
  const types = new NameSpace();
  const variables = new NameSpace();
  const tables = new NameSpace(['drizzle', 'migrations']);
  const constants = new NameSpace(schemaNames);
  const paths = new NameSpace(apiNames);
  const files = new NameSpace();
  const drafts: EntityDraft[] = [];
  for (const entity of blueprint.entities) {
    const isReserved = isReservedType(entity.name);
    const fileName = isDeviceName(entity.name) ? `${entity.name}Record` : entity.name;
    const pascal = types.claim(isReserved ? `${entity.name}Record` : entity.name);
    const pascalPlural = types.claim(
      isReserved || isReservedType(entity.plural) ? `${entity.name}Records` : entity.plural,
    );
    const camelName = variables.claim(camel(pascal), 'Record');
    const camelPlural = variables.claim(camel(pascalPlural), 'Records');
    const names = { pascal, camel: camelName, titleField: entity.titleField };
    const fieldNames = fieldNameSpace();
    const columns = new NameSpace(['id', 'created_at', 'updated_at']);
    const fields = entity.fields.map((field) =>
      viewField(field, names, {
        name: fieldNames.claim(field.name, 'Value'),
        column: columns.claim(columnName(field.name), '_value'),
      }),
    );
    const titleField = titleOf(fields);
    const kebabPlural = files.claim(kebab(isDeviceName(entity.plural) ? `${entity.plural}Records` : entity.plural));
    const page = (kind: Page['kind'], fallback: string) =>
      blueprint.pages.find((candidate) => candidate.entity === entity.name && candidate.kind === kind)?.path ??
      fallback;
    const list = page('list', `/${kebabPlural}`);
    drafts.push({
      source: entity,
      names: fieldNames,
      columns,
      name: entity.name,
      pascal,
      pascalPlural,
      camel: camelName,
      camelPlural,
      kebab: files.claim(kebab(fileName)),
      kebabPlural,
      table: tables.claim(snake(entity.plural).slice(0, 40)),
      tableConst: constants.claim(camelPlural, 'Table'),
      label: entity.label,
      pluralLabel: entity.pluralLabel,
      labelLower: lowerLabel(entity.label),
      pluralLabelLower: lowerLabel(entity.pluralLabel),
      description: entity.description,
      apiPath: `/api/${paths.claim(kebabPlural, '-records')}`,
      paths: {
        list,
        detail: page('detail', `${list}/:id`),
        create: page('create', `${list}/new`),
        edit: page('edit', `${list}/:id/edit`),
      },
      fields,
      titleField,
      relations: [],
      toOne: [],
      toMany: [],
      inverses: [],
      searchable: searchable(fields, titleField),
      sortable: [],
      filters: [],
      seeds: [],
      sample: {},
    });
  }
  return drafts;
}

function titleOf(fields: readonly FieldView[]): FieldView {
  const field = fields.find((candidate) => candidate.isTitle) ?? fields[0];
  if (field === undefined) throw new Error('An entity without fields is not a blueprint.');
  return field;
}

function searchable(fields: readonly FieldView[], titleField: FieldView): FieldView[] {
  const texts = fields.filter((field) => ['string', 'text', 'email', 'phone', 'url'].includes(field.type));
  return texts.length > 0 || titleField.baseType !== 'string' ? texts : fields.filter((field) => field.type === 'enum');
}

function sortKeys(entity: EntityDraft): string[] {
  return ['id', ...entity.fields.map((field) => field.name), 'createdAt', 'updatedAt'];
}

function viewFilters(entity: EntityDraft): FilterView[] {
  const fields = entity.fields.flatMap((field): FilterView[] => {
    const kind = field.type === 'enum' ? 'enum' : field.type === 'boolean' ? 'boolean' : 'text';
    const isExact = kind !== 'text' || ['string', 'email', 'phone'].includes(field.type);
    return isExact
      ? [{ param: filterParameter(field.name), label: field.label, kind, field, relation: undefined }]
      : [];
  });
  const relations = entity.relations.map(
    (relation): FilterView => ({
      param: relation.filterParam,
      label: relation.label,
      kind: 'relation',
      field: undefined,
      relation,
    }),
  );
  return [...fields, ...relations];
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
    sentences: feature.sentences.flatMap((index) => blueprint.coverage[index]?.text ?? []),
  }));
}
