import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { analysis, request, sliceFiles } from '../../scripts/bench-model-project.mjs';
import type { ErrorCode } from '../../src/core/errors.ts';
import { TakossError } from '../../src/core/errors.ts';
import { phrasesOf } from '../../src/core/phrases.ts';
import type { ClaudeOptions } from '../../src/engines/claude/claude-model.ts';
import type { Asked } from '../support/model-service/asked.ts';
import {
  error,
  type Fault,
  internalError,
  noCredit,
  overloaded,
  overloadedAfter,
  paymentRequired,
  rateLimited,
  refusedKey,
} from '../support/model-service/faults.ts';
import { ModelProject, slugOf } from '../support/model-service/model-project.ts';
import { MemoryWorkStore, type ModelRun, type ModelRunOptions, runModel } from '../support/model-service/model-run.ts';
import { ModelService } from '../support/model-service/model-service.ts';
import { endlessFile, files, type Reply, type ReplyFile, value } from '../support/model-service/replies.ts';

/** The slice that goes wrong, and the one beside it that does not. */
const broken = 'show-posts-per-month';
const whole = 'keep-reading-list';
const screen = `src/client/modules/${broken}/screen.tsx`;

const isAnalysis = ({ wantsValue }: Asked): boolean => wantsValue;
const isBroken = (asked: Asked): boolean => !asked.wantsValue && slugOf(asked) === broken;
const forEver = Number.POSITIVE_INFINITY;

/** Silence is noticed soon. Only for services that fall silent: a busy machine is silent for a while, too. */
const impatient: Partial<ClaudeOptions> = { timeouts: { firstByteMs: 20_000, idleMs: 1000, progressMs: 1500 } };

const optionsFor = ({ kind }: Fault): ModelRunOptions => (kind === 'silence' ? { claude: impatient } : {});

