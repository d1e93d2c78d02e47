import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { OpenAPIHono } from '@hono/zod-openapi';

/**
 * Serves the built client. An address that is no file and not below `/api` is a page of the client, which finds out by
 * itself what to show.
 */
export function serveClient(app: OpenAPIHono, folder: string): void {
  const index = join(folder, 'index.html');
  // In development Vite serves the client, and there may be no build.
  if (!existsSync(index)) return;
  app.use(
    '*',
    serveStatic({
      root: relative(process.cwd(), folder) || '.',
      onFound: (path, c) => {
        // The names of built files change with their content.
        c.header('Cache-Control', path.includes('_app') ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  app.get('*', async (c, next) => {
    const isPage = !c.req.path.startsWith('/api/') && !/\.\w+$/.test(c.req.path);
    if (!isPage) return await next();
    return c.html(await readFile(index, 'utf8'), 200, { 'Cache-Control': 'no-cache' });
  });
}
