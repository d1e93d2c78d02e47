import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckPlace, scratchFolders } from './check-place.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { findNode, type NodeProgram } from './node-program.ts';
import { type ProgramResult, runProgram } from './run-program.ts';

export interface ToolOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until it is ended. */
  readonly limitMs: number;
  readonly giveUp?: AbortSignal;
  /** What Node is told before the tool. */
  readonly nodeArguments?: readonly string[];
}

/** The most that a tool and what it starts may take, in megabytes: a test with a database takes about 800. */
export const maxToolMemory = 2500;

/** Which Node runs tools. */
export interface NodeIdentity {
  readonly command: string;
  /** Such as `24.21.0`; undefined where it does not say. */
  readonly version: string | undefined;
}

/** What runs tools. */
export type Runner = Pick<ToolRunner, 'run' | 'identify'>;

/** Runs tools that are written for Node, in an environment without secrets. */
export class ToolRunner {
  readonly #environment: Readonly<Record<string, string>>;
  #node: Promise<NodeProgram> | undefined;

  /** `node` is the one to use, where it is not for this to find. */
  constructor(environment: Readonly<Record<string, string | undefined>>, node?: NodeProgram) {
    this.#environment = cleanEnvironment(environment);
    this.#node = node === undefined ? undefined : Promise.resolve(node);
  }

  /** Runs a tool of the packages; `tool` is the path of its script below them. */
  async run(
    tool: string,
    args: readonly string[],
    { project, packages, scratch }: CheckPlace,
    { signal, limitMs, giveUp, nodeArguments = [] }: ToolOptions,
  ): Promise<ProgramResult> {
    const { command, environment: own } = await this.#findNode();
    const { home } = scratchFolders(scratch);
    await mkdir(home, { recursive: true });
    const environment = {
      ...this.#environment,
      // Neither the settings of the user nor what other programs keep in a shared folder.
      ...{ HOME: home, USERPROFILE: home, TMPDIR: home, TMP: home, TEMP: home },
      ...{ CI: '1', NO_COLOR: '1', DEBUG_PRINT_LIMIT: '1000', ...own },
    };
    const script = join(packages, 'node_modules', tool);
    const maxMemory = maxToolMemory;
    const options = {
      folder: project,
      environment,
      signal,
      limitMs,
      maxMemory,
      ...(giveUp === undefined ? {} : { giveUp }),
    };
    return await runProgram(command, [...nodeArguments, script, ...args], options);
  }

  /** Which Node tools run on. */
  async identify(folder: string, signal: AbortSignal): Promise<NodeIdentity> {
    const { command, environment: own } = await this.#findNode();
    const environment = { ...this.#environment, ...own };
    const options = { folder, environment, signal, limitMs: 20_000 };
    const { standardOutput } = await runProgram(command, ['-p', 'process.versions.node'], options);
    return { command, version: /^\d+\.\d+\.\d+/.exec(standardOutput)?.[0] };
  }

  #findNode(): Promise<NodeProgram> {
    this.#node ??= findNode(this.#environment.PATH ?? this.#environment.Path ?? '');
    return this.#node;
  }
}
