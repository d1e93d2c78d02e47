import type { Import } from '../core/code.ts';
import { escapes } from './escape.ts';
import { compareNames } from './name-order.ts';

/**
 * The import statements of a generated file for what its code uses, as the formatter of the application sorts and merges them. `path` is the file's own,
 * from the root of the project: what it has itself is not imported.
 */
export function importLines(path: string, imports: readonly Import[]): string {
  const byModule = new Map<string, Map<string, boolean>>();
  for (const { name, from, isType = false } of imports) {
    if (from === path) continue;
    const source = specifier(path, from);
    const names = byModule.get(source) ?? new Map<string, boolean>();
    // Its value is its type, too.
    names.set(name, isType && (names.get(name) ?? true));
    byModule.set(source, names);
  }
  return [...byModule]
    .sort(([a], [b]) => compareSources(a, b))
    .map(([source, names]) => statement(source, names))
    .join('\n');
}

function statement(source: string, names: ReadonlyMap<string, boolean>): string {
  const sorted = [...names].sort(([a], [b]) => compareNames(a, b));
  const areTypes = sorted.every(([, isType]) => isType);
  const specifiers = sorted.map(([name, isType]) => (isType && !areTypes ? `type ${name}` : name));
  return escapes.wrap(0, `import ${areTypes ? 'type ' : ''}{ `, specifiers, ` } from '${source}';`);
}

/** How a file names another one; packages go by their names. */
function specifier(path: string, from: string): string {
  if (!/\.[jt]sx?$/.test(from)) return from;
  const own = path.split('/').slice(0, -1);
  const target = from.split('/');
  let common = 0;
  while (common < own.length && own[common] === target[common]) common += 1;
  const up = own.length - common;
  return `${up === 0 ? './' : '../'.repeat(up)}${target.slice(common).join('/')}`;
}

/** Packages first, then what is far away. */
function compareSources(a: string, b: string): number {
  const far = (source: string): number =>
    source.startsWith('.') ? 1 - source.split('../').length : source.startsWith('node:') ? -101 : -100;
  return far(a) - far(b) || compareNames(a.replace(/\.tsx?$/, ''), b.replace(/\.tsx?$/, ''));
}
