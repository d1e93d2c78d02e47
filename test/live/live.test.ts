import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NodeFileSystem } from '../../src/cli/node-file-system.ts';
import type { GenerationResult, StreamEvent } from '../../src/core/events.ts';
import { neverOverwrite, ProjectWriter } from '../../src/core/project-writer.ts';
import { usageFacts } from '../../src/core/run-words.ts';
import { writeProject } from '../../src/core/write-project.ts';
import { claudeProvider } from '../../src/engines/claude/provider.ts';
import { credentialOf } from '../../src/hosts/credentials.ts';
import { systemClock } from '../../src/local-generator.ts';
import { prepareModelRuns } from '../../src/server/model-runs.ts';
import { skip } from '../support/skip.ts';

/** The most this may cost, in US dollars. */
const budgetUsd = 0.5;

const key = credentialOf(claudeProvider, (name) => process.env[name])?.secret;

const request = {
  projectName: 'Plant Diary',
  description: 'A diary of house plants',
  requirements:
    'I note my plants with a name, a kind and the date I bought them. For each watering I note the plant and the date. ' +
    'A page works out for every plant how many days on average lie between two waterings, and when it is due again.',
};

/**
 * The real service, once, for some cents. `TAKOSS_MODEL` chooses the model, and `TAKOSS_CHECKS=full` has what it writes type-checked and tested, for
 * which packages are downloaded.
 */
describe('Claude itself', function () {
  this.timeout(15 * 60_000);
  let folder: string | undefined;

  before(function () {
    if (key !== undefined) return;
    skip(this, 'There is no key. Set ANTHROPIC_API_KEY or CLAUDE_API_KEY; a run costs some cents.');
  });
  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it('reads three sentences, writes the feature that rules cannot, and keeps to the budget', async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-live-'));
    const checks = process.env.TAKOSS_CHECKS === 'full' ? 'full' : 'basic';
    const options = {
      model: process.env.TAKOSS_MODEL || undefined,
      budgetUsd,
      price: undefined,
      effort: undefined,
      fallbackModels: undefined,
      checks,
      unconfinedTests: false,
      allowedPackages: {},
    } as const;
    const host = {
      environment: process.env,
      folder: join(folder, 'cache'),
      consent: () => Promise.resolve(false),
      onTestsRefused: () => {},
    };
    const generator = (await prepareModelRuns(claudeProvider, options, host)).create();

    const { signal } = new AbortController();
    const project = join(folder, 'project');
    const writer = new ProjectWriter(new NodeFileSystem(project), neverOverwrite);
    const events: StreamEvent[] = [];
    const generation = writeProject(generator.generate(request, { signal }), writer, { signal, clock: systemClock });
    let result: GenerationResult | undefined;
    while (result === undefined) {
      const next = await generation.next();
      if (next.done) result = next.value;
      else events.push(next.value);
    }

    const { usage, slices = [], notices = [], phases } = result;
    const said = [
      `${usage?.model}: ${usage === undefined ? 'nothing used' : usageFacts(usage).join(', ')}`,
      ...slices.map(({ title, status, reason }) => `${title}: ${status}${reason === undefined ? '' : `, ${reason}`}`),
      ...notices,
    ];
    console.log(said.map((line) => `    ${line}`).join('\n'));

    assert.equal(result.engine, 'claude');
    assert.ok(usage !== undefined && usage.outputTokens > 0);
    assert.ok(usage.costUsd !== undefined && usage.costUsd <= budgetUsd, `it cost $${usage.costUsd}`);
    assert.ok(
      events.some((event) => event.type === 'phase_progress' && event.data?.found?.item === 'entity'),
      'entities appeared as they were found: the answer was not replaced by the rules',
    );
    const entities = phases.analysis.entities.map(({ name }) => name);
    assert.ok(
      entities.some((name) => /plant/i.test(name)) && entities.some((name) => /water/i.test(name)),
      `${entities}`,
    );
    assert.ok(
      slices.some(({ status }) => status === 'accepted'),
      'a feature was written and accepted',
    );
    const manifest: unknown = JSON.parse(await readFile(join(project, 'package.json'), 'utf8'));
    assert.ok(typeof manifest === 'object' && manifest !== null && 'scripts' in manifest);
    assert.ok(!JSON.stringify([events, result]).includes(key ?? ' '), 'the key is in no event');
  });
});
