/// <reference lib="dom" />
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { costOf } from '../../src/core/model-usage.ts';
import { ClaudeModel } from '../../src/engines/claude/claude-model.ts';
import type { Preflight } from '../support/model-service/browser-access.ts';
import { rateLimited } from '../support/model-service/faults.ts';
import { ModelProject } from '../support/model-service/model-project.ts';
import { type ModelRun, runModel } from '../support/model-service/model-run.ts';
import { type ChargedUsage, ModelService } from '../support/model-service/model-service.ts';
import type { PageRun, PageTask } from './page.ts';
import { PageHost } from './page-host.ts';

const isSlice = ({ wantsValue }: { readonly wantsValue: boolean }): boolean => !wantsValue;

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return address === null || typeof address === 'string' ? 0 : address.port;
}

describe('Claude in a browser', function () {
  this.timeout(120_000);
  let service: ModelService;
  let project: ModelProject;
  let host: PageHost;
  let page: Page;
  const complaints: string[] = [];

  before(async () => {
    project = await ModelProject.read('blog');
    service = await ModelService.start({ reply: (asked) => project.reply(asked) });
    host = await PageHost.start();
  });
  after(async () => {
    await host?.close();
    await service?.stop();
  });
  beforeEach(async () => {
    service.reset();
    complaints.length = 0;
    page = await host.open();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // Of requests that fail, the browser itself tells; everything else is ours.
      if (!/^Failed to load resource|blocked by CORS policy/.test(message.text())) complaints.push(message.text());
    });
  });
  afterEach(async () => {
    await page.close();
    assert.deepEqual(complaints, []);
  });

  const generateIn = (where: Page, task: Partial<PageTask> = {}): Promise<PageRun> => {
    const { key, url } = service;
    const whole: PageTask = { service: { key, url }, request: project.request, ...task };
    return where.evaluate((given) => window.generate(given), whole);
  };
  const generate = (task: Partial<PageTask> = {}): Promise<PageRun> => generateIn(page, task);

  function assertFailed({ error, files, events }: PageRun, code: string): void {
    assert.ok(error !== undefined, `no ${code}`);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, /^[A-Z0-9].*\.$/, 'a sentence');
    assert.deepEqual(files, {});
    assert.ok(!JSON.stringify([events, error]).includes(service.key));
  }

  describe('from a page of another origin', () => {
    let inNode: ModelRun;
    let run: PageRun;
    let preflights: readonly Preflight[];
    let statuses: readonly number[];
    let charged: ChargedUsage;

    before(async () => {
      assert.notEqual(new URL(service.url).host, new URL(host.origin).host);
      inNode = await runModel(service, project.request);
      service.reset();
      const opened = await host.open();
      run = await generateIn(opened);
      await opened.close();
      preflights = [...service.preflights];
      statuses = service.messages.map(({ status }) => status);
      charged = service.charged;
    });

    it('generates what it generates in Node, file for file', () => {
      assert.equal(run.error, undefined);
      assert.deepEqual(run.files, inNode.disk.snapshot());
      assert.deepEqual(run.result?.slices, inNode.result?.slices);
      assert.equal(run.result?.slices?.filter(({ status }) => status === 'accepted').length, project.slices.size);
    });

    it('opts in, in the question that the browser asks first and in the request', async () => {
      assert.ok(preflights.length > 0);
      for (const { method, headers } of preflights) {
        assert.equal(method, 'POST');
        assert.ok(headers.includes('anthropic-dangerous-direct-browser-access'), headers.join(' '));
      }
      assert.deepEqual(new Set(statuses), new Set([200]));

      // So that the above means something: a page that does not opt in is not let in.
      const refused = await page.evaluate(
        ([address = '', key = '']) => fetch(address, { headers: { 'x-api-key': key } }).then(String, String),
        [`${service.url}/v1/models`, service.key],
      );
      assert.equal(refused, 'TypeError: Failed to fetch');
    });

    it('streams files piece by piece, each where the one before ended', () => {
      for (const { path, content } of [...project.slices.values()].flat()) {
        if (!path.endsWith('/screen.tsx')) continue;
        const pieces = run.events.flatMap((event) =>
          event.type === 'code_chunk' && event.data.file === path ? [event.data] : [],
        );
        // A busy page finds pieces joined.
        assert.ok(pieces.filter(({ isComplete }) => !isComplete).length > 3, `${path} in ${pieces.length} pieces`);
        let text = '';
        for (const { chunk, offset = text.length } of pieces) text = text.slice(0, offset) + chunk;
        assert.equal(text, content);
      }
    });

    it('counts and charges what the service did', () => {
      const usage = {
        inputTokens: charged.input_tokens,
        cachedTokens: charged.cache_read_input_tokens,
        cacheWriteTokens: charged.cache_creation_input_tokens,
        outputTokens: charged.output_tokens,
      };
      const { price } = new ClaudeModel({ apiKey: service.key });
      const { costUsd = 0, model, ...counted } = run.result?.usage ?? {};
      assert.ok(price !== undefined && usage.cachedTokens > 0);
      assert.deepEqual(counted, usage);
      assert.ok(Math.abs(costUsd - costOf(usage, price)) < 1e-9);
      assert.equal(model, 'claude-sonnet-5-5');
    });
  });

  it('shows pieces while the answer is under way, and a cancel then ends the request on the wire', async () => {
    const [slug = ''] = project.slices.keys();
    // The service says no more then, and keeps the connection: what the page saw was not held back until the end.
    service.faults.add({ kind: 'silence', afterEvents: 200 }, { times: 10, when: isSlice });
    assertFailed(await generate({ cancelIn: slug }), 'cancelled');
    const slices = service.messages.filter(({ asked }) => asked !== undefined && isSlice(asked));
    assert.ok(slices.length > 0);
    for (let tries = 0; tries < 250 && !slices.every(({ isBroken }) => isBroken); tries += 1) await sleep(20);
    for (const { isBroken, isFinished, events } of slices) {
      assert.deepEqual({ isBroken, isFinished }, { isBroken: true, isFinished: false });
      assert.ok(events <= 200);
    }
    const asked = service.messages.length;
    await sleep(200);
    assert.equal(service.messages.length, asked, 'nothing is asked for any more');
  });

  it('says that a key is refused', async () => {
    assertFailed(await generate({ service: { url: service.url, key: 'sk-ant-of-someone-else' } }), 'model-key');
    assert.deepEqual(
      service.messages.map(({ status }) => status),
      [401],
    );
  });

  it('asks again for the rest of a file where the stream was cut', async () => {
    service.faults.add({ kind: 'cut', afterEvents: 60 }, { when: isSlice });
    const { error, result } = await generate();
    assert.equal(error, undefined);
    assert.ok(result?.slices?.every(({ status }) => status === 'accepted'));
    assert.ok(service.messages.some(({ fault, isBroken }) => fault === 'cut' && isBroken));
  });

  it('says that the network is at fault where the stream is cut again and again, or nobody answers', async () => {
    service.faults.add({ kind: 'cut', afterEvents: 60 }, { times: 100, when: isSlice });
    assertFailed(await generate(), 'network');
    service.faults.clear();

    const free = await freePort();
    assertFailed(await generate({ service: { key: service.key, url: `http://127.0.0.1:${free}` } }), 'network');
  });

  for (const hides of [false, true]) {
    describe(`where a page may read ${hides ? 'no headers but the usual ones' : 'all headers'}`, () => {
      beforeEach(() => {
        service.hidesHeaders = hides;
      });

      it(`waits for its turn${hides ? ' by its own measure' : ' as long as the service asks to'}`, async () => {
        service.faults.add(rateLimited(30));
        const { error, result, waits } = await generate();
        assert.equal(error, undefined);
        assert.ok(result?.slices?.every(({ status }) => status === 'accepted'));
        const [first = 0, ...more] = waits;
        assert.deepEqual(more, []);
        assert.ok(hides ? first >= 500 && first <= 1000 : first >= 30_000, `${first} ms`);
      });

      it('says that there is no turn for it now', async () => {
        service.faults.add(rateLimited(30), { times: 100 });
        const { error } = await generate();
        assert.equal(error?.code, 'rate-limit');
      });
    });
  }
});
