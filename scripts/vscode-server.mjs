import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A complete VS Code, server and workbench, from npm: for machines that cannot download the desktop one, and for trying
 * the extension in a browser.
 */
const version = '4.139.1';
const cache = join(dirname(fileURLToPath(import.meta.url)), '..', '.vscode-test');

/**
 * Two packages of the server are compiled on installation, which takes a compiler and half a minute. The server starts
 * without them; these stand-ins keep its logs (the spdlog one) and its console (the other) as they should be.
 */
const standIns = {
  '@vscode/native-watchdog': 'exports.start = () => {};\nexports.exit = (code) => process.exit(code);\n',
  '@vscode/spdlog': `const { appendFileSync } = require('node:fs');
const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'];
class Logger {
  #file; #level = 2; #plain = false;
  constructor(file) { this.#file = file; }
  #write(level, message) {
    if (level < this.#level) return;
    const line = this.#plain ? message : \`\${new Date().toISOString()} [\${levels[level]}] \${message}\\n\`;
    try { appendFileSync(this.#file, line); } catch {}
  }
  trace(message) { this.#write(0, message); }
  debug(message) { this.#write(1, message); }
  info(message) { this.#write(2, message); }
  warn(message) { this.#write(3, message); }
  error(message) { this.#write(4, message); }
  critical(message) { this.#write(5, message); }
  getLevel() { return this.#level; }
  setLevel(level) { this.#level = level; }
  clearFormatters() { this.#plain = true; }
  setPattern() {}
  flush() {}
  drop() {}
}
exports.version = 0;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.shutdown = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger(file);
exports.Logger = Logger;
`,
};

function npm(args, cwd) {
  const path = `${dirname(process.execPath)}${delimiter}${process.env.PATH ?? ''}`;
  const options = { cwd, env: { ...process.env, PATH: path }, encoding: 'utf8', shell: process.platform === 'win32' };
  const { status, stderr } = spawnSync('npm', args, options);
  if (status === 0) return;
  throw new Error(
    `npm ${args.join(' ')} failed, so there is no VS Code to test with. It needs the npm registry; check the network ` +
      `and try again, or run the tests in the desktop VS Code with VSCODE_TEST=desktop.\n${stderr ?? ''}`,
  );
}

/**
 * Installs the server into the git-ignored cache unless it is there.
 * @returns {Promise<string>} the path of its `server-main.js`, to be run by Node 24
 */
export async function installVsCodeServer() {
  const home = join(cache, `server-${version}`);
  const main = join(home, 'lib', 'vscode', 'out', 'server-main.js');
  const ready = join(home, 'ready');
  if (existsSync(ready)) return main;

  console.error(`Installing VS Code (code-server ${version} from npm) into .vscode-test/…`);
  await rm(home, { recursive: true, force: true });
  const work = join(cache, `work-${process.pid}`);
  await mkdir(work, { recursive: true });
  try {
    npm(['pack', '--silent', `code-server@${version}`], work);
    const archive = (await readdir(work)).find((name) => name.endsWith('.tgz')) ?? '';
    const { status } = spawnSync('tar', ['-xzf', archive], { cwd: work, stdio: 'inherit' });
    if (status !== 0) throw new Error('The archive of VS Code could not be unpacked: install `tar`.');
    const vscode = join(work, 'package', 'lib', 'vscode');
    const install = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    npm(install, vscode);
    npm(install, join(vscode, 'extensions'));
    for (const [name, source] of Object.entries(standIns)) {
      await writeFile(join(vscode, 'node_modules', name, 'index.js'), source);
    }
    await writeFile(join(work, 'package', 'ready'), `${version}\n`);
    await rename(join(work, 'package'), home);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return main;
}
