import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodes, TakossError } from '../../src/core/errors.ts';
import { generationResultSchema } from '../../src/core/events.ts';
import { neverOverwrite, ProjectWriter } from '../../src/core/project-writer.ts';
import type { RunState } from '../../src/core/run-state.ts';
import { writeProject } from '../../src/core/write-project.ts';
import { claudeProvider } from '../../src/engines/claude/provider.ts';
import { systemClock } from '../../src/local-generator.ts';
import { prepareModelRuns } from '../../src/server/model-runs.ts';
import { toProblem } from '../../src/server/problem.ts';
import { readSettings, type ServerFlags } from '../../src/server/settings.ts';
import { RemoteGenerator } from '../../src/transport/remote-generator.ts';
import { systemParts } from '../../src/transport/remote-parts.ts';
import { collect } from '../support/generations.ts';
import { MemoryFileSystem } from '../support/memory-file-system.ts';
import { type ModelProject, modelProject } from '../support/model-replies.ts';
import { noCredit, overloaded, refusedKey } from '../support/model-service/faults.ts';
import { ModelService, type ModelServiceOptions } from '../support/model-service/model-service.ts';
import type { Reply } from '../support/model-service/replies.ts';
import { ServeProcess } from '../support/serve-process.ts';
import { aliceKey, readUntil, TestServer, until } from '../support/test-server.ts';

