import type { ContributedFile } from '../core/contribution.ts';
import type { EntityContext, ModuleContext, ProjectContext } from './context.ts';
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
      return [{ path, content: template.content }];
    case 'project':
      return [{ path, content: template.render(context) }];
    case 'entity':
      return context.project.entities.map((entity) => ({
        path: path.replaceAll('[entity]', entity.kebab).replaceAll('[entities]', entity.kebabPlural),
        content: template.render({ ...context, entity } satisfies Context & EntityContext),
        entity,
      }));
    case 'module':
      return context.project.modules.map((module) => ({
        path: path.replaceAll('[module]', module.id),
        content: template.render({ ...context, module } satisfies Context & ModuleContext),
        module,
      }));
  }
}
