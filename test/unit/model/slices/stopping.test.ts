import assert from 'node:assert/strict';
import { TakossError } from '../../../../src/core/errors.ts';
import type { EngineStep } from '../../../../src/core/ports.ts';
import { MemoryWorkStore, type Reply } from '../../../support/fake-model.ts';
import { good, goodFiles, modelFor, run, sessionOf, workOf } from './slice-run.ts';

describe('stopping slices', () => {
  it('ends at once with everything that was under way', async () => {
    const controller = new AbortController();
    const slugs = ['alpha', 'beta', 'gamma', 'delta'];
    let ended = 0;
    const replies = Object.fromEntries(
      slugs.map((slug): [string, Reply] => [
        slug,
        {
          files: goodFiles(slug),
          ...(slug === 'alpha'
            ? {}
            : {
                until: new Promise((resolve) =>
                  controller.signal.addEventListener('abort', () => {
                    ended += 1;
                    resolve(undefined);
                  }),
                ),
              }),
        },
      ]),
    );
    const model = modelFor(replies, { limits: { parallel: 3 } });
    const { error, steps } = await run(workOf(...slugs), sessionOf(model), {
      signal: controller.signal,
      onStep: (step) => {
        if (step.kind === 'slice' && step.outcome.feature === 'beta') controller.abort();
      },
    });
    assert.ok(error instanceof TakossError && error.code === 'cancelled');
    assert.equal(ended, 3);
    assert.ok(steps.length > 0);
  });

  it('ends with everything when the consumer goes away', async () => {
    const session = sessionOf(
      modelFor({
        ...good('alpha'),
        beta: { files: goodFiles('beta'), until: new Promise((resolve) => setTimeout(resolve, 5)) },
      }),
    );
    const { writeSlices } = await import('../../../../src/engines/model/slices/write-slices.ts');
    const seen: EngineStep[] = [];
    for await (const step of writeSlices(workOf('alpha', 'beta'), session, { signal: new AbortController().signal })) {
      seen.push(step);
      if (step.kind === 'slice') break;
    }
    assert.equal(session.store instanceof MemoryWorkStore && session.store.kept.size <= 1, true);
    assert.ok(seen.length > 0);
  });
});
