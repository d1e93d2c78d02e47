import type { Entity, Page } from '../core/blueprint.ts';
import type { FieldView, FilterView } from '../emit/project-view.ts';
import type { FieldTypes } from '../field-types/contract.ts';
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
import { schemaNames } from './schema-names.ts';

/** The last part of addresses below `/api` that are taken. */
export const apiNames = ['docs', 'openapi'];

/** What tables are called, as far as it has been given out. */
export interface TableNames {
  /** In the database. */
  readonly tables: NameSpace;
  /** In code. */
  readonly constants: NameSpace;
}

/** The names that no table may have. */
export function tableNames(): TableNames {
  return { tables: new NameSpace(['drizzle', 'migrations']), constants: new NameSpace(schemaNames) };
}

/** The entities of a blueprint, or the tables of a slice, which have no modules of their own; not yet linked to each other. */
export function viewEntities(
  entities: readonly Entity[],
  pages: readonly Page[],
  fieldTypes: FieldTypes,
  { tables, constants }: TableNames = tableNames(),
  options: { readonly hasModules: boolean } = { hasModules: true },
): EntityDraft[] {
  const types = new NameSpace();
  const variables = new NameSpace();
  const paths = new NameSpace(apiNames);
  const files = new NameSpace();
  const drafts: EntityDraft[] = [];
  for (const entity of entities) {
    const isReserved = isReservedType(entity.name);
    const fileName = isDeviceName(entity.name) ? `${entity.name}Record` : entity.name;
    const pascal = types.claim(isReserved ? `${entity.name}Record` : entity.name);
    const pascalPlural = types.claim(
      isReserved || isReservedType(entity.plural) ? `${entity.name}Records` : entity.plural,
    );
    const camelName = variables.claim(camel(pascal), 'Record');
    const camelPlural = variables.claim(camel(pascalPlural), 'Records');
    const kebabPlural = files.claim(kebab(isDeviceName(entity.plural) ? `${entity.plural}Records` : entity.plural));
    const kebabName = files.claim(kebab(fileName));
    const module = options.hasModules ? `src/shared/${kebabName}.ts` : undefined;
    const owner = { pascal, camel: camelName, titleField: entity.titleField, module };
    const fieldNames = fieldNameSpace();
    const columns = new NameSpace(['id', 'created_at', 'updated_at']);
    const fields = entity.fields.map((field) =>
      viewField(
        field,
        owner,
        {
          name: fieldNames.claim(field.name, 'Value'),
          column: columns.claim(columnName(field.name), '_value'),
        },
        fieldTypes,
      ),
    );
    const titleField = fields.find(({ isTitle }) => isTitle);
    const page = (kind: Page['kind'], fallback: string) =>
      pages.find((candidate) => candidate.entity === entity.name && candidate.kind === kind)?.path ?? fallback;
    const list = page('list', `/${kebabPlural}`);
    drafts.push({
      source: entity,
      names: fieldNames,
      columns,
      id: entity.id,
      name: entity.name,
      pascal,
      pascalPlural,
      camel: camelName,
      camelPlural,
      kebab: kebabName,
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
      titleLinks: [],
      relations: [],
      toOne: [],
      toMany: [],
      oneOf: [],
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

function searchable(fields: readonly FieldView[], titleField: FieldView | undefined): FieldView[] {
  const texts = fields.filter(({ isSearched }) => isSearched);
  return texts.length > 0 || titleField?.baseType !== 'string'
    ? texts
    : fields.filter(({ filter }) => filter === 'choice');
}

export function sortKeys(entity: EntityDraft): string[] {
  const own = entity.fields.filter(({ sorts }) => sorts).map(({ name }) => name);
  return ['id', ...own, 'createdAt', 'updatedAt'];
}

export function viewFilters(entity: EntityDraft): FilterView[] {
  const fields = entity.fields.flatMap((field): FilterView[] => {
    const { filter: kind, name, label } = field;
    return kind === 'none' ? [] : [{ param: filterParameter(name), label, kind, field, relation: undefined }];
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
