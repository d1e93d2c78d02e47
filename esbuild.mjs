import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import { thirdPartyNotices } from './scripts/third-party-notices.mjs';

/**
 * Builds everything that runs into dist/: the extension, the tracker, the command line, the library and the tests that
 * run inside VS Code. `--debug` leaves out minifying and adds source maps; `--watch` does so too and rebuilds on change.
 * `--only=NAME` builds one of the bundles below, `--out=FOLDER` into another folder.
 */
const { values: flags } = parseArgs({
  options: {
    debug: { type: 'boolean', default: false },
    watch: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string', default: 'dist' },
  },
});
const { watch, only } = flags;
const debug = watch || flags.debug;
const root = dirname(fileURLToPath(import.meta.url));
const dist = resolve(root, flags.out);

/** @type {esbuild.BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  minify: !debug,
  outdir: dist,
  sourcemap: debug ? 'inline' : false,
  write: false,
};

/**
 * Node's extension host loads CommonJS, but only ES modules are split into chunks: so the extension is bundled as ES
 * modules, which puts everything behind a dynamic import into a file of its own, and each file is then made CommonJS.
 * Activation reads the small entry; engines and renderer are read when a run first needs them. A browser has no `require`
 * for files: that of src/extension-web.ts reads the same ones, those behind a dynamic import by its `load`.
 * @param {esbuild.OutputFile} file
 * @returns {Promise<{ path: string, contents: string }>}
 */
