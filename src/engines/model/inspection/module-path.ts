/** The path that a relative import of a module means, or undefined where it is not relative or leaves the project. */
export function resolveFrom(path: string, specifier: string): string | undefined {
  if (!/^\.\.?\//.test(specifier)) return undefined;
  const segments = path.split('/').slice(0, -1);
  for (const segment of specifier.split('/')) {
    if (segment === '..') {
      if (segments.pop() === undefined) return undefined;
    } else if (segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** How a module imports another: `../../shared/post.ts`. */
export function relativeTo(path: string, target: string): string {
  const from = path.split('/').slice(0, -1);
  const to = target.split('/');
  let common = 0;
  while (common < from.length && from[common] === to[common]) common += 1;
  const up = '../'.repeat(from.length - common);
  return `${up === '' ? './' : up}${to.slice(common).join('/')}`;
}

/** `zod` of `zod/mini`, `@hono/zod-openapi` of itself. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** What a file belongs to, which decides what it may import. */
export type Side = 'server' | 'client' | 'shared' | 'server-test' | 'client-test';

export function sideOf(path: string): Side | undefined {
  if (path.startsWith('src/server/')) return 'server';
  if (path.startsWith('src/client/')) return 'client';
  if (path.startsWith('src/shared/')) return 'shared';
  if (path.startsWith('tests/server/')) return 'server-test';
  if (path.startsWith('tests/client/')) return 'client-test';
  return undefined;
}
