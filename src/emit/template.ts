import type { EntityContext, FeatureContext, ProjectContext } from './context.ts';

/**
 * A file of the generated application, by the path at which it lands: as it is, or rendered once, once per entity, or once per feature with tables of its own.
 * `scripts/compile-templates.mjs` makes them of the `templates/` folders.
 */
export type Template<Context = ProjectContext> =
  | { readonly kind: 'plain'; readonly path: string; readonly content: string }
  | { readonly kind: 'project'; readonly path: string; readonly render: (it: Context) => string }
  | { readonly kind: 'entity'; readonly path: string; readonly render: (it: Context & EntityContext) => string }
  | { readonly kind: 'feature'; readonly path: string; readonly render: (it: Context & FeatureContext) => string };
