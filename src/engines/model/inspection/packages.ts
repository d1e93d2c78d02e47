import { packageOf, type Side } from './module-path.ts';
import { wordList } from './word-list.ts';

/**
 * What of the stack's packages slices may import, by side. Left out is what reaches the disk, the network or other
 * processes (`pg`, `@hono/node-server`, `vitest/node`) and what only builds (`vite`, `tsx`). Of Hono only what answers of a feature need: what sends
 * requests, reads files, signs users in, writes markup or opens the API to other sites is none of its business, nor is another way to test.
 */
const server = [
  'hono',
  'hono/body-limit',
  'hono/etag',
  'hono/factory',
  'hono/http-exception',
  'hono/streaming',
  'hono/types',
  'hono/utils/http-status',
  'hono/validator',
  '@hono/zod-openapi',
  'drizzle-orm',
  'drizzle-orm/pg-core',
  'zod',
];
const client = ['react', 'react-dom', 'react-router', 'react-router/dom', 'zod'];
const tests = ['vitest', '@testing-library/react', '@testing-library/dom'];
const importable: Readonly<Record<Side, readonly string[]>> = {
  server,
  client,
  shared: ['zod'],
  'server-test': [...server, 'vitest'],
  'client-test': [...client, ...tests],
};

/**
 * What may be imported of packages that offer more than features need: tables made by name (`pgTable` can name those of the system), SQL made of text,
 * pages that fetch or leave by themselves. Types may always be imported.
 */
const names: Readonly<Record<string, ReadonlySet<string>>> = {
  'drizzle-orm': wordList(
    `eq ne gt gte lt lte and or not isNull isNotNull inArray notInArray between notBetween like notLike ilike notIlike exists notExists asc desc
    count countDistinct sum sumDistinct avg avgDistinct min max sql getTableColumns arrayContains arrayContained arrayOverlaps`,
  ),
  'drizzle-orm/pg-core': wordList('alias union unionAll intersect intersectAll except exceptAll'),
  'react-dom': wordList('createPortal flushSync'),
  'react-router': wordList(
    `Link NavLink Navigate Outlet useLocation useNavigate useParams useSearchParams useMatch generatePath createSearchParams
    MemoryRouter Routes Route createMemoryRouter RouterProvider`,
  ),
};

/** The names that files may import of a module as values, or undefined where they may import all. */
export function importableNames(specifier: string): ReadonlySet<string> | undefined {
  return Object.hasOwn(names, specifier) ? names[specifier] : undefined;
}

/** Whether it names a package or a module of one, and leads nowhere else: `date-fns/../../x` and `x?raw` do not. */
export function isPackageSpecifier(specifier: string): boolean {
  const isNamed = /^(@[\w-][\w.-]*\/)?[\w-][\w.-]*(\/[\w.-]+)*$/.test(specifier);
  return isNamed && !specifier.split('/').some((segment) => /^\.+$/.test(segment));
}

const builtins = new Set(
  `assert async_hooks buffer child_process cluster console crypto dgram diagnostics_channel dns events fs http http2 https inspector
  module net os path perf_hooks process punycode querystring readline repl sqlite stream string_decoder sys test timers tls trace_events
  tty url util v8 vm wasi worker_threads zlib`.split(/\s+/),
);

export function isBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || builtins.has(packageOf(specifier));
}

/** Whether files of a side may import it, provided that the project has the package. */
export function isImportable(specifier: string, side: Side): boolean {
  return importable[side].includes(specifier);
}

/** The packages that files of a side may import, for a message. */
export function importableOf(side: Side, packages: ReadonlySet<string>): string {
  return importable[side].filter((name) => packages.has(packageOf(name))).join(', ');
}
