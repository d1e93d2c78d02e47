import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cleanEnvironment } from './clean-environment.ts';
import { findNode, type NodeProgram } from './node-program.ts';
import { type ProgramResult, runProgram } from './run-program.ts';

/** Where a check happens: absolute folders, without links in their names. */
export interface CheckPlace {
  /** The project, with its packages. */
  readonly project: string;
  /** The folder that has the packages. */
  readonly packages: string;
  /** A folder for what the tools need besides. */
  readonly scratch: string;
  readonly slicePaths: ReadonlySet<string>;
}

export interface ToolOptions {
  readonly signal: AbortSignal;
  /** Milliseconds until it is ended. */
  readonly limitMs: number;
  readonly giveUp?: AbortSignal;
  /** What Node is told before the tool. */
  readonly nodeArguments?: readonly string[];
}

/** Runs tools that are written for Node, in an environment without secrets. */
export class ToolRunner {
  readonly #environment: Readonly<Record<string, string>>;
  #node: Promise<NodeProgram> | undefined;

  constructor(environment: Readonly<Record<string, string | undefined>>) {
    this.#environment = cleanEnvironment(environment);
  }

  /** Runs a tool of the packages; `tool` is the path of its script below them. */
  async run(
    tool: string,
    args: readonly string[],
    { project, packages, scratch }: CheckPlace,
    { signal, limitMs, giveUp, nodeArguments = [] }: ToolOptions,
  ): Promise<ProgramResult> {
    const { command, environment: own } = await this.#findNode();
    const home = join(scratch, 'home');
    await mkdir(home, { recursive: true });
    const environment = {
      ...this.#environment,
      // Neither the settings of the user nor what other programs keep in a shared folder.
      ...{ HOME: home, USERPROFILE: home, TMPDIR: home, TMP: home, TEMP: home },
      ...{ CI: '1', NO_COLOR: '1', DEBUG_PRINT_LIMIT: '1000', ...own },
    };
    const script = join(packages, 'node_modules', tool);
    const options = { folder: project, environment, signal, limitMs, ...(giveUp === undefined ? {} : { giveUp }) };
    return await runProgram(command, [...nodeArguments, script, ...args], options);
  }

  /** The version of the Node that tools run on, such as `24.21.0`, or undefined where it does not say. */
  async nodeVersion(folder: string, signal: AbortSignal): Promise<string | undefined> {
    const { command, environment: own } = await this.#findNode();
    const environment = { ...this.#environment, ...own };
    const options = { folder, environment, signal, limitMs: 20_000 };
    const { standardOutput } = await runProgram(command, ['-p', 'process.versions.node'], options);
    return /^\d+\.\d+\.\d+/.exec(standardOutput)?.[0];
  }

  #findNode(): Promise<NodeProgram> {
    this.#node ??= findNode(this.#environment.PATH ?? this.#environment.Path ?? '');
    return this.#node;
  }
}
