import type { EntityContext, ModuleContext, ProjectContext } from './context.ts';

/**
 * A file of the generated application, by the path at which it lands: as it is, or rendered once, once per entity, or once per module.
 * `scripts/compile-templates.mjs` makes them of the `templates/` folders.
 */
export type Template<Context = ProjectContext> =
  | { readonly kind: 'plain'; readonly path: string; readonly content: string }
  | { readonly kind: 'project'; readonly path: string; readonly render: (it: Context) => string }
  | { readonly kind: 'entity'; readonly path: string; readonly render: (it: Context & EntityContext) => string }
  | { readonly kind: 'module'; readonly path: string; readonly render: (it: Context & ModuleContext) => string };
