import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from '../../src/node/node-program.ts';

const run = promisify(execFile);
const isWindows = process.platform === 'win32';

/** The last npm of Node 20, and one of those that come with Node 24: they read flags of a lockfile differently. */
const versions = { 10: '10.9.9', 11: '11.19.1' } as const;

/** An npm of one major version. */
export class NpmVersion {
  readonly major: keyof typeof versions;
  /** A program, or a script for Node. */
  readonly #file: string;

  private constructor(major: keyof typeof versions, file: string) {
    this.major = major;
    this.#file = file;
  }

  /**
   * The machine's own npm where it is of this version, else one that is fetched once into `.cache/`, which git ignores.
   * Undefined where it cannot be had.
   */
  static async find(major: keyof typeof versions): Promise<NpmVersion | undefined> {
    const folder = join(import.meta.dirname, `../../.cache/npm-${versions[major]}`);
    const fetched = join(folder, 'node_modules/npm/bin/npm-cli.js');
    const own = await findProgram('npm', process.env.PATH ?? '');
    const machines = own === undefined ? undefined : new NpmVersion(major, own);
    if (machines !== undefined && (await machines.#isIt())) return machines;
    if (!existsSync(fetched)) {
      const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', folder];
      await run('npm', [...args, `npm@${versions[major]}`], { shell: isWindows }).catch(() => {});
    }
    const found = new NpmVersion(major, fetched);
    return (await found.#isIt()) ? found : undefined;
  }

  /** Runs npm in a folder and returns what it printed, also on standard error. Rejects with that where it fails. */
  async run(args: readonly string[], folder: string): Promise<string> {
    // Within `npm test`, the environment says where the project is: this one, not that of the test.
    const { npm_config_local_prefix: _, ...environment } = process.env;
    const isScript = this.#file.endsWith('.js');
    const [program, all] = isScript ? [process.execPath, [this.#file, ...args]] : [this.#file, args];
    const path = `${dirname(process.execPath)}${isWindows ? ';' : ':'}${environment.PATH ?? ''}`;
    const { stdout, stderr } = await run(program, all, {
      cwd: folder,
      env: { ...environment, PATH: path },
      maxBuffer: 50_000_000,
      shell: isWindows && !isScript,
    });
    return stdout + stderr;
  }

  async #isIt(): Promise<boolean> {
    const version = await this.run(['--version'], import.meta.dirname).catch(() => '');
    return version.startsWith(`${this.major}.`);
  }
}
