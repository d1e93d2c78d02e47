import type { FastifyInstance } from 'fastify';
import { docsPage, docsPolicy } from './docs-page.ts';
import type { Metrics } from './metrics.ts';
import { createOpenApi } from './openapi.ts';

export interface OperationParts {
  readonly metrics: Metrics;
  readonly version: string;
  readonly isReady: () => boolean;
}

/** What operators and their tools ask for. Needs no key and tells nothing about callers or their runs. */
export function operationRoutes(app: FastifyInstance, { metrics, version, isReady }: OperationParts): void {
  const openApi = createOpenApi(version);
  const docs = docsPage(openApi);
  app.get('/healthz', async () => ({ status: 'ok', version }));
  app.get('/readyz', async (_request, reply) =>
    isReady() ? { status: 'ready' } : reply.code(503).send({ status: 'stopping' }),
  );
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get('/openapi.json', async () => openApi);
  app.get('/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', docsPolicy).send(docs),
  );
}
