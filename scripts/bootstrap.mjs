import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The way in on a fresh machine: needs Node 20 and npm, installs the rest, and runs a script of this folder with the
 * pinned Node that the packages bring.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [command, ...args] = process.argv.slice(2);
const pinnedNode = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function fail(sentence) {
  console.error(sentence);
  process.exit(1);
}

function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined;
}

/** Whether every package of the lockfile is there in its version; optional ones may be for other platforms. */
function isInstalled() {
  const wanted = readLock(join(root, 'package-lock.json'));
  const found = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (found === undefined || !existsSync(pinnedNode)) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional === true || found[path]?.version === version,
  );
}

/** Whether a folder can be written in, or made where it is missing. */
function canWrite(folder) {
  let existing = folder;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  try {
    accessSync(existing, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * npm keeps its cache in the user's home. Some containers have none that can be written, and root may have left files there:
 * then it is kept in .cache/. Everything that is started from here inherits that.
 */
function findNpmCache() {
  // npm says to its scripts where it is.
  const usual = process.env.npm_config_cache;
  if (usual === undefined || process.platform === 'win32' || canWrite(join(usual, '_cacache'))) return;
  process.env.npm_config_cache = join(root, '.cache', 'npm');
  console.error(`${usual} cannot be written, so npm keeps its cache in ${process.env.npm_config_cache}.`);
}

/** Standard output is left to the script: who packs reads it. */
function npm(...parts) {
  const stdio = ['inherit', 2, 2];
  return spawnSync('npm', parts, { cwd: root, stdio, shell: process.platform === 'win32' }).status === 0;
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  fail(`Takoss is built with Node 20 or newer; this is ${process.version}. Install it from nodejs.org.`);
}
findNpmCache();
if (!isInstalled()) {
  console.error('Installing packages…');
  // A machine may be set to leave out what is for development (NODE_ENV=production), and everything here is.
  const installed = npm('ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error');
  if (!installed) fail('npm could not install the packages. Check the network and the registry, and try again.');
  // The pinned Node is fetched by an install script, which a strict npm configuration leaves out.
  if (!existsSync(pinnedNode)) npm('rebuild', 'node', '--ignore-scripts=false', '--loglevel=error');
  if (!existsSync(pinnedNode)) {
    fail('The install script of the package `node` did not run: allow it with `npm config set ignore-scripts false`.');
  }
}

const path = [join(root, 'node_modules', '.bin'), dirname(pinnedNode), process.env.PATH ?? ''].join(delimiter);
const child = spawn(pinnedNode, [join(root, 'scripts', `${command}.mjs`), ...args], {
  stdio: 'inherit',
  env: { ...process.env, PATH: path },
});
// A terminal sends Ctrl-C to the child as well: it ends in its own way, and then so do we.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
