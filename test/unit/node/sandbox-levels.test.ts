import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProgramResult } from '../../../src/node/run-program.ts';
import { SandboxLevels } from '../../../src/node/sandbox-levels.ts';
import { TestRunner } from '../../../src/node/test-runner.ts';
import { reportFileOf } from '../../../src/node/test-sandbox.ts';
import type { NodeIdentity, Runner } from '../../../src/node/tool-runner.ts';

const { signal } = new AbortController();
const limits = { test: 1000, silence: 60_000, tests: 60_000 };
const probe = 'tests/client/sandbox-probe.test.tsx';

describe('How far tests can be shut in', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'takoss-levels-'));
    for (const name of ['project/tests/client', 'packages', 'scratch'])
      await mkdir(join(folder, name), { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const place = (...paths: string[]) => ({
    project: join(folder, 'project'),
    packages: join(folder, 'packages'),
    scratch: join(folder, 'scratch'),
    slicePaths: new Set(paths),
  });

  type Answer = 'good' | 'late' | 'fails' | 'lets something pass';
  /** A runner of tools that answers to one run of tests after another. */
  class FakeRunner implements Runner {
    readonly answers: Answer[];
    /** Whether permissions were asked for, for each run. */
    readonly runs: boolean[] = [];

    constructor(...answers: Answer[]) {
      this.answers = answers;
    }

    async run(...[_tool, _args, where, options]: Parameters<Runner['run']>): Promise<ProgramResult> {
      this.runs.push(options.nodeArguments?.includes('--permission') ?? false);
      const answer = this.answers.shift() ?? 'good';
      const errors = answer === 'fails' ? [{ message: 'failed', places: [] }] : [];
      const file = join(where.project, probe);
      const events = [
        { kind: 'file', file },
        { kind: 'end', file, errors },
        { kind: 'attempts', passed: answer === 'lets something pass' ? ['starting a program'] : [] },
        { kind: 'done', errors: [] },
      ];
      if (answer !== 'late') {
        await writeFile(reportFileOf(where), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
      }
      const excess = answer === 'late' ? 'time' : undefined;
      return { code: excess === undefined ? 0 : undefined, excess, output: '', standardOutput: '' };
    }

    identify(): Promise<NodeIdentity> {
      return Promise.resolve({ command: 'node', version: '24.0.0' });
    }
  }

  const find = async (...answers: Answer[]) => {
    const runner = new FakeRunner(...answers);
    const state = await new SandboxLevels(runner, limits).at(place(), signal);
    return { ...state, runs: runner.runs };
  };

  it('is full where everything forbidden is refused, and remembered', async () => {
    assert.deepEqual(await find('good'), { level: 'full', why: undefined, runs: [true] });
    assert.deepEqual(await find(), { level: 'full', why: undefined, runs: [] });
  });

  it('is not full where the runner of the tests itself may do something', async () => {
    const { level, why } = await find('lets something pass', 'good');
    assert.equal(level, 'workers');
    assert.match(String(why), /could not be shut in/);
    assert.equal((await readdir(place().packages)).length, 0, 'only a full one is remembered');
  });

  it('is tried again where the machine was only too busy', async () => {
    assert.deepEqual(await find('late', 'good'), { level: 'full', why: undefined, runs: [true, true] });
  });

  it('is not known where the machine stays too busy', async () => {
    const { level, why } = await find('late', 'late', 'late', 'late');
    assert.equal(level, 'guard');
    assert.match(String(why), /too busy/);
  });

  it('decides whether tests of a model are run: below full only with the word of the user, who is asked once', async () => {
    const asked: string[] = [];
    const runner = new FakeRunner('fails', 'fails');
    const tests = new TestRunner(runner, limits, (why) => {
      asked.push(why);
      return Promise.resolve(false);
    });
    const [known, { whyNot }] = [await tests.whyNot(place(probe), signal), await tests.run(place(probe), signal)];
    assert.match(String(whyNot), /could not be shut in/);
    assert.equal(known, whyNot);
    assert.equal(runner.runs.length, 2, 'nothing was run but the probes');
    assert.ok(asked.every((why) => why === whyNot));

    const allowed = new FakeRunner('fails', 'fails', 'good');
    const result = await new TestRunner(allowed, limits, () => Promise.resolve(true)).run(place(probe), signal);
    assert.deepEqual(result, { problems: [] });
    assert.equal(allowed.runs.length, 3);
  });

  it('is found out again where permissions keep the tests from starting, before they are run with fewer', async () => {
    const { packages } = place();
    await find('good');
    assert.equal((await readdir(packages)).length, 1);
    const runner = new FakeRunner('fails', 'fails');
    runner.run = async (...args) => {
      if (runner.runs.length > 0) return await FakeRunner.prototype.run.apply(runner, args);
      runner.runs.push(true);
      return { code: 9, excess: undefined, output: 'bad option: --permission', standardOutput: '' };
    };
    const { whyNot } = await new TestRunner(runner, limits, () => Promise.resolve(false)).run(place(probe), signal);
    assert.match(String(whyNot), /could not be shut in/);
    assert.equal(runner.runs.length, 3);
  });
});
