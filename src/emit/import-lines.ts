import type { Import } from '../core/code.ts';
import { escapes } from './escape.ts';

/**
 * The import statements that a file needs, merged by module and sorted as the formatter of the generated application sorts them: packages, then files,
 * those farthest away first. `path` is that of the file, from the root of the project.
 */
export function importLines(path: string, imports: readonly Import[]): string {
  const bySource = new Map<string, Map<string, boolean>>();
  for (const { name, from, isType = false } of imports) {
    if (from === path) continue;
    const source = isFile(from) ? relative(path, from) : from;
    const names = bySource.get(source) ?? new Map<string, boolean>();
    names.set(name, isType && (names.get(name) ?? true));
    bySource.set(source, names);
  }
  return [...bySource]
    .sort(([a], [b]) => compareSources(a, b))
    .map(([source, names]) => statement(source, names))
    .join('\n');
}

/** Files of the application are below these folders; everything else is a package. */
function isFile(from: string): boolean {
  return /^(src|tests|scripts)\//.test(from);
}

function statement(source: string, names: ReadonlyMap<string, boolean>): string {
  const sorted = [...names].sort(([a], [b]) => compare(a, b));
  const isTypes = sorted.every(([, isType]) => isType);
  const items = sorted.map(([name, isType]) => (isType && !isTypes ? `type ${name}` : name));
  return escapes.wrap(0, `import ${isTypes ? 'type ' : ''}{ `, items, ` } from '${source}';`);
}

/** `./a.ts` for a file in the same folder, `../../b.ts` for others. */
function relative(from: string, to: string): string {
  const folder = from.split('/').slice(0, -1);
  const target = to.split('/');
  let shared = 0;
  while (shared < folder.length && folder[shared] === target[shared]) shared += 1;
  const up = folder.length - shared;
  return (up === 0 ? './' : '../'.repeat(up)) + target.slice(shared).join('/');
}

function compareSources(a: string, b: string): number {
  return distance(b) - distance(a) || compare(a, b);
}

/** How far away a module is: packages farther than every file. */
function distance(source: string): number {
  if (!source.startsWith('.')) return source.startsWith('node:') ? 1001 : 1000;
  return source.match(/\.\.\//g)?.length ?? 0;
}

function compare(a: string, b: string): number {
  const [left, right] = [a.toLowerCase(), b.toLowerCase()];
  return left < right ? -1 : left > right ? 1 : a < b ? -1 : a > b ? 1 : 0;
}
