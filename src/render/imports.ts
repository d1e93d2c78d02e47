import type { RenderedFile } from '../core/rendered-project.ts';

/** Those of the files on offer that the others import, directly or through each other. */
export function reachedFrom<T>(from: readonly T[], onOffer: readonly T[], fileOf: (item: T) => RenderedFile): T[] {
  const left = new Map(onOffer.map((item) => [fileOf(item).path, item]));
  const reached: T[] = [];
  const pending = [...from];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    for (const path of importsOf(fileOf(item))) {
      const found = left.get(path);
      if (found === undefined) continue;
      left.delete(path);
      reached.push(found);
      pending.push(found);
    }
  }
  return reached;
}

/** The paths that a file imports from its own project. */
function importsOf({ path, content }: RenderedFile): string[] {
  if (!/\.tsx?$/.test(path)) return [];
  const specifiers = content.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g);
  return [...specifiers].map(([, specifier = '']) => resolve(path, specifier));
}

function resolve(from: string, specifier: string): string {
  const segments = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') segments.pop();
    else if (part !== '.') segments.push(part);
  }
  return segments.join('/');
}
