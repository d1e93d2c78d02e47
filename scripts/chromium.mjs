import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Finds a Chromium for the tests, or fetches one. On the command line, prints where it is.
 */
const cache = join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'chromium');
const packaged = '@sparticuz/chromium@153.0.0';

/** What Chromium is started with: no sandbox (containers have none to give) and no chatter of its own. */
export const chromiumArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const elsewhere = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** @returns {string | undefined} the path of an installed Chromium */
function installed() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...(elsewhere[process.platform] ?? [])].find((path) => existsSync(path));
}

/** @returns {string | undefined} */
function fromDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined;
  console.error('Installing Chromium with apt-get…');
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  spawnSync('apt-get', ['update', '-qq'], options);
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  return installed();
}

/** A Chromium in an npm package, for Linux without root. @returns {Promise<string | undefined>} */
async function fromNpm() {
  if (process.platform !== 'linux') return undefined;
  await mkdir(cache, { recursive: true });
  const require = createRequire(join(cache, 'index.js'));
  const folder = join(cache, 'node_modules', '@sparticuz', 'chromium');
  if (!existsSync(folder)) {
    console.error(`Installing ${packaged}…`);
    const npm = ['install', '--prefix', cache, '--no-audit', '--no-fund', '--loglevel=error', packaged];
    if (spawnSync('npm', npm, { stdio: ['ignore', 'ignore', 'inherit'] }).status !== 0) return undefined;
  }
  const { default: chromium } = await import(require.resolve('@sparticuz/chromium'));
  const path = await chromium.executablePath();
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0 ? path : undefined;
}

/**
 * The path of a Chromium that starts: `CHROMIUM_PATH`, an installed one, Debian's package where we may install it, or
 * the one of an npm package.
 * @returns {Promise<string>}
 * @throws when there is none, with what to install
 */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, but there is no such file.`);
  }
  const path = installed() ?? fromDebian() ?? (await fromNpm().catch(() => undefined));
  if (path !== undefined) return path;
  const hint = {
    darwin: 'Install Google Chrome, for example with `brew install --cask google-chrome`',
    win32: 'Install Google Chrome, for example with `winget install Google.Chrome`',
    linux: 'Install Chromium, for example with `sudo apt-get install chromium`',
  }[process.platform];
  throw new Error(`No Chromium was found. ${hint ?? 'Install Chromium'}, or set CHROMIUM_PATH to the program of one.`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await findChromium());
}
