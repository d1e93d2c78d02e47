import type { ProjectOutline } from '../../../core/project-outline.ts';
import type { RenderedProject } from '../../../core/rendered-project.ts';
import type { ExportKind } from './module-exports.ts';

/** What slices may build on: the files of the project, what its modules export, and its packages. */
export interface ProjectContract {
  /** All files of the project. */
  readonly paths: ReadonlySet<string>;
  /** What a module of the project exports. Undefined where there is no such module. */
  exportsOf(path: string): ReadonlyMap<string, ExportKind> | undefined;
  /** What package.json of the project names. */
  readonly packages: ReadonlySet<string>;
  /** Packages beyond those that slices may use, with exact versions. */
  readonly allowedPackages: Readonly<Record<string, string>>;
}

/** The contract of a project, by its outline. */
export function projectContract(
  { files, outline }: Pick<RenderedProject, 'files' | 'outline'>,
  allowedPackages: Readonly<Record<string, string>>,
): ProjectContract {
  return {
    paths: new Set(files.map(({ path }) => path)),
    exportsOf: (path) => exportsIn(outline, path),
    packages: new Set(outline.packages),
    allowedPackages,
  };
}

function exportsIn({ files }: ProjectOutline, path: string): ReadonlyMap<string, ExportKind> | undefined {
  const exports = files.get(path)?.exports;
  return exports && new Map(exports.map(({ name, kind }) => [name, kind === 'type' ? 'type' : 'value']));
}
