import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Generator } from '../../src/core/ports.ts';
import { createLocalGenerator, systemClock } from '../../src/local-generator.ts';
import { KeyStore } from '../../src/server/key-store.ts';
import { startServer, type TakossServer } from '../../src/server/server.ts';
import { readSettings, type ServerSettings } from '../../src/server/settings.ts';

export const aliceKey = 'alice-key-0123456789abcdef';
export const bobKey = 'bob-key-0123456789abcdef';
export const wishes = 'Authors write posts with a title and a body. Readers comment on posts.';
export const blogRequest = { projectName: 'Blog', description: 'A place to write', requirements: wishes };

/** A server in this process on a free port, with a data folder of its own that several of them may share in turn. */
export class TestServer {
  readonly dataDir: string;
  #server: TakossServer | undefined;

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  static async start(options: TestServerOptions = {}): Promise<TestServer> {
    const server = new TestServer(options.dataDir ?? (await mkdtemp(join(tmpdir(), 'takoss-server-'))));
    await server.restart(options);
    return server;
  }

  get url(): string {
    if (this.#server === undefined) throw new Error('The server does not run.');
    return this.#server.url;
  }

  async restart({ settings = {}, environment = {}, createGenerator }: TestServerOptions = {}): Promise<void> {
    await this.stop();
    const keys = `alice:${aliceKey},bob:${bobKey}`;
    const read = readSettings(
      { port: '0', dataDir: this.dataDir },
      { TAKOSS_API_KEYS: keys, TAKOSS_LOG_LEVEL: 'silent', TAKOSS_RATE_LIMIT: '100000', ...environment },
    );
    this.#server = await startServer({
      settings: { ...read, ...settings },
      keys: new KeyStore(this.dataDir),
      clock: systemClock,
      version: '0.0.0',
      createGenerator: createGenerator ?? ((projectId) => createLocalGenerator(systemClock, projectId)),
    });
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.stop();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Alice calls, unless other headers say otherwise. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.url + path, { ...init, headers: { 'x-api-key': aliceKey, ...init.headers } });
  }

  post(path: string, body: unknown = blogRequest, headers: Record<string, string> = {}, signal?: AbortSignal) {
    return this.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** The value of a metric, with its labels as they are written. */
  async metric(name: string): Promise<number> {
    const text = await (await fetch(`${this.url}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  }
}

export interface TestServerOptions {
  /** A folder of the test's own; without it the server gets a new one. */
  readonly dataDir?: string;
  readonly settings?: Partial<ServerSettings>;
  readonly environment?: Record<string, string>;
  readonly createGenerator?: (projectId?: string) => Generator;
}

/** Waits until something is so, or fails with what was awaited. The time is for what hangs: a busy machine may be slow. */
export async function until(what: string, check: () => boolean | Promise<boolean>, withinMs = 20_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await check())) {
    if (performance.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The frames of a stream: what stands between empty lines, comments left out. */
export function frames(text: string): string[] {
  return text
    .split('\n\n')
    .filter((frame) => frame !== '' && !frame.startsWith(':'))
    .map((frame) => `${frame}\n\n`);
}

/** Reads a stream until the text satisfies the condition, and leaves the connection open. */
export async function readUntil(response: Response, isEnough: (text: string) => boolean): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) throw new Error('There is no body.');
  const decoder = new TextDecoder();
  let text = '';
  while (!isEnough(text)) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  reader.releaseLock();
  return text;
}
