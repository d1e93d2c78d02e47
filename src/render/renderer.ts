import type { Blueprint } from '../core/blueprint.ts';
import type { Renderer } from '../core/ports.ts';
import type { FilePhase, RenderedFile, RenderedProject } from '../core/rendered-project.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { Slice, SlicePlan } from '../core/slices.ts';
import type { Helpers } from '../emit/helpers.ts';
import type { EntityView, ProjectView, SliceView } from '../emit/project-view.ts';
import type { Template } from '../emit/template.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import { templates } from './compiled-templates.ts';
import { type FieldFiles, fieldFiles } from './field-files.ts';
import { helpersFor } from './helpers.ts';
import { reachedFrom } from './imports.ts';
import { type Condition, type FileRule, fileRules } from './manifest.ts';
import { planSlices } from './slice-plan.ts';
import { viewProject } from './view-builder.ts';

/** Turns a blueprint into an application: every template of `templates/` that belongs to it, in the order of the manifest. */
export class ProjectRenderer implements Renderer {
  readonly fieldTypes: FieldTypes;
  readonly #helpers: Helpers;

  constructor({ fieldTypes }: { readonly fieldTypes: FieldTypes }) {
    this.fieldTypes = fieldTypes;
    this.#helpers = helpersFor(fieldTypes);
  }

  planSlices(blueprint: Blueprint): readonly SlicePlan[] {
    return planSlices(blueprint, this.fieldTypes);
  }

