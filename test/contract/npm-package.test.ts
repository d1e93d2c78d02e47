import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { NpmPackage, npm } from '../support/npm-package.ts';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const onWindows = process.platform === 'win32';

/** A program that uses what a user of the library does: the class, its event, its error and its types. */
const program = `
const orchestrator = new SimpleTakossOrchestrator();
const phases = new Set();
orchestrator.on('progress', (event) => phases.add(event.phase));
const result = await orchestrator.generateApplication({
  projectName: 'Seed Library',
  description: 'A shelf of seeds',
  requirements: 'Gardeners lend seeds. A seed has a name and a sowing month.',
});
const refused = await new SimpleTakossOrchestrator()
  .generateApplication({ projectName: '', requirements: '' })
  .catch((error) => error instanceof TakossError && error.code);
console.log(JSON.stringify({ phases: phases.size, files: result.files.length > 50, refused }));
`;
const printed = '{"phases":7,"files":true,"refused":"invalid-request"}\n';

describe('The npm package', function () {
  this.timeout(300_000);
  let installed: NpmPackage;
  before(async () => {
    installed = await NpmPackage.install();
  });
  after(() => installed?.remove());

  async function write(name: string, text: string): Promise<string> {
    const path = join(installed.project, name);
    await writeFile(path, text);
    return path;
  }

  it('packed in a clone that was never built, holds the command, the library, its types and nothing else', () => {
    const others = installed.paths.filter((path) => !/^dist\/(types\/.+\.d\.ts|node-[A-Z0-9]+\.js)$/.test(path));
    assert.deepEqual(others.sort(), [
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/cli.js',
      'dist/simple-takoss-orchestrator.cjs',
      'dist/simple-takoss-orchestrator.js',
      'dist/third-party-notices.txt',
      'package.json',
    ]);
    assert.ok(installed.paths.includes('dist/types/simple-takoss-orchestrator.d.ts'));
  });

  it('brings the licences of what is bundled into it', async () => {
    const notices = await readFile(join(installed.project, 'node_modules/takoss/dist/third-party-notices.txt'), 'utf8');
    for (const name of ['fastify', 'wink-nlp', '@anthropic-ai/sdk']) assert.ok(notices.includes(`${name} `), name);
  });

  it('installs a command that starts by its name and generates a project', async () => {
    const command = join('node_modules', '.bin', onWindows ? 'takoss.cmd' : 'takoss');
    const takoss = (...args: string[]) => run(command, args, { cwd: installed.project, shell: onWindows });
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    assert.equal((await takoss('--version')).stdout, `${version}\n`);
    await write('wishes.md', 'Members borrow tools. A tool has a name and a deposit.\n');
    await takoss('generate', '--name', 'Shed', '--requirements-file', 'wishes.md', '--out', 'shed');
    const manifest = JSON.parse(await readFile(join(installed.project, 'shed', 'package.json'), 'utf8'));
    assert.equal(manifest.name, 'shed');
  });

  it('starts with npx', async () => {
    assert.match(await npm(['exec', '--offline', '--', 'takoss', '--help'], installed.project), /takoss generate/);
  });

  it('is imported by an ES module', async () => {
    const path = await write('module.mjs', `import { SimpleTakossOrchestrator, TakossError } from 'takoss';${program}`);
    assert.equal((await run(process.execPath, [path])).stdout, printed);
  });

  const inCommonJs = `({ SimpleTakossOrchestrator, TakossError }) => {${program}}`;

  it('is imported by a CommonJS module with import(), in every Node', async () => {
    const path = await write('imports.cjs', `import('takoss').then(async ${inCommonJs});`);
    const { stdout } = await run(process.execPath, ['--no-experimental-require-module', path]);
    assert.equal(stdout, printed);
  });

  it('is required by a CommonJS module, without a warning, where Node can require ES modules', async () => {
    const path = await write('requires.cjs', `(async ${inCommonJs})(require('takoss'));`);
    assert.deepEqual(await run(process.execPath, [path]), { stdout: printed, stderr: '' });
  });

  it('says how to import it where Node cannot require ES modules', async () => {
    const path = await write('cannot-require.cjs', "require('takoss');");
    await assert.rejects(run(process.execPath, ['--no-experimental-require-module', path]), (error: Error) => {
      assert.match(error.message, /await import\('takoss'\)/);
      assert.match(error.message, /20\.19/);
      return true;
    });
  });

  describe('in TypeScript', () => {
    before(async () => {
      // Programs for Node have its types; the compiler is this repository's.
      const types = join(installed.project, 'node_modules', '@types');
      await mkdir(types);
      await symlink(join(root, 'node_modules', '@types', 'node'), join(types, 'node'), 'junction');
    });

    const typed = `
import { type ErrorCode, type GenerationResult, SimpleTakossOrchestrator, type StreamEvent, TakossError } from 'takoss';

const orchestrator = new SimpleTakossOrchestrator();
const phases: StreamEvent['phase'][] = [];
orchestrator.on('progress', (event) => phases.push(event.phase));
export const result: Promise<GenerationResult> = orchestrator.generateApplication(
  { projectName: 'Seed Library', requirements: 'Gardeners lend seeds.' },
  { signal: AbortSignal.timeout(60_000) },
);
result.then(
  ({ files }) => console.log(files.length > 50),
  (error: unknown) => {
    const code: ErrorCode | undefined = error instanceof TakossError ? error.code : undefined;
    console.error(code);
  },
);
// @ts-expect-error: an event has a name that is known
orchestrator.on('nothing', () => undefined);
// @ts-expect-error: requirements are asked for
export const short: Parameters<typeof orchestrator.generateApplication>[0] = { projectName: 'Seed Library' };
`;

    for (const [what, module, moduleResolution, extension] of [
      ['an ES module with moduleResolution node16', 'node16', 'node16', 'mts'],
      ['an ES module with moduleResolution nodenext', 'nodenext', 'nodenext', 'mts'],
      ['an ES module with moduleResolution bundler', 'esnext', 'bundler', 'mts'],
      ['a CommonJS module with moduleResolution nodenext', 'nodenext', 'nodenext', 'cts'],
    ] as const) {
      it(`compiles ${what}, strictly and with its declarations checked`, async () => {
        const name = `${moduleResolution}.${extension}`;
        await write(name, typed);
        const config = {
          compilerOptions: {
            module,
            moduleResolution,
            target: 'es2022',
            lib: ['es2023'],
            types: ['node'],
            strict: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            skipLibCheck: false,
            outDir: 'compiled',
          },
          files: [name],
        };
        const path = await write('tsconfig.json', JSON.stringify(config));
        const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
        await run(process.execPath, [compiler, '-p', path]).catch(({ stdout }) => assert.fail(stdout));
        const compiled = join(installed.project, 'compiled', name.replace(/ts$/, 'js'));
        const { stdout } = await run(process.execPath, [compiled]);
        assert.equal(stdout, 'true\n');
      });
    }
  });
});