describe('a server with Claude', function () {
  this.timeout(180_000);
  let project: ModelProject;
  let service: ModelService;
  let server: TestServer;
  let request: { projectName: string; description: string; requirements: string };

  before(async () => {
    project = await modelProject('portfolio');
    request = { projectName: 'Portfolio', description: '', requirements: project.requirements };
  });
  afterEach(async () => {
    await server?.remove();
    await service?.stop();
  });

  async function start(more: Record<string, string> = {}, options: Partial<ModelServiceOptions> = {}): Promise<void> {
    service = await ModelService.start({ reply: project.reply, ...options });
    server = await TestServer.start();
    await restart(more);
  }

  /** With the settings as the command line reads them. */
  async function restart(more: Record<string, string> = {}): Promise<void> {
    const environment = { ...claudeEnvironment(), ...more };
    const { engine } = readSettings({}, environment);
    assert.ok(engine.name === 'model');
    const runs = await prepareModelRuns(engine.provider, engine.options, {
      environment,
      folder: join(server.dataDir, 'engine'),
      consent: () => Promise.resolve(false),
      onTestsRefused: () => {},
    });
    await server.restart({ environment, createGenerator: (projectId) => runs.create(systemClock, projectId) });
  }

  const claudeEnvironment = () => ({
    TAKOSS_ENGINE: 'claude',
    ANTHROPIC_API_KEY: service.key,
    ANTHROPIC_BASE_URL: service.url,
  });

  it('answers with what Claude wrote, used and cost, and counts each token once', async () => {
    await start({ TAKOSS_BUDGET_USD: '1' });
    const response = await server.post('/api/generate', request);
    const body: unknown = await response.json();
    const { engine, usage, slices, files } = generationResultSchema.parse(body);
    assert.deepEqual([engine, slices?.map(({ status }) => status), usage?.budgetUsd], ['claude', ['accepted'], 1]);
    assert.ok(files.some(({ path }) => path === 'src/client/modules/work-out-the-price-of-a-shoot/screen.tsx'));
    const charged = service.charged;
    const tokens = (direction: string) => server.metric(`takoss_model_tokens_total{direction="${direction}"}`);
    assert.deepEqual(
      {
        input_tokens: await tokens('input'),
        cache_creation_input_tokens: await tokens('cache-write'),
        cache_read_input_tokens: await tokens('cached'),
        output_tokens: await tokens('output'),
      },
      charged,
    );
    assert.ok(charged.output_tokens > 0);
    const cost = await server.metric('takoss_model_cost_usd_total');
    assert.ok(Math.abs(cost - (usage?.costUsd ?? 0)) < 1e-9 && cost > 0, `${cost}`);
    assert.equal(await server.metric('takoss_model_features_total{outcome="accepted"}'), 1);

    const again = generationResultSchema.parse(await (await server.post('/api/generate', request)).json());
    assert.deepEqual(
      again.slices?.map(({ isKept }) => isKept),
      [true],
      'finished work is kept in the data folder',
    );
    assert.equal(again.usage, undefined, 'every run counts for itself, and this one used nothing');
    assert.equal(await tokens('output'), charged.output_tokens);
  });

  it('gives every run a budget of its own', async () => {
    await start({ TAKOSS_BUDGET_USD: '0.5' });
    const results = await Promise.all(
      ['One', 'Two'].map(async (projectName) =>
        (await server.post('/api/generate', { ...request, projectName })).json(),
      ),
    );
    const costs = results.map((result) => generationResultSchema.parse(result).usage?.costUsd ?? 0);
    const total = await server.metric('takoss_model_cost_usd_total');
    assert.ok(Math.abs(costs.reduce((sum, cost) => sum + cost, 0) - total) < 1e-9, `${costs} ${total}`);
  });

  it('streams features to its client as they are written, and takes back those that are left out', async () => {
    const crm = await modelProject('crm');
    const broken = 'paste-contacts';
    await start({}, { reply: (asked) => withoutScreen(crm.reply(asked), asked.task.includes(broken)) });
    const generator = new RemoteGenerator({ ...systemParts, endpoint: server.url, token: () => aliceKey });
    const disk = new MemoryFileSystem();
    const { signal } = new AbortController();
    const generation = generator.generate({ ...request, requirements: crm.requirements }, { signal });
    const writer = new ProjectWriter(disk, neverOverwrite);
    const { events, result, error } = await collect(writeProject(generation, writer, { signal, clock: systemClock }));
    assert.equal(error, undefined);
    assert.deepEqual(result?.slices?.map(({ status }) => status).sort(), ['accepted', 'left-out']);
    const chunks = events.flatMap((event) => (event.type === 'code_chunk' ? [event.data] : []));
    assert.ok(chunks.some(({ file, isDiscarded }) => file.includes(broken) && isDiscarded === true));
    const written = [...disk.entries.keys()];
    assert.deepEqual(
      written.filter((path) => path.includes(broken)),
      [],
    );
    assert.ok(written.includes('src/client/modules/show-the-forecast/screen.tsx'));
    const { state } = (await (await server.fetch(`/api/runs/${events[0]?.runId}`)).json()) as { state: RunState };
    assert.deepEqual(state.usage, result?.usage, 'a snapshot shows what a surface would');
    assert.equal(state.slices.length, 2);
  });

  for (const [what, fault, status, code, detail] of [
    ['a key that is refused', refusedKey, 502, 'model-key', /The key of this server .* Tell whoever runs it/],
    ['an account without credit', noCredit, 502, 'model-credit', /The account of this server .* Tell whoever runs it/],
    ['a service with too much to do', overloaded, 503, 'model-overloaded', /Try again/],
  ] as const) {
    it(`tells callers of ${what}`, async () => {
      await start();
      service.faults.add(fault, { times: 99 });
      const response = await server.post('/api/generate', request);
      const problem = (await response.json()) as { code: string; detail: string };
      assert.deepEqual([response.status, problem.code], [status, code], problem.detail);
      assert.match(problem.detail, detail);
    }).timeout(120_000);
  }

  it('has a status and a description for every way in which a run can fail', async () => {
    await start();
    const openApi = await (await fetch(`${server.url}/openapi.json`)).text();
    for (const code of errorCodes) {
      const { status } = toProblem(new TakossError(code, 'What happened.'));
      assert.ok(status >= 400 && status < 600);
      if (code.startsWith('model')) assert.ok(status === 502 || status === 503, code);
      assert.ok(openApi.includes(code), code);
    }
    for (const field of ['costUsd', 'isKept', 'isDiscarded', 'notices', 'estimate', 'found']) {
      assert.ok(openApi.includes(`"${field}"`), field);
    }
  });

  it('ends a run that it was killed in, rather than paying for it twice', async () => {
    await start({}, { pace: { firstTokenMs: 20, tokensPerSecond: 150 } });
    await server.stop();
    const process = await ServeProcess.start(server.dataDir, {
      environment: { ...claudeEnvironment(), TAKOSS_API_KEYS: `alice:${aliceKey}`, TAKOSS_LOG_LEVEL: 'trace' },
    });
    const response = await fetch(`${process.url}/api/generate/stream`, {
      method: 'POST',
      headers: { 'x-api-key': aliceKey, 'content-type': 'application/json', 'takoss-resume': '1' },
      body: JSON.stringify(request),
    });
    const id = response.headers.get('x-run-id') ?? '';
    const seen = await readUntil(response, (text) => text.includes('"usage"'));
    await process.end('SIGKILL');
    await response.body?.cancel().catch(() => {});
    let asked = 0;
    await until('what it had asked before has arrived', async () => {
      asked = service.messages.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return service.messages.length === asked;
    });
    await restart();
    const last =
      seen
        .match(/^id: .*$/gm)
        ?.at(-1)
        ?.slice(4) ?? '';
    const rest = await (await server.fetch(`/api/runs/${id}/stream`, { headers: { 'last-event-id': last } })).text();
    assert.match(rest, /"type":"error".*The server was restarted during the run\. Start it again.*"code":"network"/);
    assert.equal(((await (await server.fetch(`/api/runs/${id}`)).json()) as { outcome: string }).outcome, 'failed');
    assert.equal(service.messages.length, asked, 'nothing more was asked');
    assert.ok(!(process.stdout() + process.stderr()).includes(service.key), 'the key is not in the log');
  });

  it('keeps keys out of journals and everything else it writes', async () => {
    await start();
    await (await server.post('/api/generate/stream', request)).text();
    service.faults.add(noCredit, { times: 9 });
    await (
      await server.post('/api/generate/stream', {
        ...request,
        projectName: 'Other',
        requirements: 'A list of pens. Pens have a colour.',
      })
    ).text();
    await until('both are counted', async () => (await server.metric('takoss_runs_total{outcome="failed"}')) === 1);
    const entries = await readdir(server.dataDir, { recursive: true, withFileTypes: true });
    const written = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(written.some((path) => path.endsWith('.jsonl')));
    for (const path of written) assert.ok(!(await readFile(path, 'utf8')).includes(service.key), path);
  });
});