  render(blueprint: Blueprint, request: ProjectRequest, slices?: readonly Slice[]): RenderedProject {
    const project = viewProject(blueprint, request, this.fieldTypes, slices);
    return render(project, fieldFiles(project, this.fieldTypes), this.#helpers, slices);
  }
}

const phaseOrder: Readonly<Record<FilePhase, number>> = { database: 0, frontend: 1, deployment: 2 };

interface Placed {
  readonly file: RenderedFile;
  /** Phase, rule of the task, entity: what files are sorted by before their paths. */
  readonly order: readonly [number, number, number];
}

function render(
  project: ProjectView,
  fieldFiles: FieldFiles,
  helpers: Helpers,
  slices: readonly Slice[] | undefined,
): RenderedProject {
  const own = (slices ?? []).flatMap(placeSlice);
  const belonging = [...templates, ...fieldFiles.used];
  const placed = [...belonging.flatMap((template) => place(template, project, helpers, 'belongs')), ...own];
  if (slices !== undefined) {
    const onOffer = [
      ...templates.flatMap((template) => place(template, project, helpers, 'on offer')),
      ...fieldFiles.unused.flatMap((template) => place(template, project, helpers, 'offered at all')),
    ];
    placed.push(...(slices.length === 0 ? onOffer : reachedFrom(placed, onOffer, ({ file }) => file)));
  }
  const files = placed.sort(comparePlaced).map(({ file }) => file);
  const tables = [...project.entitiesByDependency, ...project.joinTables];
  const tablesOfSlices = project.slices.flatMap((slice) => [...slice.tables, ...slice.joinTables]);
  return {
    files,
    database: {
      dialect: project.hasDatabase ? 'postgresql' : 'none',
      tables: [...tables, ...tablesOfSlices].map((item) => item.table),
    },
    frontend: {
      components: componentsOf(files, project.slices),
      pages: [...project.pages.map((page) => page.path), ...project.slices.map((slice) => slice.page)],
    },
    deployment: {
      targets: [
        'Node.js',
        'Docker',
        ...(project.hasDatabase ? ['Docker Compose with PostgreSQL'] : ['Docker Compose']),
        'GitHub Actions',
      ],
    },
  };
}

/** The files of a slice, as they are. They come after everything of their phase that they build on. */
function placeSlice({ plan, files }: Slice, position: number): Placed[] {
  return files.map(({ path, content }) => {
    const phase: FilePhase = /^(src|tests)\/client\//.test(path) ? 'frontend' : 'database';
    return {
      file: { path, content, phase, task: `Feature: ${plan.feature.title}` },
      order: [phaseOrder[phase], fileRules.length, position],
    };
  });
}

/**
 * The files a template makes of a project, one per entity or feature where its path says so. `wanted` says which: those that belong to the
 * project; those that do not, but that slices may build on; those that slices may build on, whether they would belong or not.
 */
function place(
  template: Template,
  project: ProjectView,
  helpers: Helpers,
  wanted: 'belongs' | 'on offer' | 'offered at all',
): Placed[] {
  const index = fileRules.findIndex((rule) => rule.path.test(template.path));
  const rule = fileRules[index];
  if (rule === undefined) throw new Error(`No rule of the manifest matches ${template.path}.`);
  const belongs = holds(rule.when, project);
  const isOffered = holds(rule.offeredTo ?? 'never', project);
  if (!{ belongs, 'on offer': !belongs && isOffered, 'offered at all': isOffered }[wanted]) return [];
  const path = rule.lands ?? template.path;
  const order = fileRules.findIndex((other) => other.phase === rule.phase && other.task === rule.task);
  const at = (position: number): Placed['order'] => [phaseOrder[rule.phase], order, position];
  if (template.kind === 'entity') {
    return project.entities.map((entity, position) => ({
      file: fileOf(rule, path, entity, template.render({ ...helpers, project, entity })),
      order: at(position),
    }));
  }
  if (template.kind === 'feature') {
    return project.slices
      .filter((slice) => slice.tables.length > 0)
      .map((feature, position) => {
        const content = template.render({ ...helpers, project, feature });
        return {
          file: fileOf(rule, path.replaceAll('[feature]', feature.slug), undefined, content),
          order: at(position),
        };
      });
  }
  const content = template.kind === 'plain' ? template.content : template.render({ ...helpers, project });
  return [{ file: fileOf(rule, path, undefined, content), order: at(0) }];
}

function holds(condition: Condition, project: ProjectView): boolean {
  switch (condition) {
    case 'always':
      return true;
    case 'database':
      return project.hasDatabase;
    case 'static':
      return !project.hasDatabase;
    case 'records':
      return project.hasRecords;
    case 'pictures':
      return project.hasPictures;
    case 'linked-names':
      return project.entities.some(({ titleLinks }) => titleLinks.length > 0);
    case 'slices':
      return project.slices.length > 0;
    case 'database-slices':
      return project.slices.some(({ takesDatabase }) => takesDatabase);
    case 'never':
      return false;
  }
}

function fileOf(rule: FileRule, path: string, entity: EntityView | undefined, content: string): RenderedFile {
  const named =
    entity === undefined
      ? path
      : path.replaceAll('[entity]', entity.kebab).replaceAll('[entities]', entity.kebabPlural);
  const task = rule.task
    .replaceAll('{entity}', entity?.label ?? '')
    .replaceAll('{entities}', entity?.pluralLabel ?? '');
  return { path: named, content, phase: rule.phase, task };
}

function comparePlaced(a: Placed, b: Placed): number {
  for (const [index, value] of a.order.entries()) {
    const difference = value - (b.order[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.file.path < b.file.path ? -1 : 1;
}

/**
 * The names of the React components that the client's files export: those are capitalised functions of `.tsx` files. The screens of slices are
 * all called `Screen` there and go by the name of their slice.
 */
function componentsOf(files: readonly RenderedFile[], slices: readonly SliceView[]): string[] {
  const screens = new Map(slices.map(({ slug, component }) => [`src/client/features/${slug}/screen.tsx`, component]));
  const names = files
    .filter((file) => file.path.startsWith('src/client/') && file.path.endsWith('.tsx'))
    .flatMap((file) => {
      const screen = screens.get(file.path);
      const exported = [...file.content.matchAll(/^export function ([A-Z]\w*)/gm)].map((match) => match[1] ?? '');
      return screen === undefined ? exported : exported.map((name) => (name === 'Screen' ? screen : name));
    });
  return [...new Set(names)].sort();
}