async function toCommonJs(file) {
  const source = file.text
    .replaceAll(/(["'])(\.\/extension[\w-]*)\.js\1/g, '$1$2.cjs$1')
    .replaceAll(
      /\bimport\((["']\.\/extension[\w-]*\.cjs["'])\)/g,
      'Promise.resolve().then(()=>(require.load??require)($1))',
    );
  const { code } = await esbuild.transform(source, {
    charset: 'utf8',
    format: 'cjs',
    minify: !debug,
    platform: 'node',
    // Of the map in the file, made from the sources, esbuild makes the one of what it becomes.
    sourcefile: file.path,
    sourcemap: debug ? 'inline' : false,
    supported: { 'dynamic-import': false },
    target: 'node20',
  });
  return { path: file.path.replace(/\.js$/, '.cjs'), contents: code };
}

/** @param {esbuild.OutputFile} file */
const asItIs = async (file) => ({ path: file.path, contents: file.contents });

/** @type {{ name: string, options: esbuild.BuildOptions, finish: (file: esbuild.OutputFile) => Promise<{ path: string, contents: string | Uint8Array }> }[]} */
const bundles = [
  {
    name: 'extension',
    options: {
      entryPoints: { extension: 'src/extension-node.ts' },
      chunkNames: 'extension-[hash]',
      // Only files behind the dynamic import of src/node need Node.
      external: ['vscode', 'node:*'],
      format: 'esm',
      platform: 'browser',
      splitting: true,
      target: 'es2022',
    },
    finish: toCommonJs,
  },
  {
    name: 'web',
    options: {
      entryPoints: { 'extension-web': 'src/extension-web.ts' },
      external: ['vscode'],
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      platform: 'browser',
      target: 'es2022',
    },
    finish: asItIs,
  },
  {
    name: 'node',
    options: {
      // The packages of the server are CommonJS and require modules of Node, which a bundle of ES modules cannot by itself.
      banner: {
        js: "import{createRequire as makeRequire}from'node:module';const require=makeRequire(import.meta.url);",
      },
      entryPoints: {
        cli: 'src/cli/main.ts',
        'simple-takoss-orchestrator': 'src/simple-takoss-orchestrator.ts',
      },
      chunkNames: 'node-[hash]',
      format: 'esm',
      platform: 'node',
      splitting: true,
      target: 'node20',
    },
    finish: asItIs,
  },
  {
    name: 'commonjs',
    options: {
      bundle: false,
      entryPoints: ['src/simple-takoss-orchestrator.cjs'],
      // Node prints the line of an error that nobody catches.
      minify: false,
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node20',
    },
    finish: asItIs,
  },
  {
    name: 'webview',
    options: {
      entryPoints: { webview: 'webview/main.tsx' },
      assetNames: '[name]',
      format: 'iife',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      loader: { '.ttf': 'file' },
      platform: 'browser',
      target: 'es2022',
    },
    finish: asItIs,
  },
  {
    name: 'integration',
    options: {
      entryPoints: [
        'test/vscode/run-suite.ts',
        'test/integration/**/*.test.ts',
        'test/integration/language-model/extension.ts',
      ],
      // Of the modules that tests inside VS Code import, one looks for files beside itself.
      define: { 'import.meta.dirname': JSON.stringify(join(root, 'test/support/model-service')) },
      external: ['vscode', 'mocha'],
      format: 'cjs',
      outbase: 'test',
      outdir: join(dist, 'test'),
      outExtension: { '.js': '.cjs' },
      platform: 'node',
      target: 'node20',
    },
    finish: asItIs,
  },
];

/** Only what changed is written, so that a watcher or a running VS Code sees no needless change. */
async function write(path, contents) {
  await mkdir(dirname(path), { recursive: true });
  const before = await readFile(path).catch(() => undefined);
  if (before === undefined || !before.equals(Buffer.from(contents))) await writeFile(path, contents);
}

/** Files of an earlier build that this one did not make. */
async function removeStale(written) {
  for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const ours = relative(dist, path).split(/[\\/]/)[0] !== 'types';
    if (entry.isFile() && ours && !written.has(path)) await rm(path, { force: true });
  }
}

function run(title, args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${title} failed.`);
}

async function finish(bundle, result, written) {
  for (const file of result.outputFiles) {
    const { path, contents } = await bundle.finish(file);
    written.add(path);
    await write(path, contents);
    if (basename(path) === 'cli.js') await chmod(path, 0o755);
  }
}

async function build() {
  const started = performance.now();
  const results = await Promise.all(bundles.map(({ options }) => esbuild.build({ ...common, ...options })));
  const written = new Set();
  for (const [index, bundle] of bundles.entries()) await finish(bundle, results[index], written);

  const shipped = results.filter((_, index) => bundles[index].name !== 'integration').map(({ metafile }) => metafile);
  const notices = join(dist, 'third-party-notices.txt');
  await write(notices, await thirdPartyNotices(root, shipped));
  written.add(notices);
  await removeStale(written);
  await rm(join(dist, 'types'), { recursive: true, force: true });
  run('Emitting the type declarations', [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.types.json']);
  console.log(`Built dist/ in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
}

async function buildSome() {
  const chosen = bundles.filter(({ name }) => only === undefined || name === only);
  if (chosen.length === 0) throw new Error(`There is no bundle ${only}.`);
  // Bundles at work, at first all: an editor waits for the second of these lines before it starts what is built.
  let building = chosen.length;
  if (watch) console.log('Building…');
  const begin = () => {
    if (building === 0) console.log('Building…');
    building += 1;
  };
  const end = () => {
    building -= 1;
    if (building === 0 && watch) console.log('Watching for changes.');
  };
  for (const bundle of chosen) {
    const plugin = {
      name: 'write',
      setup(build) {
        let isFirst = true;
        build.onStart(() => {
          if (!isFirst) begin();
          isFirst = false;
        });
        build.onEnd(async (result) => {
          if (result.errors.length === 0) {
            await finish(bundle, result, new Set());
            console.log(`${new Date().toLocaleTimeString()} ${bundle.name} built`);
          }
          end();
        });
      },
    };
    const options = { ...common, ...bundle.options, plugins: [plugin] };
    if (watch) await (await esbuild.context(options)).watch();
    else await esbuild.build(options);
  }
}

try {
  run('Compiling the templates', [join(root, 'scripts/compile-templates.mjs')]);
  if (watch || only !== undefined) await buildSome();
  else await build();
} catch (error) {
  // esbuild has already said what is wrong in the sources.
  if (!('errors' in error)) console.error(error);
  process.exitCode = 1;
}
