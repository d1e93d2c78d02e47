import { packageOf, type Side } from './module-path.ts';

/**
 * What of the stack's packages slices may import, by side. Left out is what reaches the disk, the network or other
 * processes (`pg`, `@hono/node-server`, `vitest/node`) and what only builds (`vite`, `tsx`). `/*` stands for what is below a package.
 */
const server = ['hono', 'hono/*', '@hono/zod-openapi', 'drizzle-orm', 'drizzle-orm/pg-core', 'zod'];
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
 * Parts of Hono for features. Left out are those that send requests (`client`, `proxy`, `jwk`), reach files or what the server runs on (`ssg`,
 * `serve-static`, `adapter`, `conninfo`, platforms), write markup (`html`, `jsx`, `css`) or open the API to other sites (`cors`).
 */
const hono =
  /^hono\/(basic-auth|bearer-auth|body-limit|combine|compress|context-storage|cookie|csrf|etag|factory|http-exception|jwt|language|logger|method-override|pretty-json|request-id|secure-headers|streaming|testing|timeout|timing|trailing-slash|types|utils\/(http-status|mime|types)|validator)$/;

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
  if (specifier.startsWith('hono/') && !hono.test(specifier)) return false;
  const below = `${packageOf(specifier)}/*`;
  return importable[side].includes(specifier) || (specifier.includes('/') && importable[side].includes(below));
}

/** The packages that files of a side may import, for a message. */
export function importableOf(side: Side, packages: ReadonlySet<string>): string {
  return importable[side].filter((name) => packages.has(name)).join(', ');
}
