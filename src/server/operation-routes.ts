import type { FastifyInstance } from 'fastify';
import { docsPage, docsPolicy } from './docs-page.ts';
import type { Metrics } from './metrics.ts';
import { createOpenApi } from './openapi.ts';
import { type StorageHealth, storageSentences } from './storage-health.ts';

export interface OperationParts {
  readonly metrics: Metrics;
  readonly version: string;
  readonly state: () => ServerState;
  readonly health: StorageHealth;
}

export type ServerState = 'starting' | 'ready' | 'stopping';

/** What operators and their tools ask for. Needs no key and tells nothing about callers or their runs. */
export function operationRoutes(app: FastifyInstance, { metrics, version, state, health }: OperationParts): void {
  const openApi = createOpenApi(version);
  const docs = docsPage(openApi);
  app.get('/healthz', async () => ({ status: 'ok', version }));
  app.get('/readyz', async (_request, reply) => {
    const status = state();
    if (status !== 'ready') return reply.code(503).header('retry-after', '1').send({ status });
    const problem = await health.check();
    if (problem === undefined) return { status };
    return reply.code(503).header('retry-after', '30').send({ status: problem, detail: storageSentences[problem] });
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  );
  app.get('/openapi.json', async () => openApi);
  app.get('/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', docsPolicy).send(docs),
  );
}
