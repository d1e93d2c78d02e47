import type { ContributedFile } from '../core/contribution.ts';
import type { Declaration, FileOutline } from '../core/project-outline.ts';
import type { EntityContext, ModuleContext, ProjectContext } from './context.ts';
import { type OutlineNotes, OutlineRecorder } from './outline-recorder.ts';
import type { EntityView, ModuleView } from './project-view.ts';
import type { Template } from './template.ts';

/** A file that a template made, and of what. */
export interface TemplateFile extends ContributedFile {
  readonly entity?: EntityView;
  readonly module?: ModuleView;
}

/** The files that a template makes of a project: one, or one per entity or module where its path says so. */
export function renderTemplate<Context extends ProjectContext>(
  template: Template<Context>,
  context: Context,
): TemplateFile[] {
  const { path } = template;
  switch (template.kind) {
    case 'plain':
      return [
        { path, content: template.content, ...(template.outline === undefined ? {} : { outline: template.outline }) },
      ];
    case 'project':
      return [noted(template, path, context, template.render)];
    case 'entity':
      return context.project.entities.map((entity) => {
        const own = path.replaceAll('[entity]', entity.kebab).replaceAll('[entities]', entity.kebabPlural);
        const about = { ...context, entity } satisfies Context & EntityContext;
        return { ...noted(template, own, about, template.render), entity };
      });
    case 'module':
      return context.project.modules.map((module) => {
        const about = { ...context, module } satisfies Context & ModuleContext;
        return { ...noted(template, path.replaceAll('[module]', module.id), about, template.render), module };
      });
  }
}

/** Renders a file and takes down what it says of itself, also through the helpers that write imports and tables. */
function noted<Context extends ProjectContext>(
  { declarations }: Pick<FileOutline, 'declarations'>,
  path: string,
  context: Context,
  render: (it: Context, notes: OutlineNotes) => string,
): TemplateFile {
  if (!/\.tsx?$/.test(path)) return { path, content: render(context, new OutlineRecorder(path)) };
  const recorder = new OutlineRecorder(path);
  const content = render(
    {
      ...context,
      importLines: (at, imports) => {
        recorder.carries(imports);
        return context.importLines(at, imports);
      },
      tableCode: (table) => {
        recorder.exports('value', table.tableConst);
        return context.tableCode(table);
      },
      joinTableCode: (join) => {
        recorder.exports('value', join.tableConst);
        return context.joinTableCode(join);
      },
    },
    recorder,
  );
  const { outline } = recorder;
  return {
    path,
    content,
    outline: declarations === undefined ? outline : { ...outline, declarations: of(outline, declarations) },
  };
}

/** Those of the declarations of a template that its file has in this project. */
function of({ exports, imports }: FileOutline, declarations: readonly Declaration[]): Declaration[] {
  const exported = new Set(exports.map(({ name }) => name));
  const imported = new Set(imports);
  return declarations.filter(
    ({ name, isExported, needs }) =>
      (!isExported || exported.has(name)) && needs.every(({ from }) => from === undefined || imported.has(from)),
  );
}
