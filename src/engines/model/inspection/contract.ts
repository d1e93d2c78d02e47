import * as z from 'zod';
import type { RenderedProject } from '../../../core/rendered-project.ts';
import { type ExportKind, type ModuleExports, readExports } from './module-exports.ts';
import { resolveFrom } from './module-path.ts';

/** What slices may build on: the files of the project, what its modules export, and its packages. */
export interface ProjectContract {
  /** The content of a file of the project. */
  file(path: string): string | undefined;
  /** All files of the project. */
  readonly paths: readonly string[];
  /** What a module of the project exports, what it passes on from others included. Undefined where there is no such module. */
  exportsOf(path: string): ReadonlyMap<string, ExportKind> | undefined;
  /** What package.json of the project names. */
  readonly packages: ReadonlySet<string>;
  /** Packages beyond those that slices may use, with exact versions. */
  readonly allowedPackages: Readonly<Record<string, string>>;
}

const names = z.record(z.string(), z.string()).default({});
const packageSchema = z.object({ dependencies: names, devDependencies: names });

/** The contract of a project. Its modules are parsed when they are asked for, and once per content. */
export function projectContract(
  project: RenderedProject,
  allowedPackages: Readonly<Record<string, string>>,
): ProjectContract {
  const files = new Map(project.files.map(({ path, content }) => [path, content]));
  const file = (path: string): string | undefined => files.get(path);
  const { dependencies, devDependencies } = packageSchema.parse(JSON.parse(file('package.json') ?? '{}'));
  return {
    file,
    paths: [...files.keys()],
    exportsOf(path) {
      const content = file(path);
      if (content === undefined || !/\.tsx?$/.test(path)) return undefined;
      return resolveExports(path, readExports(path, content), file);
    },
    packages: new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]),
    allowedPackages,
  };
}

/** Looks up what a module passes on. `file` answers the content of a module, or undefined where there is none. */
export function resolveExports(
  path: string,
  exports: ModuleExports,
  file: (path: string) => string | undefined,
  seen: ReadonlySet<string> = new Set(),
): ReadonlyMap<string, ExportKind> {
  const all = new Map(exports.names);
  for (const { from, imported, exported } of exports.passedOn) {
    const target = resolveFrom(path, from);
    const content = target === undefined || seen.has(target) ? undefined : file(target);
    if (target === undefined || content === undefined) {
      if (exported !== undefined) all.set(exported, 'value');
      continue;
    }
    const found = resolveExports(target, readExports(target, content), file, new Set([...seen, path]));
    if (imported !== undefined && exported !== undefined) all.set(exported, found.get(imported) ?? 'value');
    else for (const [name, kind] of found) if (name !== 'default') all.set(name, kind);
  }
  return all;
}
