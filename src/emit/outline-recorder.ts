import type { Import } from '../core/code.ts';
import type { ExportKind, FileOutline, OutlinedExport } from '../core/project-outline.ts';
import { resolveSpecifier } from '../core/written-code.ts';

/** What a template tells of its file while it writes it. `scripts/compile-templates.mjs` puts the calls where the imports and exports stand. */
export interface OutlineNotes {
  /** The file builds on another: a specifier as it is written there, which may be a package's. */
  imports(specifier: string): void;
  exports(kind: ExportKind, name: string): void;
}

/** Takes down what a file imports and exports. */
export class OutlineRecorder implements OutlineNotes {
  readonly #path: string;
  readonly #imports = new Set<string>();
  readonly #exports = new Map<string, OutlinedExport>();

  constructor(path: string) {
    this.#path = path;
  }

  imports(specifier: string): void {
    if (/^\.\.?\//.test(specifier)) this.#imports.add(resolveSpecifier(this.#path, specifier));
  }

  exports(kind: ExportKind, name: string): void {
    this.#exports.set(name, { name, kind });
  }

  /** Imports that emitted code carries. */
  carries(imports: readonly Import[]): void {
    for (const { from } of imports)
      if (/^(src|tests|scripts)\//.test(from) && from !== this.#path) this.#imports.add(from);
  }

  get outline(): FileOutline {
    return { exports: [...this.#exports.values()], imports: [...this.#imports] };
  }
}
