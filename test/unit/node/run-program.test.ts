import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ProgramOptions, runProgram } from '../../../src/node/run-program.ts';
import { skip } from '../../support/skip.ts';

const options = (changes: Partial<ProgramOptions> = {}): ProgramOptions => ({
  folder: tmpdir(),
  environment: { PATH: process.env.PATH ?? '' },
  signal: new AbortController().signal,
  limitMs: 20_000,
  ...changes,
});
const node = (code: string, changes?: Partial<ProgramOptions>) =>
  runProgram(process.execPath, ['-e', code], options(changes));
/** Starts a process that would live on, says its number, and never ends. */
const family = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
console.log(pid); for (;;);`;

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function assertEnds(pid: number): Promise<void> {
  for (let tries = 0; tries < 200 && isRunning(pid); tries += 1) await sleep(100);
  assert.equal(isRunning(pid), false, `process ${pid} is still there`);
}

describe('A program', () => {
  it('answers what it said and how it ended, in the environment it was given', async () => {
    const result = await node("console.log(process.env.A); console.error('warning'); process.exit(3)", {
      environment: { A: 'given' },
    });
    assert.equal(result.code, 3);
    assert.equal(result.standardOutput, 'given\n');
    assert.match(result.output, /warning/);
    assert.equal(result.excess, undefined);
  });

  it('is ended with all it started when it takes too long', async () => {
    const result = await node(family, { limitMs: 4000 });
    assert.equal(result.excess, 'time');
    assert.equal(result.code, undefined);
    await assertEnds(Number(result.standardOutput));
  });

  it('is ended with all it started when the run is cancelled', async () => {
    const controller = new AbortController();
    let pid = 0;
    const onOutput = (text: string): void => {
      pid = Number(text);
      controller.abort();
    };
    await assert.rejects(node(family, { signal: controller.signal, onOutput }), { code: 'cancelled' });
    assert.ok(pid > 0);
    await assertEnds(pid);
  });

  it('leaves nothing running when it ends by itself', async () => {
    const result = await node(family.replace('for (;;);', 'process.exit(0)'));
    assert.equal(result.code, 0);
    await assertEnds(Number(result.standardOutput));
  });

  it('is ended with all it started when it floods its output', async () => {
    const flood = family.replace(
      'for (;;);',
      "const line = 'x'.repeat(1_000_000); (function say() { process.stdout.write(line, say); })();",
    );
    const result = await node(flood);
    assert.equal(result.excess, 'output');
    assert.ok(result.output.length < 8_000_000, `${result.output.length} characters are kept`);
    await assertEnds(Number(result.standardOutput.split('\n')[0]));
  });

  it('is ended when it and what it started take too much memory together', async function () {
    if (process.platform === 'win32') skip(this, 'Memory is not watched on Windows. Nothing is to be done there.');
    const child =
      'const blocks = []; for (let i = 0; i < 30; i += 1) blocks.push(Buffer.alloc(10_000_000, 1)); setInterval(() => {}, 1000);';
    const result = await node(
      `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(child)}], { stdio: 'ignore' }); setInterval(() => {}, 1000);`,
      { maxMemory: 250 },
    );
    assert.equal(result.excess, 'memory');
    assert.equal(result.code, undefined);
  });

  it('that is not there is an error of the system', async () => {
    await assert.rejects(runProgram('no-such-program', [], options()), { code: 'ENOENT' });
  });
});
