import type { Blueprint } from '../core/blueprint.ts';
import type { Contribution } from '../core/contribution.ts';
import { TakossError } from '../core/errors.ts';
import { moduleFault } from '../core/module-faults.ts';
import type { Renderer } from '../core/ports.ts';
import type { FileOutline } from '../core/project-outline.ts';
import type { FilePhase, RenderedFile, RenderedProject } from '../core/rendered-project.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { Slice, SlicePlan } from '../core/slices.ts';
import { outlineWritten } from '../core/written-code.ts';
import type { Helpers } from '../emit/helpers.ts';
import type { ProjectView } from '../emit/project-view.ts';
import { renderTemplate, type TemplateFile } from '../emit/render-template.ts';
import type { Template } from '../emit/template.ts';
import type { FieldTypes } from '../field-types/contract.ts';
import type { ApplicationModule } from '../modules/contract.ts';
import { templates } from './compiled-templates.ts';
import { contributionsOf, extendBlueprint } from './contributions.ts';
import { type FieldFiles, fieldFiles } from './field-files.ts';
import { helpersFor } from './helpers.ts';
import { always, type FileRule, fileRules, ruleOf } from './manifest.ts';
import { componentsOf, outlineProject } from './project-outline.ts';
import { reachedFrom } from './reached-files.ts';
import { planSlices } from './slice-plan.ts';
import { viewProject } from './view-builder.ts';

export interface RendererParts {
  readonly fieldTypes: FieldTypes;
  /** The modules that blueprints can ask for. */
  readonly modules: readonly ApplicationModule[];
}

/** Turns a blueprint into an application: every template of `templates/` that belongs to it, in the order of the manifest, and what its modules contribute. */
export class ProjectRenderer implements Renderer {
  readonly fieldTypes: FieldTypes;
  readonly #modules: readonly ApplicationModule[];
  readonly #helpers: Helpers;

  constructor({ fieldTypes, modules }: RendererParts) {
    this.fieldTypes = fieldTypes;
    this.#modules = modules;
    this.#helpers = helpersFor(fieldTypes);
  }

  planSlices(blueprint: Blueprint): readonly SlicePlan[] {
    return planSlices(blueprint, this.fieldTypes);
  }

  render(asked: Blueprint, request: ProjectRequest, slices?: readonly Slice[]): RenderedProject {
    const fault = moduleFault(
      asked.modules,
      this.#modules.map(({ spec }) => spec),
    );
    if (fault !== undefined) throw new TakossError('invalid-request', fault);
    const blueprint = extendBlueprint(asked, this.#modules);
    const parts = { fieldTypes: this.fieldTypes, modules: this.#modules, helpers: this.#helpers };
    const contributions = [...contributionsOf(blueprint, request, parts), ...(slices ?? [])];
    const project = { ...viewProject(blueprint, request, this.fieldTypes, contributions), blueprint: asked };
    return render(project, {
      contributions,
      slices,
      helpers: this.#helpers,
      fields: fieldFiles(project, this.fieldTypes),
    });
  }
}

const phaseOrder: Readonly<Record<FilePhase, number>> = { database: 0, frontend: 1, deployment: 2 };

interface Placed {
  readonly file: RenderedFile;
  readonly outline: FileOutline | undefined;
  /** Phase, rule of the task, entity: what files are sorted by before their paths. */
  readonly order: readonly [number, number, number];
}

interface Rendering {
  readonly contributions: readonly Contribution[];
  readonly slices: readonly Slice[] | undefined;
  readonly helpers: Helpers;
  readonly fields: FieldFiles;
}

function render(project: ProjectView, { contributions, slices, helpers, fields }: Rendering): RenderedProject {
  const own = contributions.flatMap(placeContribution);
  const belonging = [...templates, ...fields.used];
  const placed = [...belonging.flatMap((template) => place(template, project, helpers, 'belongs')), ...own];
  if (slices !== undefined || contributions.length > 0) {
    const onOffer = [
      ...templates.flatMap((template) => place(template, project, helpers, 'on offer')),
      ...fields.unused.flatMap((template) => place(template, project, helpers, 'offered at all')),
    ];
    placed.push(
      ...(slices?.length === 0
        ? onOffer
        : reachedFrom(placed, onOffer, ({ file, outline }) => ({ path: file.path, outline }))),
    );
  }
  const files = placed.sort(comparePlaced).map(({ file }) => file);
  const outlined = placed.flatMap(({ file, outline }) =>
    outline === undefined ? [] : [[file.path, outline] as const],
  );
  const outline = outlineProject(project, new Map(outlined));
  const tables = [...project.entitiesByDependency, ...project.joinTables];
  const tablesOfModules = project.modules.flatMap((module) => [...module.tables, ...module.joinTables]);
  return {
    files,
    database: {
      dialect: project.hasDatabase ? 'postgresql' : 'none',
      tables: [...tables, ...tablesOfModules].map((item) => item.table),
    },
    frontend: {
      components: componentsOf(outline),
      pages: [
        ...project.pages.map((page) => page.path),
        ...(project.slots['client.route'] ?? []).map((place) => place.path),
      ],
    },
    deployment: {
      targets: [
        'Node.js',
        'Docker',
        ...(project.hasDatabase ? ['Docker Compose with PostgreSQL'] : ['Docker Compose']),
        'GitHub Actions',
      ],
    },
    outline,
  };
}

/** The files of a contribution, as they are. They come after everything of their phase that they build on. */
function placeContribution({ files, task }: Contribution, position: number): Placed[] {
  return files.map(({ path, content, outline = outlineWritten(path, content) }) => {
    const phase: FilePhase = /^(src|tests)\/client\//.test(path) ? 'frontend' : 'database';
    return { file: { path, content, phase, task }, outline, order: [phaseOrder[phase], fileRules.length, position] };
  });
}

/**
 * The files that a template makes of a project. `wanted` says which: those that belong to the project; those that do not, but that slices may
 * build on; those that slices may build on, whether they would belong or not.
 */
function place(
  template: Template,
  project: ProjectView,
  helpers: Helpers,
  wanted: 'belongs' | 'on offer' | 'offered at all',
): Placed[] {
  const rule = ruleOf(template.path);
  const belongs = rule.when(project);
  const isOffered = (rule.offeredTo ?? (() => false))(project);
  if (!{ belongs, 'on offer': !belongs && isOffered, 'offered at all': isOffered }[wanted]) return [];
  const order = fileRules.findIndex((other) => other.phase === rule.phase && other.task === rule.task);
  return renderTemplate(template, { ...helpers, project }).flatMap((file, position): Placed[] =>
    file.module === undefined || (rule.ofModule ?? always)(file.module)
      ? [{ file: fileOf(rule, file), outline: file.outline, order: [phaseOrder[rule.phase], order, position] }]
      : [],
  );
}

function fileOf(rule: FileRule, { path, content, entity, module }: TemplateFile): RenderedFile {
  const task = rule.task
    .replaceAll('{entity}', entity?.label ?? '')
    .replaceAll('{entities}', entity?.pluralLabel ?? '')
    .replaceAll('{module}', module?.title ?? '');
  return { path, content, phase: rule.phase, task };
}

function comparePlaced(a: Placed, b: Placed): number {
  for (const [index, value] of a.order.entries()) {
    const difference = value - (b.order[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.file.path < b.file.path ? -1 : 1;
}
