import assert from 'node:assert/strict';
import fc from 'fast-check';
import { costOf, type ModelPrice } from '../../src/core/model-usage.ts';
import { ClaudeModel } from '../../src/engines/claude/claude-model.ts';
import { ModelProject } from '../support/model-service/model-project.ts';
import { type ModelRun, runModel } from '../support/model-service/model-run.ts';
import { type ChargedUsage, ModelService } from '../support/model-service/model-service.ts';
import { endlessFile } from '../support/model-service/replies.ts';

/** What the service will have charged, in US dollars. */
function costCharged(charged: ChargedUsage, price: ModelPrice): number {
  const usage = {
    inputTokens: charged.input_tokens,
    cachedTokens: charged.cache_read_input_tokens,
    cacheWriteTokens: charged.cache_creation_input_tokens,
    outputTokens: charged.output_tokens,
  };
  return costOf(usage, price);
}

describe('the budget of a run with a language model', function () {
  this.timeout(120_000);
  let service: ModelService;
  let crm: ModelProject;
  let price: ModelPrice;

  before(async () => {
    crm = await ModelProject.read('crm');
    // As many tokens as the densest text has: whoever estimates fewer passes the budget.
    service = await ModelService.start({ reply: (asked) => crm.reply(asked), deltaLength: 48, bytesPerToken: 2.5 });
    const known = new ClaudeModel({ apiKey: service.key }).price;
    assert.ok(known);
    price = known;
  });
  after(() => service.stop());
  beforeEach(() => {
    service.reset();
    service.reply = (asked) => crm.reply(asked);
  });

  /** A run always ends with a project. Where the budget was reached, a notice says so. */
  function assertFinished({ error, result, disk }: ModelRun, budgetUsd: number): void {
    assert.equal(error, undefined);
    assert.ok(disk.snapshot()['package.json'] !== undefined);
    assert.equal(result?.usage?.budgetUsd ?? budgetUsd, budgetUsd);
    const isWhole = result?.slices?.length === 2 && result.slices.every(({ status }) => status === 'accepted');
    const isSaid = result?.notices?.some((notice) => /budget/i.test(notice)) ?? false;
    assert.ok(isWhole || isSaid, 'what is missing is explained');
  }

  it('is never passed, whatever it is and however much the model writes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0.0001, max: 0.6, noNaN: true }),
        fc.constantFrom('good', 'endless', 'cut', 'refused'),
        async (budgetUsd, kind) => {
          service.reset();
          service.reply = (asked) =>
            kind === 'endless' && !asked.wantsValue
              ? endlessFile('src/client/modules/paste-contacts/screen.tsx', asked.maxTokens)
              : crm.reply(asked);
          if (kind === 'cut') service.faults.add({ kind: 'cut', afterEvents: 40 }, { times: 3 });
          if (kind === 'refused')
            service.faults.add({ kind: 'stop', afterEvents: 30, reason: 'refusal' }, { times: 2 });
          const run = await runModel(service, crm.request, { budgetUsd });
          const cost = costCharged(service.charged, price);
          assert.ok(cost <= budgetUsd, `${cost} of ${budgetUsd} USD were spent`);
          if (run.error === undefined) assertFinished(run, budgetUsd);
          const said = run.result?.usage?.costUsd ?? 0;
          assert.ok(said <= budgetUsd);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('of next to nothing is respected without a single request', async () => {
    const run = await runModel(service, crm.request, { budgetUsd: 0.0001 });
    assert.equal(service.messages.length, 0);
    assertFinished(run, 0.0001);
  });

  it('that is ample costs no feature', async () => {
    const run = await runModel(service, crm.request, { budgetUsd: 5 });
    assert.ok(run.result?.slices?.every(({ status }) => status === 'accepted'));
    assert.equal(
      run.result?.notices?.some((notice) => /budget/i.test(notice)),
      false,
    );
  });
});
