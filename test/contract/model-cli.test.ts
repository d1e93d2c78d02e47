import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { generationResultSchema, streamEventSchema } from '../../src/core/events.ts';
import { type ModelProject, modelProject } from '../support/model-replies.ts';
import { rateLimited, refusedKey } from '../support/model-service/faults.ts';
import { ModelService } from '../support/model-service/model-service.ts';
import { files } from '../support/model-service/replies.ts';

const cli = resolve('dist/cli.js');

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line with the engine claude, against a stand-in for its service. */
describe('command line with Claude', function () {
  this.timeout(180_000);
  let service: ModelService;
  let project: ModelProject;
  let folder = '';

  before(async () => {
    project = await modelProject('portfolio');
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-model-cli-'));
    service = await ModelService.start({ reply: project.reply });
  });
  afterEach(async () => {
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** With a key for the stand-in, unless the environment given says otherwise. */
  function takoss(args: readonly string[], environment: Record<string, string> = {}): Promise<Outcome> {
    return new Promise((done, reject) => {
      const { ANTHROPIC_API_KEY: _, CLAUDE_API_KEY: __, ...inherited } = process.env;
      const child = spawn(process.execPath, [cli, ...args], {
        cwd: folder,
        env: {
          ...inherited,
          ANTHROPIC_API_KEY: service.key,
          ANTHROPIC_BASE_URL: service.url,
          XDG_CACHE_HOME: join(folder, 'cache'),
          TAKOSS_DEBUG: '1',
          ...environment,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      child.on('error', reject).on('close', (code) => {
        assert.ok(!(stdout + stderr).includes(service.key), 'the key is nowhere in the output');
        done({ code, stdout, stderr });
      });
    });
  }

  const generate = (...more: string[]) => [
    'generate',
    '--name',
    'Portfolio',
    '--requirements',
    project.requirements,
    '--out',
    'out',
    ...more,
  ];

  it('reads the requirements and writes features with Claude, and sums up what that cost', async () => {
    const { code, stdout, stderr } = await takoss(generate('--engine', 'claude', '--budget', '$1'));
    assert.equal(code, 0);
    assert.match(stderr, /^takoss: Use --checks full .*\n$/, 'nobody can be asked about the download');
    assert.match(stdout, /^ {2}Features: .*Work out the price of a shoot/m, 'what was found');
    assert.match(stdout, /^ {2}Writing 1 feature takes about [\d.]+k tokens, \$0\.\d+$/m, 'what is expected');
    assert.match(stdout, /✓ Feature ready: Work out the price of a shoot \(not type-checked or tested\)/);
    assert.match(stdout, /^! .*not type-checked/m, 'a notice');
    assert.doesNotMatch(stdout, /^\s*\$[\d.]+, .* read/m, 'what was used is summed up at the end');
    assert.match(
      stdout,
      /claude-sonnet-5-5 wrote 1 of 1 features for \$0\.\d+ \(budget \$1\.00, [\d.]+k read.*, [\d.]+k written\)\.\n {2}Not type-checked or tested: Work out/,
    );
    const screen = 'out/src/client/modules/work-out-the-price-of-a-shoot/screen.tsx';
    assert.match(await readFile(join(folder, screen), 'utf8'), /export function Screen/);
    assert.ok(service.messages.length >= 2);
  });

  it('carries found items, features, usage and estimate in the events of --json, and the same in the result', async () => {
    const { code, stdout, stderr } = await takoss(generate('--engine', 'auto', '--json', '--checks', 'basic'));
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    const last = lines.pop();
    const events = lines.map((line) => streamEventSchema.parse(line));
    const data = events.flatMap((event) => (event.type === 'phase_progress' && event.data ? [event.data] : []));
    for (const kind of ['found', 'usage', 'estimate', 'slice', 'notice'] as const) {
      assert.ok(
        data.some((each) => each[kind] !== undefined),
        kind,
      );
    }
    assert.ok(typeof last === 'object' && last !== null && 'data' in last);
    const result = generationResultSchema.parse(last.data);
    assert.equal(result.engine, 'claude');
    assert.deepEqual(
      result.slices?.map(({ status }) => status),
      ['accepted'],
    );
    assert.equal(result.usage?.outputTokens, service.charged.output_tokens, 'what the service charged');
    const read = service.charged.input_tokens + service.charged.cache_creation_input_tokens;
    assert.equal((result.usage?.inputTokens ?? 0) + (result.usage?.cacheWriteTokens ?? 0), read);
  });

  it('pays nothing a second time', async () => {
    await takoss(generate('--engine', 'claude'));
    service.reset();
    const { code, stdout } = await takoss(generate('--engine', 'claude', '--overwrite'));
    assert.equal(code, 0);
    assert.match(stdout, /✓ Feature ready: Work out the price of a shoot \(.*kept from the last run\)/);
    assert.match(stdout, /The model was asked nothing: 1 of 1 features are ready from the last run\./);
    assert.equal(service.messages.length, 0);
    assert.deepEqual(await readdir(join(folder, 'cache/takoss')), ['work']);
  });

  it('says that it waits, and goes on', async () => {
    service.faults.add(rateLimited(1));
    const { code, stdout } = await takoss(generate('--engine', 'claude'));
    assert.equal(code, 0);
    assert.match(stdout, /^ {2}.*trying again in \d+ s/m);
  });

  it('says which features were left out and why', async () => {
    service.reply = (asked) => (asked.wantsValue ? project.reply(asked) : files([]));
    const { code, stdout } = await takoss(generate('--engine', 'claude'));
    assert.equal(code, 0);
    assert.match(stdout, /– Feature left out: Work out the price of a shoot\n {4}\S/);
    assert.match(stdout, /wrote 0 of 1 features .*\n {2}– Left out: Work out the price of a shoot\n {4}\S/);
  });

  it('spends nothing unasked', async () => {
    const { code } = await takoss(generate());
    assert.deepEqual([code, service.requests.length], [0, 0]);
    assert.equal((await takoss(generate('--engine', 'auto', '--overwrite'), { ANTHROPIC_API_KEY: '' })).code, 0);
    assert.equal(service.requests.length, 0);
  });

  it('ends before it begins without a key, and says how to set one', async () => {
    const { code, stdout, stderr } = await takoss(generate('--engine', 'claude'), { ANTHROPIC_API_KEY: ' ' });
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /^takoss: There is no key for Claude\. Set the environment variable ANTHROPIC_API_KEY/);
  });

  it('takes the key from CLAUDE_API_KEY as well', async () => {
    const environment = { ANTHROPIC_API_KEY: '', CLAUDE_API_KEY: service.key };
    assert.equal((await takoss(generate('--engine', 'claude'), environment)).code, 0);
  });

  it('fails with what the service said, what it cost until then, and nothing on the disk', async () => {
    const { code, stderr } = await takoss(generate('--engine', 'claude'), {
      ANTHROPIC_API_KEY: 'sk-ant-wrong-key-1234',
    });
    assert.equal(code, 2, stderr);
    assert.match(stderr, /^takoss: .*key/);
    assert.ok(!stderr.includes('sk-ant-wrong'));
    service.faults.clear();
    service.faults.add(refusedKey, { when: ({ wantsValue }) => !wantsValue, times: 9 });
    const later = await takoss(generate('--engine', 'claude'));
    assert.equal(later.code, 2);
    assert.match(later.stdout, /Used until then: \$0\.\d+/);
    assert.deepEqual(await readdir(folder), ['cache']);
  });

  it('goes nowhere with an address over which a key may not travel', async () => {
    const environment = { ANTHROPIC_BASE_URL: 'http://198.51.100.7' };
    const { code, stderr } = await takoss(generate('--engine', 'claude'), environment);
    assert.equal(code, 2);
    assert.match(stderr, /^takoss: ANTHROPIC_BASE_URL cannot be used: .*not encrypted/);
  });

  it('refuses a budget that cannot be kept', async () => {
    const { code, stderr } = await takoss(generate('--engine', 'claude', '--budget', '1', '--model', 'gpt-2'));
    assert.equal(code, 2);
    assert.match(stderr, /The price of gpt-2 is not known here, so a budget cannot be kept.*--price/);
    assert.equal(service.requests.length, 0);
    const priced = await takoss(generate('--engine', 'claude', '--budget', '1', '--model', 'gpt-2', '--price', '1/2'));
    assert.match(priced.stderr, /no model “gpt-2”/, 'the service was asked');
  });

  it('takes a token where there is no key, keeps it out of what it says, and tells the model how much to think', async () => {
    const environment = { ANTHROPIC_API_KEY: '', ANTHROPIC_AUTH_TOKEN: service.key };
    const { code } = await takoss(generate('--engine', 'auto', '--effort', 'high'), environment);
    assert.equal(code, 0);
    assert.ok(service.messages.length > 0);
    assert.ok(service.messages.every(({ raw }) => raw.includes('"effort":"high"')));
    const unknown = await takoss(generate('--engine', 'claude', '--effort', 'huge'));
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /There is no effort "huge"\. Use one of: low, medium/);
  });

  it('keeps to a budget, and finishes by rules what it does not allow', async () => {
    const { code, stdout } = await takoss(generate('--engine', 'claude', '--budget', '0.0001'));
    assert.equal(code, 0);
    assert.match(stdout, /^! .*budget/im);
    assert.match(stdout, /^The model was asked nothing\.$/m);
    assert.equal(service.charged.output_tokens, 0);
  });
});
