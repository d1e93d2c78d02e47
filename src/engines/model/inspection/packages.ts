import { packageOf, type Side } from './module-path.ts';

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
