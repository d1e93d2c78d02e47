import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { collect, start, stop } from './command.ts';

/** A generated application that is running. */
export interface RunningApp {
  readonly url: string;
  /** What it has written to the console so far. */
  said(): string;
  /** Stops it as an operator would, and checks that it ends well. */
  stop(): Promise<void>;
}

/** Starts the built server on a free port, as `npm start` does, and waits until it is well. */
export async function startApp(folder: string, env: Record<string, string> = {}): Promise<RunningApp> {
  const port = await freePort();
  const { scripts } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const [program = '', ...args] = String(scripts.start).split(' ');
  // Without it, text becomes code in the server.
  assert.ok(args.includes('--disallow-code-generation-from-strings'), scripts.start);
  const child = start(program, args, folder, { env: { PORT: String(port), ...env } });
  const output = collect(child);
  const url = `http://localhost:${port}`;
  await untilWell(`${url}/healthz`, child, output);
  return {
    url,
    said: output,
    async stop() {
      assert.equal(await stop(child), 0, `the server ends well:\n${output()}`);
    },
  };
}

/** Starts what `npm run dev` starts, and waits until the page is served. */
export async function startDevelopment(folder: string, env: Record<string, string> = {}): Promise<RunningApp> {
  const port = await freePort();
  const args = ['scripts/dev.mjs', '--port', String(port), '--strictPort'];
  const child = start('node', args, folder, { env: { PORT: String(await freePort()), ...env } });
  const output = collect(child);
  const url = `http://localhost:${port}`;
  await untilWell(url, child, output);
  return {
    url,
    said: output,
    async stop() {
      await stop(child);
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The server got no port.');
  return address.port;
}

async function untilWell(url: string, child: ChildProcess, output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 480; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}:\n${output()}`);
    const isWell = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (isWell) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  child.kill('SIGKILL');
  throw new Error(`The server did not answer within two minutes:\n${output()}`);
}
