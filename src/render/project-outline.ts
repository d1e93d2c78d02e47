import type { EntityOutline, FileOutline, ProjectOutline } from '../core/project-outline.ts';
import type { EntityView, ProjectView } from '../emit/project-view.ts';
import { pascalOf } from './names.ts';
import { joinTableCode, tableCode } from './schema-code.ts';

/** The colours that `src/client/styles/theme.css` declares, in its order. */
const colours = [
  ...[
    'black',
    'transparent',
    'page',
    'ink',
    'muted',
    'link',
    'surface',
    'subtle',
    'line',
    'edge',
    'accent',
    'accent-hover',
  ],
  ...['accent-edge', 'on-accent', 'tint', 'on-tint', 'danger', 'danger-tint', 'danger-solid', 'on-danger'],
];

/** What a project offers, by its view and by what its files told of themselves. */
export function outlineProject(project: ProjectView, files: ReadonlyMap<string, FileOutline>): ProjectOutline {
  const { dependencies, devDependencies } = project.manifest;
  return {
    files,
    entities: project.entities.map((entity) => outlineEntity(entity, project)),
    moduleTables: project.modules
      .filter(({ feature, tables }) => feature === undefined && tables.length > 0)
      .map(({ title, id, tables, joinTables }) => ({
        module: title,
        file: `src/server/modules/${id}/tables.ts`,
        tables: [...tables.map(tableCode), ...joinTables.map(joinTableCode)],
      })),
    colours,
    packages: Object.keys({ ...dependencies, ...project.packages, ...devDependencies }),
  };
}

function outlineEntity(entity: EntityView, { joinTables }: ProjectView): EntityOutline {
  const neighbours = [
    ...entity.relations.map(({ target }) => target.name),
    ...entity.inverses.map(({ source }) => source.name),
  ];
  const links = joinTables.filter(({ source }) => source.name === entity.name);
  return {
    id: entity.id,
    name: entity.name,
    kebab: entity.kebab,
    key: entity.camel,
    api: entity.apiPath,
    sort: entity.sortable,
    filters: entity.filters.map(({ param }) => param),
    neighbours: [...new Set(neighbours)].filter((name) => name !== entity.name),
    tables: [tableCode(entity), ...links.map(joinTableCode)],
    samples: entity.seeds,
  };
}

/**
 * The names of the React components of the client: those are capitalised functions of `.tsx` files. The screens of modules are all called `Screen` there
 * and go by the name of their module.
 */
export function componentsOf({ files }: Pick<ProjectOutline, 'files'>): string[] {
  const names = [...files].flatMap(([path, { exports }]) => {
    if (!/^src\/client\/.*\.tsx$/.test(path)) return [];
    const screen = /^src\/client\/modules\/([^/]+)\/screen\.tsx$/.exec(path)?.[1];
    const components = exports.filter(({ name, kind }) => kind === 'function' && /^[A-Z]/.test(name));
    return components.map(({ name }) =>
      screen !== undefined && name === 'Screen' ? `${pascalOf(screen)}Screen` : name,
    );
  });
  return [...new Set(names)].sort();
}