describe('generating with a language model whose service fails', function () {
  this.timeout(180_000);
  let service: ModelService;
  let blog: ModelProject;
  let store: MemoryWorkStore;

  before(async () => {
    blog = await ModelProject.read('blog');
    service = await ModelService.start({ reply: (asked) => blog.reply(asked) });
  });
  after(() => service.stop());
  beforeEach(() => {
    service.reset();
    service.reply = (asked) => blog.reply(asked);
    store = new MemoryWorkStore();
  });

  const run = (options: ModelRunOptions = {}): Promise<ModelRun> =>
    runModel(service, blog.request, { store, ...options });

  /** A failed run says why and leaves nothing behind, neither on disk nor of the key. */
  function assertFailed({ error, events, disk }: ModelRun, code: ErrorCode): void {
    assert.ok(error instanceof TakossError, String(error));
    assert.equal(error.code, code);
    const last = events.at(-1);
    assert.equal(last?.type, 'error');
    assert.equal(last.data?.code, code);
    assert.match(error.message, /^[A-Z0-9].*\.$/, 'a sentence');
    assert.deepEqual(disk.snapshot(), {});
    assert.ok(!JSON.stringify([events, error.message]).includes(service.key));
  }

  /** Runs again as *Retry* does: everything is there, and what was finished is not asked for again. */
  async function assertRetryFinishes(finished: readonly string[]): Promise<void> {
    service.reset();
    service.reply = (asked) => blog.reply(asked);
    const again = await run();
    assertWhole(again);
    const asked = service.messages.map(({ asked }) => (asked?.wantsValue ? 'analysis' : asked && slugOf(asked)));
    for (const what of finished) assert.ok(!asked.includes(what), `${what} was asked for again`);
  }

  function assertWhole({ error, result, disk }: ModelRun): void {
    assert.equal(error, undefined);
    assert.deepEqual(
      result?.slices?.map(({ status }) => status),
      ['accepted', 'accepted'],
    );
    const snapshot = disk.snapshot();
    for (const { path, content } of [...blog.slices.values()].flat()) {
      if (!/^(tables|slots)\.json$/.test(path)) assert.equal(snapshot[path], content);
    }
  }

  /** The project is there without the broken slice, and says so where people look. */
  function assertLeftOut({ error, result, disk, events }: ModelRun, reason: RegExp): void {
    assert.equal(error, undefined);
    const outcome = result?.slices?.find(({ feature }) => feature === broken);
    assert.equal(outcome?.status, 'left-out');
    assert.match(outcome?.reason ?? '', reason);
    assert.equal(result?.slices?.find(({ feature }) => feature === whole)?.status, 'accepted');
    const snapshot = disk.snapshot();
    assert.ok(!Object.keys(snapshot).some((path) => path.includes(broken)), 'nothing of the slice is on disk');
    const code = Object.entries(snapshot).filter(([path]) => /^(src|tests)\//.test(path));
    assert.ok(!JSON.stringify(code).includes(broken), 'nothing refers to it');
    const { phrases = [], features = [] } = result?.phases.analysis ?? {};
    const feature = features.find(({ id }) => id === broken);
    assert.equal(feature?.built, false);
    const said = phrasesOf(feature.origin).flatMap((index) => {
      const state = phrases[index]?.state;
      return state?.kind === 'not-built' ? [state.why] : [];
    });
    assert.ok(said.length > 0);
    for (const why of said) assert.ok(why.includes(outcome?.reason ?? '-'), why);
    assertOnlyGenerated(events, snapshot);
  }

  /** Every file of the disk was said to be complete; no other file was spoken of in the end. */
  function assertOnlyGenerated(events: ModelRun['events'], snapshot: Record<string, string>): void {
    const state = new Map<string, boolean>();
    for (const event of events) {
      if (event.type !== 'code_chunk') continue;
      if (event.data.isDiscarded) state.delete(event.data.file);
      else state.set(event.data.file, event.data.isComplete);
    }
    const onDisk = Object.entries(snapshot).filter(([, content]) => content !== '<directory>');
    assert.deepEqual([...state.keys()].sort(), onDisk.map(([path]) => path).sort());
    assert.ok([...state.values()].every((isComplete) => isComplete));
  }

  const failures: Record<string, [fault: Fault, code: ErrorCode]> = {
    'a refused key': [refusedKey, 'model-key'],
    'no credit': [noCredit, 'model-credit'],
    'a bill that was not paid': [paymentRequired, 'model-credit'],
    '429 for ever': [rateLimited(1), 'rate-limit'],
    '529 for ever': [overloaded, 'model-overloaded'],
    'connections that are reset': [{ kind: 'reset' }, 'network'],
    'a stream that is always cut': [{ kind: 'cut', afterEvents: 20 }, 'network'],
    silence: [{ kind: 'silence', afterEvents: 20 }, 'network'],
    'nothing but pings': [{ kind: 'silence', afterEvents: 20, pingEveryMs: 50 }, 'network'],
    'overload in the middle of every answer': [overloadedAfter(20), 'model-overloaded'],
  };
  for (const [what, [fault, code]] of Object.entries(failures)) {
    it(`ends with ${code} on ${what} while it reads, and goes on with the next run`, async () => {
      service.faults.add(fault, { times: forEver, when: isAnalysis });
      assertFailed(await run(optionsFor(fault)), code);
      await assertRetryFinishes([]);
    });

    it(`ends with ${code} on ${what} while it writes, and keeps what is finished`, async () => {
      service.faults.add(fault, { times: forEver, when: isBroken });
      assertFailed(await run(optionsFor(fault)), code);
      await assertRetryFinishes(['analysis', whole]);
    });
  }

  it('ends with model-unknown for a model that the service does not have', async () => {
    assertFailed(await run({ claude: { model: 'claude-sonnet-9-9' } }), 'model-unknown');
    await assertRetryFinishes([]);
  });

  it('ends with model-key when the key is missing or wrong', async () => {
    assertFailed(await run({ claude: { apiKey: '' } }), 'model-key');
    assertFailed(await run({ claude: { apiKey: 'sk-ant-wrong-0123456789' } }), 'model-key');
    await assertRetryFinishes([]);
  });

  it('ends with network when nobody answers at the address', async () => {
    await service.goAway();
    try {
      assertFailed(await run(), 'network');
    } finally {
      await service.comeBack();
    }
    await assertRetryFinishes([]);
  });

  it('ends with network when the service goes away while it writes', async () => {
    const slow = await ModelService.start({
      reply: (asked) => blog.reply(asked),
      pace: { firstTokenMs: 0, tokensPerSecond: 2000 },
    });
    let isGone: Promise<void> | undefined;
    try {
      const made = await runModel(slow, blog.request, {
        store,
        onEvent: (event) => {
          if (event.type === 'code_chunk' && event.data.file === screen) isGone ??= slow.goAway();
        },
      });
      assertFailed(made, 'network');
    } finally {
      await isGone;
      await slow.stop();
    }
    await assertRetryFinishes(['analysis']);
  });

  const passing: Record<string, Fault> = {
    'a rate limit': rateLimited(3),
    overload: overloaded,
    'an internal error': internalError,
    'a connection that is reset': { kind: 'reset' },
    'a stream that is cut': { kind: 'cut', afterEvents: 40 },
    'a stream that falls silent': { kind: 'silence', afterEvents: 40 },
    'overload in the middle of an answer': overloadedAfter(40),
  };
  for (const [what, fault] of Object.entries(passing)) {
    it(`gets over ${what} by itself`, async () => {
      service.faults.add(fault, { when: isAnalysis });
      service.faults.add(fault, { when: isBroken });
      const made = await run(optionsFor(fault));
      assertWhole(made);
      assertOnlyGenerated(made.events, made.disk.snapshot());
    });
  }

  const unknown: Record<string, [message: string, when: (asked: Asked) => boolean]> = {
    'a schema that is too large for its grammar': [
      'The compiled grammar is too large, which would cause performance issues.',
      isAnalysis,
    ],
    'a proxy that knows no eager streaming': [
      'tools.0.custom.eager_input_streaming: Extra inputs are not permitted',
      isBroken,
    ],
  };
  for (const [what, [message, when]] of Object.entries(unknown)) {
    it(`does without what is refused: ${what}`, async () => {
      service.faults.add(error(400, 'invalid_request_error', message), { when });
      const made = await run();
      assertWhole(made);
      assert.equal(service.messages.filter(({ status }) => status === 400).length, 1);
    });
  }

  it('waits as long as retry-after says, and says so', async () => {
    const waits: number[] = [];
    service.faults.add(rateLimited(7), { times: 2, when: isAnalysis });
    const wait = (ms: number): Promise<void> => Promise.resolve(void waits.push(ms));
    const made = await run({ claude: { wait } });
    assertWhole(made);
    assert.equal(waits.length, 2);
    assert.ok(waits.every((ms) => ms >= 7000));
    assert.ok(made.events.some(({ message }) => /\b[789] s/.test(message)));
  });

  it('says so when a proxy keeps answers back until they are whole', async () => {
    service.faults.add({ kind: 'held-back' }, { times: forEver });
    const made = await run({ claude: { timeouts: { heldBackMs: 0 } } });
    assertWhole(made);
    assert.ok(made.result?.notices?.some((notice) => /back until they are whole/.test(notice)));
  });

  it('does not ask more at once than the service takes', async () => {
    const slow = await ModelService.start({ reply: (asked) => blog.reply(asked), mostParallel: 1 });
    try {
      assertWhole(await runModel(slow, blog.request, { store }));
      assert.equal(slow.mostParallel, 1);
    } finally {
      await slow.stop();
    }
  });

  it('asks less at once when the service refuses more, until all is written', async () => {
    const slow = await ModelService.start({
      reply: (asked) => (asked.wantsValue ? value(analysis) : files(sliceFiles(slugOf(asked) ?? ''))),
      pace: { firstTokenMs: 50, tokensPerSecond: 4000 },
      mostParallel: 3,
    });
    try {
      const wait = (ms: number): Promise<void> => sleep(ms / 4);
      const made = await runModel(slow, request, { store, claude: { wait } });
      assert.equal(made.error, undefined);
      assert.equal(made.result?.slices?.filter(({ status }) => status === 'accepted').length, 12);
      assert.equal(slow.mostParallel, 3);
      const refused = slow.messages.filter(({ status }) => status === 429).length;
      // On a busy machine, fewer meet.
      assert.ok(refused >= 1 && refused < 30, `${refused} were refused`);
    } finally {
      await slow.stop();
    }
  });

  it('stops asking when the run is cancelled', async () => {
    const cancel = new AbortController();
    service.faults.add({ kind: 'silence', afterEvents: 30, pingEveryMs: 20 }, { times: forEver, when: isBroken });
    const made = await run({
      signal: cancel.signal,
      onEvent: (event) => {
        if (event.type === 'code_chunk' && event.data.file.includes(broken)) cancel.abort();
      },
    });
    assertFailed(made, 'cancelled');
    const asked = service.messages.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(service.messages.length, asked);
    await assertRetryFinishes(['analysis']);
  });

  describe('or whose answers are bad', () => {
    /** Answers this for the broken slice, `times` times. */
    function answer(reply: (asked: Asked, good: readonly ReplyFile[]) => Reply, times = forEver): void {
      let left = times;
      service.reply = (asked) =>
        isBroken(asked) && left-- > 0 ? reply(asked, blog.filesFor(asked)) : blog.reply(asked);
    }

    const withScreen = (good: readonly ReplyFile[], content: (text: string) => string): Reply =>
      files(good.map((file) => (file.path === screen ? { ...file, content: content(file.content) } : file)));
    const and = (good: readonly ReplyFile[], path: string): Reply =>
      files([...good, { path, content: 'export {};\n' }]);

    const bad: Record<string, [reply: (asked: Asked, good: readonly ReplyFile[]) => Reply, reason: RegExp]> = {
      'code that stands for the rest': [
        (_, good) =>
          withScreen(
            good,
            (text) => `${text.slice(0, text.indexOf('function Bars'))}// ... rest of the file unchanged\n`,
          ),
        /not complete/,
      ],
      'a file without its end': [
        (_, good) => withScreen(good, (text) => text.slice(0, text.length / 2)),
        /not complete/,
      ],
      'an empty file': [(_, good) => withScreen(good, () => ''), /not complete/],
      'no files at all': [() => ({ text: 'I would rather not.' }), /not complete/],
      'a file of the project': [(_, good) => and(good, 'package.json'), /belongs to the project/],
      'the schema of the project': [(_, good) => and(good, 'src/server/db/schema.ts'), /belongs to the project/],
      'a path outside the project': [(_, good) => and(good, '../../.bashrc'), /not a path within the project/],
      'an absolute path': [(_, good) => and(good, '/etc/passwd'), /not a path within the project/],
      'a git hook': [(_, good) => and(good, '.git/hooks/pre-commit'), /pre-commit/],
      'a task of the editor': [(_, good) => and(good, '.vscode/tasks.json'), /tasks\.json/],
      'a file of another slice': [(_, good) => and(good, `src/server/modules/${whole}/routes.ts`), new RegExp(whole)],
      'a package that is not allowed': [
        (_, good) =>
          withScreen(
            good,
            (text) => `import leftPad from 'left-pad';\n${text}export const padded = leftPad('a', 2);\n`,
          ),
        /left-pad/,
      ],
      'a name that is not there': [
        (_, good) =>
          withScreen(
            good,
            (text) => `${text.replace('FailureMessage, ', 'FailureMessage, Chart, ')}export const used = Chart;\n`,
          ),
        /Chart/,
      ],
      'a file that never ends': [({ maxTokens }) => endlessFile(screen, maxTokens), /cut off/],
    };
    for (const [what, [reply, reason]] of Object.entries(bad)) {
      it(`leaves out a slice with ${what}`, async () => {
        answer(reply);
        assertLeftOut(await run(), reason);
        await assertRetryFinishes(['analysis', whole]);
      });

      it(`has ${what} repaired`, async () => {
        answer(reply, 1);
        const made = await run();
        assertWhole(made);
        assertOnlyGenerated(made.events, made.disk.snapshot());
      });
    }

    const broken2: Record<string, [fault: Fault, reason: RegExp]> = {
      'tool input that breaks off': [{ kind: 'truncated-json', afterDeltas: 12 }, /./],
      'answers that run into their limit': [{ kind: 'stop', afterEvents: 30, reason: 'max_tokens' }, /cut off/],
      refusals: [{ kind: 'stop', afterEvents: 10, reason: 'refusal' }, /declined/],
    };
    for (const [what, [fault, reason]] of Object.entries(broken2)) {
      it(`leaves out a slice after ${what}`, async () => {
        service.faults.add(fault, { times: forEver, when: isBroken });
        assertLeftOut(await run(), reason);
        await assertRetryFinishes(['analysis', whole]);
      });
    }

    const badAnalyses: Record<string, Reply> = {
      'of another schema': value({ entities: 'many' }),
      'that is no JSON': { text: 'Here is what I think: {' },
      'with references that lead nowhere': value({
        actors: [],
        entities: [
          {
            name: 'Post',
            description: '',
            fields: [{ name: 'title', type: 'string', required: true, unique: false }],
            relations: [{ name: 'owner', kind: 'many-to-one', target: 'Nobody', required: true }],
            titleField: 'title',
            sentences: [2],
          },
        ],
        features: [],
        home: { text: [], sentences: [] },
        pages: [],
        theme: { background: '', component: '', sentences: [] },
        about: [],
        unmet: [],
      }),
    };
    for (const [what, reply] of Object.entries(badAnalyses)) {
      it(`reads by rules after analyses ${what}, and says so`, async () => {
        service.reply = (asked) => (asked.wantsValue ? reply : files([]));
        const made = await run();
        assert.equal(made.error, undefined);
        assert.ok(made.result?.notices?.some((notice) => /read by rules/.test(notice)));
        assert.ok(service.messages.filter(({ asked }) => asked?.wantsValue).length <= 3, 'at most two repairs');
        assert.ok((made.result?.phases.analysis.entities.length ?? 0) >= 2);
        await assertRetryFinishes([]);
      });

      it(`has an analysis ${what} repaired`, async () => {
        let left = 1;
        service.reply = (asked) => (asked.wantsValue && left-- > 0 ? reply : blog.reply(asked));
        assertWhole(await run());
      });
    }

    it('reads by rules when the model refuses to', async () => {
      service.faults.add({ kind: 'stop', afterEvents: 10, reason: 'refusal' }, { times: forEver, when: isAnalysis });
      service.reply = (asked) => (asked.wantsValue ? blog.reply(asked) : files([]));
      const made = await run();
      assert.equal(made.error, undefined);
      assert.ok(made.result?.notices?.some((notice) => /read by rules/.test(notice)));
    });
  });
});
