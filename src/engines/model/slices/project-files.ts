import type { RenderedProject } from '../../../core/rendered-project.ts';
import { quoteFile } from './quote.ts';
import { QuotedDeclarations } from './quoted-declarations.ts';
import { type EntityPart, entityParts, quoteEntity } from './quoted-entities.ts';

interface Selected {
  readonly path: RegExp;
  /** What of it; by default all that it exports. */
  readonly names?: readonly string[];
}

/** What slices build on beside entities, the most useful first: where there is not room for everything, the end is left out. */
const selection: readonly Selected[] = [
  { path: /^src\/server\/http\/(module-routes|problem|list-query)\.ts$/ },
  { path: /^src\/server\/db\/guarded-database\.ts$/, names: ['GuardedDatabase'] },
  { path: /^src\/shared\/fields\// },
  { path: /^src\/client\/api\/(request|problem|resource-client)\.ts$/ },
  { path: /^src\/client\/hooks\// },
  { path: /^src\/client\/ui\/(?!breadcrumbs)/ },
  { path: /^src\/client\/app\/(entity-ref\.ts|page-link\.tsx|outside-link\.tsx)$/ },
  { path: /^src\/client\/records\/(record-select\.tsx|form\/(form-row\.tsx|validation\.ts))$/ },
  { path: /^src\/client\/resources\/record\.ts$/ },
  { path: /^src\/client\/(format|fields)\// },
  { path: /^tests\/client\/support\/(fake-answers|render-routes)\.tsx?$/ },
  { path: /^tests\/server\/support\/api\.ts$/ },
  { path: /^src\/server\/http\/resource-hooks\.ts$/, names: ['ResourceRequest', 'ResourceChange'] },
  { path: /^src\/client\/records\/field-value\.tsx$/, names: ['FieldValue'] },
  { path: /^src\/client\/records\/picture\.tsx$/ },
  { path: /^src\/server\/db\/query\.ts$/ },
];

export interface QuotedProject {
  readonly text: string;
  /** The parts of entities that there was no room for, by the name of the entity: who writes about one is shown it with the task. */
  readonly leftOut: ReadonlyMap<string, readonly EntityPart[]>;
}

/** The parts of the project that slices build on, as far as `room` takes them: it answers whether a text still fits, and then counts it. */
export function quoteProject(project: RenderedProject, room: (text: string) => boolean): QuotedProject {
  const { outline } = project;
  const parts: string[] = [];
  const add = (text: string): boolean => {
    const fits = text === '' || room(text);
    if (fits && text !== '') parts.push(text);
    return fits;
  };
  const leftOut = new Map<string, EntityPart[]>();
  const addOfEntities = (part: EntityPart): void => {
    for (const entity of outline.entities) {
      if (add(quoteEntity(entity, part, project))) continue;
      leftOut.set(entity.name, [...(leftOut.get(entity.name) ?? []), part]);
    }
  };
  if (outline.colours.length > 0)
    add(`Colours of the theme, for classes such as bg-…, text-…, border-… and fill-…: ${outline.colours.join(', ')}\n`);
  add(listsOf(project));
  const [first, ...others] = entityParts;
  addOfEntities(first);
  for (const { module, file, tables } of outline.moduleTables) {
    add(quoteFile(file, tables.join('\n\n'), `(tables of ${module})`));
  }
  const declarations = new QuotedDeclarations(outline);
  for (const { path, names } of selection) {
    for (const file of outline.files.keys()) if (path.test(file)) declarations.add(file, names, room);
  }
  parts.push(declarations.toString());
  for (const part of others) addOfEntities(part);
  return { text: parts.join('\n'), leftOut };
}

/** A line for each entity: `entities.post, /api/posts: sort id, title; filters categoryId`. */
function listsOf({ outline: { entities } }: Pick<RenderedProject, 'outline'>): string {
  if (entities.length === 0) return '';
  const lines = entities.map(
    ({ key, api, sort, filters }) =>
      `entities.${key}, ${api}: sort ${sort.join(', ')}; filters ${filters.join(', ') || 'none'}\n`,
  );
  return `What the list of each entity can be sorted and filtered by, beside page, pageSize and q:\n${lines.join('')}`;
}
