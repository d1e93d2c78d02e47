import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { stackOf } from '../../src/node/stack.ts';
import { StackStore } from '../../src/node/stack-store.ts';

/** Kept between runs of the tests, so that packages are fetched once. */
const installs = resolve('.cache', 'test-stacks');

/** A rendered project in a folder, with its packages: what a person has after `npm ci`. */
export class Application {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Installs the packages that the project needs, once for all projects with the same. Returns why not where they cannot be had. */
  static async create(project: RenderedProject): Promise<Application | string> {
    await mkdir(installs, { recursive: true });
    const store = new StackStore(installs, process.env);
    const consent = () => Promise.resolve(true);
    const { signal } = new AbortController();
    const installed = await store.ensure(stackOf(project), { signal, consent, say: () => {} });
    if ('refusal' in installed) return installed.refusal;
    const folder = await mkdtemp(join(tmpdir(), 'takoss-application-'));
    await symlink(join(installed.folder, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const application = new Application(folder);
    await application.write(project.files);
    return application;
  }

  /** Replaces everything but the packages by the files of another project. */
  async become({ files }: RenderedProject): Promise<void> {
    for (const name of ['src', 'tests', 'migrations', 'scripts']) {
      await rm(join(this.folder, name), { recursive: true, force: true });
    }
    await this.write(files);
  }

  async write(files: readonly { readonly path: string; readonly content: string }[]): Promise<void> {
    for (const { path, content } of files) {
      const target = join(this.folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content);
    }
  }

  async delete(path: string): Promise<void> {
    await rm(join(this.folder, path), { recursive: true, force: true });
  }

  /** What the compiler says; empty where types are right. */
  async types(): Promise<string> {
    return await this.#complaints(['node_modules/typescript/bin/tsc', '--noEmit', '--pretty', 'false']);
  }

  /** What Biome says of mistakes and of how code is written. */
  async lint(): Promise<string> {
    return await this.#complaints(['node_modules/@biomejs/biome/bin/biome', 'check', '--max-diagnostics=20', '.']);
  }

  /** What Biome says of mistakes alone. */
  async lintWithoutFormat(): Promise<string> {
    return await this.#complaints(['node_modules/@biomejs/biome/bin/biome', 'lint', '--max-diagnostics=20', '.']);
  }

  /** What the tests of the application say where one fails. */
  async tests(): Promise<string> {
    return await this.#complaints(['node_modules/vitest/vitest.mjs', 'run']);
  }

  /** What the build of client and server says where it fails. */
  async build(): Promise<string> {
    const client = await this.#complaints(['node_modules/vite/bin/vite.js', 'build']);
    return client || (await this.#complaints(['node_modules/typescript/bin/tsc', '-p', 'tsconfig.server.json']));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  /** The output of a tool where it fails; empty where it does not. */
  async #complaints(args: readonly string[]): Promise<string> {
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env: { ...process.env, NO_COLOR: '1', CI: 'true' },
    });
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    const code = await new Promise((done) => child.on('close', done));
    return code === 0 ? '' : output || `It ended with ${code}.`;
  }
}
