import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** `takoss serve` as a process of its own, as it is built. */
export class ServeProcess {
  readonly url: string;
  readonly stderr: () => string;
  readonly stdout: () => string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, url: string, stdout: () => string, stderr: () => string) {
    this.#child = child;
    this.url = url;
    this.stdout = stdout;
    this.stderr = stderr;
  }

  /** Resolves when it listens. With a `lastPhase`, generations take seconds and do not get past it. */
  static async start(
    dataDir: string,
    { environment = {}, lastPhase }: { environment?: Record<string, string>; lastPhase?: string } = {},
  ): Promise<ServeProcess> {
    const slow = lastPhase === undefined ? [] : ['--import', resolve('test/support/slow-timers.mjs')];
    const child = spawn(
      process.execPath,
      [...slow, resolve('dist/cli.js'), 'serve', '--port', '0', '--data-dir', dataDir],
      { env: { ...process.env, ...environment, TAKOSS_TEST_LAST_PHASE: lastPhase } },
    );
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    const url = await new Promise<string>((done, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        const [, found] = /Takoss listens on (http:\S+);/.exec(stderr) ?? [];
        if (found !== undefined) done(found);
      });
      child.on('exit', () => reject(new Error(`The server ended: ${stderr}${stdout}`)));
    });
    return new ServeProcess(
      child,
      url,
      () => stdout,
      () => stderr,
    );
  }

  /** Ends it. Resolves with its exit code, null where the signal ended it. */
  async end(signal: 'SIGKILL' | 'SIGTERM' | 'SIGINT'): Promise<number | null> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      const exited = once(this.#child, 'exit');
      this.#child.kill(signal);
      await exited;
    }
    return this.#child.exitCode;
  }
}

/** Runs `takoss` as it is built until it ends by itself, without stopping this process meanwhile. */
export async function runTakoss(
  parts: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [resolve('dist/cli.js'), ...parts], {
    env: { ...process.env, ...environment },
    // What should have ended and goes on is a failure, too.
    timeout: 60_000,
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}
