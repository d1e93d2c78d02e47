import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { throwIfCancelled } from '../core/errors.ts';
import { registryEnvironment } from './clean-environment.ts';
import { withLock } from './folder-lock.ts';
import { findProgram } from './node-program.ts';
import { type ProgramResult, runProgram } from './run-program.ts';
import { covers, readVersions, type Stack } from './stack.ts';

/** What an install takes on the disk, in megabytes: 301 on Linux x64 with the database, 251 without. */
export const installMegabytes = 300;
const installLimitMs = 10 * 60_000;

export interface InstallOptions {
  readonly signal: AbortSignal;
  readonly say: (what: string) => void;
  /** Asked before the first byte is fetched. */
  readonly consent: () => Promise<boolean>;
}

/** A folder with the packages, or the sentence that says why there is none. */
export type Installed = { readonly folder: string } | { readonly refusal: string };

/** Installs of stacks, one folder each. An install appears whole or not at all. */
export class StackStore {
  readonly #folder: string;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #found = new Map<string, string>();

  constructor(folder: string, environment: Readonly<Record<string, string | undefined>>) {
    this.#folder = folder;
    this.#environment = environment;
  }

  /** The folder of an install that has everything the stack needs, whatever else it has. */
  async find(stack: Stack): Promise<string | undefined> {
    const known = this.#found.get(stack.digest);
    if (known !== undefined) return known;
    const names = await readdir(this.#folder).catch(() => []);
    const sorted = names.filter((name) => /^[0-9a-f]{24}$/.test(name)).sort((a) => (a === stack.digest ? -1 : 0));
    for (const name of sorted) {
      const folder = join(this.#folder, name);
      const lockfile = await readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => undefined);
      if (lockfile === undefined || !covers(readVersions(lockfile), stack)) continue;
      if (!(await isWhole(folder))) continue;
      this.#found.set(stack.digest, folder);
      return folder;
    }
    return undefined;
  }

  /** Finds an install or makes one. Throws only `cancelled`. */
  async ensure(stack: Stack, options: InstallOptions): Promise<Installed> {
    const { signal, say, consent } = options;
    try {
      const found = await this.find(stack);
      throwIfCancelled(signal);
      if (found !== undefined) return { folder: found };
      const npm = await findProgram('npm', this.#environment.PATH ?? this.#environment.Path ?? '');
      if (npm === undefined) {
        return { refusal: 'npm was not found. Install Node.js 20.19 or newer to have generated code checked.' };
      }
      const isWanted = await consent();
      throwIfCancelled(signal);
      if (!isWanted) return { refusal: 'The packages that checks need were not installed, as you chose.' };
      const lock = join(this.#folder, `${stack.digest}.lock`);
      const onWait = (): void => say('Waiting for another Takoss that installs the packages');
      return await withLock(lock, { signal, onWait }, async () => {
        const made = await this.find(stack);
        return made === undefined ? await this.#install(npm, stack, options) : { folder: made };
      });
    } catch (error) {
      throwIfCancelled(signal);
      return { refusal: refusalOf(error instanceof Error ? error.message : String(error)) };
    }
  }

  async #install(npm: string, stack: Stack, { signal, say }: InstallOptions): Promise<Installed> {
    const target = join(this.#folder, stack.digest);
    const folder = join(this.#folder, `.new-${process.pid}-${randomBytes(4).toString('hex')}`);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, 'package.json'), stack.packageJson);
      await writeFile(join(folder, 'package-lock.json'), stack.lockfile);
      const result = await this.#runNpm(npm, folder, stack, signal, say);
      if (result.excess === 'time')
        return { refusal: 'npm took more than ten minutes to install the packages and was stopped.' };
      if (result.code !== 0) return { refusal: refusalOf(result.output) };
      // What is there under this name is not whole, or it would have been found.
      await rm(target, { recursive: true, force: true });
      await rename(folder, target);
      this.#found.set(stack.digest, target);
      return { folder: target };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  async #runNpm(
    npm: string,
    folder: string,
    { extras }: Stack,
    signal: AbortSignal,
    say: (what: string) => void,
  ): Promise<ProgramResult> {
    let fetched = 0;
    let saidAt = 0;
    say('Installing the packages that checks need');
    const onOutput = (text: string): void => {
      fetched += text.match(/npm http fetch GET 200 \S+\.tgz/g)?.length ?? 0;
      if (fetched === 0 || performance.now() - saidAt < 500) return;
      saidAt = performance.now();
      say(`Installing the packages that checks need: ${fetched} fetched`);
    };
    const verb = Object.keys(extras).length === 0 ? 'ci' : 'install';
    const args = [
      verb,
      '--include=dev',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      '--no-progress',
      '--loglevel=http',
    ];
    const environment = registryEnvironment(this.#environment);
    const byShell = process.platform === 'win32';
    const limitMs = installLimitMs;
    return await runProgram(byShell ? 'npm' : npm, args, { folder, environment, signal, limitMs, onOutput, byShell });
  }

  /** Removes what was left by processes that were killed. */
  async sweep(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names.filter((entry) => entry.startsWith('.new-'))) {
      const folder = join(this.#folder, name);
      const entry = await stat(folder).catch(() => undefined);
      if (entry !== undefined && Date.now() - entry.mtimeMs > 2 * installLimitMs) {
        await rm(folder, { recursive: true, force: true }).catch(() => {});
      }
    }
  }
}

/** Whether the tools of an install are there: someone may have emptied the cache by hand. */
async function isWhole(folder: string): Promise<boolean> {
  const tools = ['typescript/bin/tsc', '@biomejs/biome/bin/biome', 'vitest/vitest.mjs'];
  const entries = await Promise.all(
    tools.map((tool) => stat(join(folder, 'node_modules', tool)).catch(() => undefined)),
  );
  return entries.every((entry) => entry?.isFile() === true);
}

/** What went wrong, in a sentence: npm's own words name folders of this machine. */
function refusalOf(output: string): string {
  if (/ENOSPC/.test(output)) {
    return `The disk is full: the packages that checks need take about ${installMegabytes} MB.`;
  }
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH|ENOTCACHED/.test(
      output,
    )
  ) {
    return 'The npm registry could not be reached to install the packages that checks need.';
  }
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return 'The packages that checks need could not be installed: the folder for them cannot be written to.';
  }
  const code = /npm (?:error|ERR!) code (\w+)/.exec(output)?.[1];
  return `npm could not install the packages that checks need${code === undefined ? '' : ` (${code})`}.`;
}
