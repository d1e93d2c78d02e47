import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A real `takoss serve` on a free port, with one key. */
export class TakossServer {
  readonly port: number;
  readonly key: string;
  readonly #process: ChildProcess;
  readonly #data: string;

  private constructor(process: ChildProcess, port: number, key: string, data: string) {
    this.#process = process;
    this.port = port;
    this.key = key;
    this.#data = data;
  }

  static async start(): Promise<TakossServer> {
    const key = `key-${crypto.randomUUID()}`;
    const data = await mkdtemp(join(tmpdir(), 'takoss-server-'));
    const cli = join(process.env.TAKOSS_ROOT ?? process.cwd(), 'dist', 'cli.js');
    // The program of a desktop VS Code is Node only when it is told so.
    const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--data-dir', data], {
      env: {
        ...process.env,
        ELECTRON_RUN_AS_NODE: '1',
        TAKOSS_API_KEYS: `tests:${key}`,
        TAKOSS_LOG_LEVEL: 'error',
        TAKOSS_RESUME_GRACE_SECONDS: '120',
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const port = await listening(child);
    return new TakossServer(child, port, key, data);
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGKILL');
    await ended;
    await rm(this.#data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

function listening(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const port = /listens on http:\/\/[^:]+:(\d+)/.exec(output)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.\n${output}`)));
    child.once('error', reject);
  });
}
