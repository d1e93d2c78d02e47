import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const isWindows = process.platform === 'win32';

/** What a build or an installation made: a clone has none of it. */
const notCloned =
  /^(?:node_modules|dist|test-results|takoss-sample|\..*cache|\.vscode-test|\.git|.*\.(?:vsix|tgz|log))$/;

/** Runs npm and returns what it printed on standard output. Rejects with both outputs where it fails. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  // Within `npm test`, the environment says where the project is: this one, not that of the test.
  const { npm_config_local_prefix: _, ...environment } = process.env;
  const { stdout } = await promisify(execFile)('npm', [...args], {
    cwd,
    env: { ...environment, PATH: `${dirname(process.execPath)}${delimiter}${environment.PATH ?? ''}` },
    maxBuffer: 50_000_000,
    shell: isWindows,
  });
  return stdout;
}

/** The npm package as its users get it: packed from a clone without a build, and installed into a project of theirs. */
export class NpmPackage {
  /** The paths inside the package. */
  readonly paths: readonly string[];
  /** A project, an ES module by default, with the package installed from its archive. */
  readonly project: string;
  readonly #folder: string;

  private constructor(folder: string, project: string, paths: readonly string[]) {
    this.#folder = folder;
    this.project = project;
    this.paths = paths;
  }

  static async install(): Promise<NpmPackage> {
    const folder = await mkdtemp(join(tmpdir(), 'takoss npm '));
    try {
      const clone = join(folder, 'clone');
      await copyAsCloned(clone);
      const packed = parsePacked(await npm(['pack', '--json', '--pack-destination', folder], clone));
      // What it depends on comes from this repository's packages: tests need no network for it.
      const zod = parsePacked(
        await npm(
          ['pack', '--json', '--ignore-scripts', '--pack-destination', folder, join(root, 'node_modules', 'zod')],
          folder,
        ),
      );
      const project = join(folder, 'a project');
      await mkdir(project);
      await writeFile(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
      const archives = [packed, zod].map(({ filename }) => join(folder, filename));
      await npm(
        ['install', '--offline', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', ...archives],
        project,
      );
      return new NpmPackage(
        folder,
        project,
        packed.files.map(({ path }) => path),
      );
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

/** A copy of this repository as a clone has it after `npm install`: without what a build makes. */
async function copyAsCloned(target: string): Promise<void> {
  await cp(root, target, {
    recursive: true,
    filter: (source) => {
      const path = source.slice(root.length);
      return !notCloned.test(path) && !/compiled-(templates|example)\.ts$/.test(path);
    },
  });
  await symlink(join(root, 'node_modules'), join(target, 'node_modules'), 'junction');
}

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

/** Some versions of npm list packages, others name them. */
function parsePacked(output: string): Packed {
  const [packed] = Object.values(JSON.parse(output) as Record<string, Packed>);
  if (packed === undefined) throw new Error(`npm packed nothing:\n${output}`);
  return packed;
}
