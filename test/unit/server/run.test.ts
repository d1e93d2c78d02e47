import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Metrics } from '../../../src/server/metrics.ts';
import { Run } from '../../../src/server/run.ts';
import { StorageHealth } from '../../../src/server/storage-health.ts';
import { pacedGenerator } from '../../support/paced-generator.ts';
import { blogRequest } from '../../support/test-server.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

describe('a run on the server', () => {
  it('is counted in the moment in which others see how it ended', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'takoss-run-'));
    try {
      for (const [outcome, count] of [
        ['succeeded', 3],
        ['cancelled', 3000],
      ] as const) {
        const metrics = new Metrics();
        const counted = async () =>
          (await metrics.runs.get()).values.find(({ labels }) => labels.outcome === outcome)?.value;
        const path = join(folder, `${outcome}.jsonl`);
        const health = new StorageHealth(folder, log);
        const header = { version: 2, runId: outcome, owner: 'me', createdAt: 0, request: blogRequest } as const;
        const run = new Run(header, { path, metrics, health, clock: { now: () => 0 }, graceMs: 1000 });
        const seen: Promise<number | undefined>[] = [];
        run.subscribe(() => {
          // The value is taken when it is asked for, before anything else happens.
          if (run.outcome !== undefined) seen.push(counted());
          else if (outcome === 'cancelled') run.cancel();
        });
        await run.start(header, (signal) =>
          pacedGenerator({ count, size: 10, everyMs: 1 }).generate(blogRequest, { signal }),
        );
        await run.ended;
        const counts = await Promise.all(seen);
        assert.ok(counts.length > 1, 'it is told that it ended, and that its journal is closed');
        assert.deepEqual([...new Set(counts)], [1]);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
