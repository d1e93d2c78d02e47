import type { Declaration, FileOutline } from '../core/project-outline.ts';
import type { EntityContext, ModuleContext, ProjectContext } from './context.ts';
import type { OutlineNotes } from './outline-recorder.ts';

/** Writes a file. What it imports and exports goes into the notes. */
type Render<Context> = (it: Context, notes: OutlineNotes) => string;

/** What is known of the declarations of a template that depends on the blueprint: those that do not. */
interface Rendered {
  readonly path: string;
  readonly declarations?: readonly Declaration[];
}

/**
 * A file of the generated application, by the path at which it lands: as it is, or rendered once, once per entity, or once per module.
 * `scripts/compile-templates.mjs` makes them of the `templates/` folders. An outline is that of a file of TypeScript.
 */
export type Template<Context = ProjectContext> =
  | { readonly kind: 'plain'; readonly path: string; readonly content: string; readonly outline?: FileOutline }
  | (Rendered & { readonly kind: 'project'; readonly render: Render<Context> })
  | (Rendered & { readonly kind: 'entity'; readonly render: Render<Context & EntityContext> })
  | (Rendered & { readonly kind: 'module'; readonly render: Render<Context & ModuleContext> });
