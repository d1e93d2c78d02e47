import type { Blueprint } from '../core/blueprint.ts';
import type { Contribution } from '../core/contribution.ts';
import type { Renderer } from '../core/ports.ts';
import type { FileOutline } from '../core/project-outline.ts';
import type { FilePhase, RenderedFile, RenderedProject } from '../core/rendered-project.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { Slice, SlicePlan } from '../core/slices.ts';
import { outlineWritten } from '../core/written-code.ts';
import type { ProjectView } from '../emit/project-view.ts';
import { renderTemplate, type TemplateFile } from '../emit/render-template.ts';
import type { Template } from '../emit/template.ts';
import type { ApplicationModule } from '../modules/contract.ts';
import { templates } from './compiled-templates.ts';
import { contributionsOf, extendBlueprint } from './contributions.ts';
import { helpers } from './helpers.ts';
import { always, type FileRule, fileRules } from './manifest.ts';
import { componentsOf, outlineProject } from './project-outline.ts';
import { reachedFrom } from './reached-files.ts';
import { planSlices } from './slice-plan.ts';
import { viewProject } from './view-builder.ts';

export interface RendererParts {
  /** The modules that blueprints can ask for. */
  readonly modules: readonly ApplicationModule[];
}

/** Turns a blueprint into an application: every template of `templates/` that belongs to it, in the order of the manifest, and what its modules contribute. */
export class ProjectRenderer implements Renderer {
  readonly #modules: readonly ApplicationModule[];

  constructor({ modules }: RendererParts) {
    this.#modules = modules;
  }

  planSlices(blueprint: Blueprint): readonly SlicePlan[] {
    return planSlices(blueprint);
  }

  render(asked: Blueprint, request: ProjectRequest, slices?: readonly Slice[]): RenderedProject {
    const blueprint = extendBlueprint(asked, this.#modules);
    const own = contributionsOf(blueprint, request, this.#modules, helpers);
    const project = { ...viewProject(blueprint, request, [...own, ...(slices ?? [])]), blueprint: asked };
    return render(project, [...own, ...(slices ?? [])], slices);
  }
}

const phaseOrder: Readonly<Record<FilePhase, number>> = { database: 0, frontend: 1, deployment: 2 };

interface Placed {
  readonly file: RenderedFile;
  readonly outline: FileOutline | undefined;
  /** Phase, rule of the task, entity: what files are sorted by before their paths. */
  readonly order: readonly [number, number, number];
}

function render(
  project: ProjectView,
  contributions: readonly Contribution[],
  slices: readonly Slice[] | undefined,
): RenderedProject {
  const own = contributions.flatMap(placeContribution);
  const placed = [...templates.flatMap((template) => place(template, project, false)), ...own];
  if (slices !== undefined || contributions.length > 0) {
    const onOffer = templates.flatMap((template) => place(template, project, true));
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

/** The files that a template makes of a project: none where it does not belong. With `onOffer`, those that do not belong, but that slices may build on. */
function place(template: Template, project: ProjectView, onOffer: boolean): Placed[] {
  const rule = ruleOf(template.path);
  const belongs = rule.when(project);
  const isOffered = !belongs && (rule.offeredTo ?? (() => false))(project);
  if (onOffer ? !isOffered : !belongs) return [];
  const order = fileRules.findIndex((other) => other.phase === rule.phase && other.task === rule.task);
  return renderTemplate(template, { ...helpers, project }).flatMap((file, position): Placed[] =>
    file.module === undefined || (rule.ofModule ?? always)(file.module)
      ? [{ file: fileOf(rule, file), outline: file.outline, order: [phaseOrder[rule.phase], order, position] }]
      : [],
  );
}

/** The rule that a template falls under. Throws where there is none: the build tries every template. */
export function ruleOf(path: string): FileRule {
  const rule = fileRules.find((candidate) => candidate.path.test(path));
  if (rule === undefined) throw new Error(`No rule of src/render/manifest.ts matches the template ${path}. Add one.`);
  return rule;
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
