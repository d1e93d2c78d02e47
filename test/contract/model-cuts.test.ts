import assert from 'node:assert/strict';
import { TakossError } from '../../src/core/errors.ts';
import type { Asked } from '../support/model-service/asked.ts';
import { ModelProject } from '../support/model-service/model-project.ts';
import { MemoryWorkStore, type ModelRun, runModel } from '../support/model-service/model-run.ts';
import { ModelService } from '../support/model-service/model-service.ts';

const isSlice = ({ wantsValue }: Asked): boolean => !wantsValue;

/** Whoever watches sees one text grow in each file, whatever is asked for again: pieces follow one another, or begin anew at 0. */
function assertPiecesFit({ events }: ModelRun): void {
  const lengths = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'code_chunk') continue;
    const { file, chunk, offset = -1, isDiscarded } = event.data;
    if (isDiscarded) lengths.delete(file);
    else {
      assert.ok(offset === 0 || offset === lengths.get(file), `${file} goes on at ${offset}`);
      lengths.set(file, offset + chunk.length);
    }
  }
}

describe('an answer that is cut at every tenth event', function () {
  this.timeout(120_000);
  let service: ModelService;
  let portfolio: ModelProject;
  let events = 0;
  let good: Record<string, string> = {};

  before(async () => {
    portfolio = await ModelProject.read('portfolio');
    service = await ModelService.start({ reply: (asked) => portfolio.reply(asked), deltaLength: 24 });
    const run = await runModel(service, portfolio.request);
    assert.equal(run.error, undefined);
    good = run.disk.snapshot();
    events = service.messages.find(({ asked }) => asked && isSlice(asked))?.events ?? 0;
    assert.ok(events > 100);
  });
  after(() => service.stop());
  beforeEach(() => service.reset());

  const cuts = (): number[] => Array.from({ length: Math.floor(events / 10) }, (_, index) => (index + 1) * 10);

  it('is finished by the same run, which asks only for what did not arrive whole', async () => {
    for (const afterEvents of cuts()) {
      service.reset();
      service.faults.add({ kind: 'cut', afterEvents }, { when: isSlice });
      const run = await runModel(service, portfolio.request);
      assert.equal(run.error, undefined, `cut after ${afterEvents}: ${run.error}`);
      assert.deepEqual(run.disk.snapshot(), good, `cut after ${afterEvents}`);
      assertPiecesFit(run);
      const [, first, second, ...more] = service.messages;
      assert.equal(more.length, 0);
      assert.ok((second?.events ?? 0) <= events - (first?.events ?? 0) + 120, `cut after ${afterEvents}`);
    }
  });

  it('leaves nothing on disk when the line stays bad, and the retry finishes', async () => {
    for (const afterEvents of cuts()) {
      service.reset();
      service.faults.add({ kind: 'cut', afterEvents }, { when: isSlice });
      service.faults.add({ kind: 'cut', afterEvents: 2 }, { times: 10, when: isSlice });
      const store = new MemoryWorkStore();
      const failed = await runModel(service, portfolio.request, { store });
      assert.ok(failed.error instanceof TakossError && failed.error.code === 'network', String(failed.error));
      assert.deepEqual(failed.disk.snapshot(), {}, `cut after ${afterEvents}`);
      assertPiecesFit(failed);

      service.reset();
      const retried = await runModel(service, portfolio.request, { store });
      assert.equal(retried.error, undefined);
      assert.deepEqual(retried.disk.snapshot(), good);
      assert.deepEqual(
        service.messages.map(({ asked }) => asked?.wantsValue),
        [false],
        'the analysis is not paid for again',
      );
    }
  });
});
