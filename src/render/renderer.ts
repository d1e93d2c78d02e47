import type { Blueprint } from '../core/blueprint.ts';
import type { Renderer } from '../core/ports.ts';
import type { FilePhase, RenderedFile, RenderedProject } from '../core/rendered-project.ts';
import type { ProjectRequest } from '../core/request.ts';
import type { SlicePlan } from '../core/slices.ts';
import { type Template, templates } from './compiled-templates.ts';
import { helpers } from './helpers.ts';
import { type FileRule, fileRules } from './manifest.ts';
import { viewProject } from './view-builder.ts';
import type { EntityView, ProjectView } from './view-model.ts';

/** Turns a blueprint into an application: every template of `templates/` that belongs to it, in the order of the manifest. */
export class ProjectRenderer implements Renderer {
  planSlices(): readonly SlicePlan[] {
    return [];
  }

  render(blueprint: Blueprint, request: ProjectRequest): RenderedProject {
    return render(blueprint, request);
  }
}

const phaseOrder: Readonly<Record<FilePhase, number>> = { database: 0, frontend: 1, deployment: 2 };

interface Placed {
  readonly file: RenderedFile;
  /** Phase, rule of the task, entity: what files are sorted by before their paths. */
  readonly order: readonly [number, number, number];
}

function render(blueprint: Blueprint, request: ProjectRequest): RenderedProject {
  const project = viewProject(blueprint, request);
  const files = templates
    .flatMap((template) => place(template, project))
    .sort(comparePlaced)
    .map(({ file }) => file);
  return {
    files,
    database: {
      dialect: project.hasDatabase ? 'postgresql' : 'none',
      tables: [...project.entitiesByDependency, ...project.joinTables].map((item) => item.table),
    },
    frontend: { components: componentsOf(files), pages: project.pages.map((page) => page.path) },
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

/** The files a template makes of a project: none where it does not belong, one per entity where its path says so. */
function place(template: Template, project: ProjectView): Placed[] {
  const index = fileRules.findIndex((rule) => rule.path.test(template.path));
  const rule = fileRules[index];
  if (rule === undefined) throw new Error(`No rule of the manifest matches ${template.path}.`);
  if (rule.when !== 'always' && (rule.when === 'database') !== project.hasDatabase) return [];
  const path = rule.lands ?? template.path;
  const order = fileRules.findIndex((other) => other.phase === rule.phase && other.task === rule.task);
  if (template.kind === 'entity') {
    return project.entities.map((entity, position) => ({
      file: fileOf(rule, path, entity, template.render({ ...helpers, project, entity })),
      order: [phaseOrder[rule.phase], order, position],
    }));
  }
  const content = template.kind === 'plain' ? template.content : template.render({ ...helpers, project });
  return [{ file: fileOf(rule, path, undefined, content), order: [phaseOrder[rule.phase], order, 0] }];
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

/** The names of the React components that the client's files export: those are capitalised functions of `.tsx` files. */
function componentsOf(files: readonly RenderedFile[]): string[] {
  const names = files
    .filter((file) => file.path.startsWith('src/client/') && file.path.endsWith('.tsx'))
    .flatMap((file) => [...file.content.matchAll(/^export function ([A-Z]\w*)/gm)].map((match) => match[1] ?? ''));
  return [...new Set(names)].sort();
}
