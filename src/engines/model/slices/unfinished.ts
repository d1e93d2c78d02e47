import { isPlaceOf } from '../../../core/slice-places.ts';
import { resolveFrom } from '../inspection/module-path.ts';
import { missingFiles } from '../inspection/places.ts';
import type { SliceDraft } from './draft.ts';

/**
 * Whether a draft lacks a file that it cannot do without: one that every slice has, routes for its tables, or one of its own that its files import or its slots name. Cheap and
 * rough: the inspection says what exactly is wrong.
 */
export function isUnfinished({ plan, files, tables, slots }: SliceDraft): boolean {
  const paths = new Set(files.map(({ path }) => path));
  if (missingFiles(plan, paths).length > 0) return true;
  if (tables !== undefined && !/^\s*\[\s*\]\s*$/.test(tables) && !paths.has(plan.serverFile)) return true;
  if (slots !== undefined && filesNamedIn(slots).some((path) => isPlaceOf(plan, path) && !paths.has(path))) return true;
  return files.some(({ path, content }) =>
    importsOf(content).some((specifier) => {
      const target = resolveFrom(path, specifier);
      return target !== undefined && isPlaceOf(plan, target) && !paths.has(target);
    }),
  );
}

function filesNamedIn(slots: string): string[] {
  return [...slots.matchAll(/"file"\s*:\s*"([^"\\]+)"/g)].flatMap(([, path]) => path ?? []);
}

function importsOf(content: string): string[] {
  return [...content.matchAll(/^[^'"\n]*\bfrom\s*(['"])(\.{1,2}\/[^'"\n]+)\1/gm)].flatMap(
    ([, , specifier]) => specifier ?? [],
  );
}
