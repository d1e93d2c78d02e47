import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Fault } from '../../support/model-service/faults.ts';
import type { ServiceOrder, ServiceReport } from './serve-model.ts';

/** The stand-in for the service of Claude, in a process of its own. It answers for the blog of the fixtures. */
export class ModelServiceProcess {
  readonly #process: ChildProcess;
  readonly url: string;
  readonly key: string;

  private constructor(process: ChildProcess, { url, key }: ServiceReport) {
    this.#process = process;
    this.url = url;
    this.key = key;
  }

  /** `tokensPerSecond` is how fast an answer comes. */
  static async start(tokensPerSecond = 4000): Promise<ModelServiceProcess> {
    const script = join(process.env.TAKOSS_ROOT ?? process.cwd(), 'test/integration/support/serve-model.ts');
    // The program of a desktop VS Code is Node only when it is told so.
    const child = spawn(process.execPath, [script], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', TAKOSS_MODEL_PACE: String(tokensPerSecond) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    return new ModelServiceProcess(child, await nextReport(child));
  }

  /** What goes wrong with the next requests, or only with those about a slice. */
  async fail(fault: Fault, options: { readonly times?: number; readonly slug?: string } = {}): Promise<void> {
    await this.#order({ type: 'fault', fault, ...options });
  }

  /** Forgets what was asked and what was to go wrong. */
  async reset(): Promise<void> {
    await this.#order({ type: 'reset' });
  }

  /** What was asked for since the last reset: slugs of slices, and `analysis`. */
  async asked(): Promise<readonly string[]> {
    return (await this.#order({ type: 'report' })).asked;
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.#process.kill('SIGKILL');
    await ended;
  }

  async #order(order: ServiceOrder): Promise<ServiceReport> {
    const answer = nextReport(this.#process);
    this.#process.send(order);
    return await answer;
  }
}

function nextReport(child: ChildProcess): Promise<ServiceReport> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`The model service ended with ${code}.`));
    child.once('exit', onExit);
    child.once('error', reject);
    child.once('message', (report) => {
      child.off('exit', onExit);
      child.off('error', reject);
      // Sent by the script above, and by nobody else.
      resolve(report as ServiceReport);
    });
  });
}