/** An answer that cannot be used: the page of the feature exports nothing. */
function withoutScreen(reply: Reply, isBroken: boolean): Reply {
  if (!isBroken || reply.files === undefined) return reply;
  return {
    ...reply,
    files: reply.files.map((file) =>
      file.path.endsWith('screen.tsx') ? { ...file, content: 'const nothing = 1;\n' } : file,
    ),
  };
}

describe('settings of the engine of a server', () => {
  const key = { ANTHROPIC_API_KEY: 'sk-ant-test-0123456789' };

  it('are offline unless the operator says otherwise, whatever keys there are', () => {
    assert.deepEqual(readSettings({}, key).engine, { name: 'offline' });
    assert.deepEqual(readSettings({ engine: 'auto' }, {}).engine, { name: 'offline' });
  });

  it('come from flags before the environment', () => {
    const variables = {
      TAKOSS_ENGINE: 'offline',
      TAKOSS_BUDGET_USD: '5',
      TAKOSS_MODEL: 'claude-opus-5-5',
      TAKOSS_PRICE: '3/15',
      TAKOSS_EFFORT: 'low',
      TAKOSS_FALLBACK_MODELS: 'claude-haiku-5-5',
      TAKOSS_ALLOW_PACKAGES: 'a@1.0.0, b@2.0.0',
    };
    assert.deepEqual(readSettings({ engine: 'auto', budget: '0.25' }, { ...key, ...variables }).engine, {
      name: 'model',
      provider: claudeProvider,
      options: {
        model: 'claude-opus-5-5',
        budgetUsd: 0.25,
        price: { input: 3, output: 15 },
        effort: 'low',
        fallbackModels: ['claude-haiku-5-5'],
        checks: 'basic',
        unconfinedTests: false,
        allowedPackages: { a: '1.0.0', b: '2.0.0' },
      },
    });
  });

  it('run tests that cannot be shut in only where the operator says so', () => {
    const unconfined = (flags: ServerFlags, variables: Readonly<Record<string, string>>) => {
      const { engine } = readSettings({ engine: 'claude', checks: 'full', ...flags }, { ...key, ...variables });
      return engine.name === 'model' && engine.options.unconfinedTests;
    };
    assert.equal(unconfined({}, {}), false);
    assert.equal(unconfined({}, { TAKOSS_UNCONFINED_TESTS: '0' }), false);
    assert.equal(unconfined({}, { TAKOSS_UNCONFINED_TESTS: '1' }), true);
    assert.equal(unconfined({ unconfinedTests: true }, {}), true);
  });

  for (const [what, variables, says] of [
    ['a missing key', { TAKOSS_ENGINE: 'claude' }, /needs a key\. Set the environment variable ANTHROPIC_API_KEY/],
    ['another engine', { TAKOSS_ENGINE: 'vscode-lm' }, /no engine "vscode-lm" \(TAKOSS_ENGINE\)\. Use one of: offline/],
    [
      'packages for nobody',
      { TAKOSS_ALLOW_PACKAGES: 'date-fns@4.1.0' },
      /TAKOSS_ALLOW_PACKAGES is for the engine claude/,
    ],
    ['a budget for nobody', { TAKOSS_BUDGET_USD: '1' }, /TAKOSS_BUDGET_USD is for the engine claude/],
    [
      'a budget that is none',
      { ...key, TAKOSS_ENGINE: 'claude', TAKOSS_BUDGET_USD: '-1' },
      /TAKOSS_BUDGET_USD is not an amount/,
    ],
    ['unknown checks', { ...key, TAKOSS_ENGINE: 'claude', TAKOSS_CHECKS: 'all' }, /TAKOSS_CHECKS is "full" or "basic"/],
    [
      'a switch that is none',
      { ...key, TAKOSS_ENGINE: 'claude', TAKOSS_UNCONFINED_TESTS: 'maybe' },
      /TAKOSS_UNCONFINED_TESTS is "1" or "0", not "maybe"/,
    ],
    [
      'unconfined tests where none are run',
      { ...key, TAKOSS_ENGINE: 'claude', TAKOSS_CHECKS: 'basic', TAKOSS_UNCONFINED_TESTS: '1' },
      /TAKOSS_UNCONFINED_TESTS is for tests, which TAKOSS_CHECKS basic does not run/,
    ],
    [
      'unconfined tests for nobody',
      { TAKOSS_UNCONFINED_TESTS: '1' },
      /TAKOSS_UNCONFINED_TESTS is for the engine claude/,
    ],
    [
      'an unencrypted address',
      { ...key, TAKOSS_ENGINE: 'claude', ANTHROPIC_BASE_URL: 'http://x.example' },
      /ANTHROPIC_BASE_URL cannot be used/,
    ],
  ] as const) {
    it(`refuse ${what} at start, with a sentence`, () => {
      assert.throws(
        () => readSettings({}, variables),
        (error) => error instanceof TakossError && says.test(error.message),
      );
    });
  }
});
