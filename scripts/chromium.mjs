import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packagedChromium } from './packaged-chromium.mjs';

/**
 * Finds a Chromium for the tests, or fetches one. On the command line, prints where it is.
 */
const cache = join(dirname(fileURLToPath(import.meta.url)), '..', '.cache', 'chromium');

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

/**
 * Some systems have a program of this name that only says what to install. On Windows and macOS, browsers open a window
 * when they are asked for their version.
 * @param {string} path
 */
function starts(path) {
  if (!existsSync(path)) return false;
  return process.platform !== 'linux' || spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** @returns {string | undefined} the path of an installed Chromium */
function installed() {
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...(elsewhere[process.platform] ?? [])].find(starts);
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

/**
 * The path of a Chromium that starts: `CHROMIUM_PATH`, an installed one, Debian's package where we may install it, or
 * the one of an npm package.
 * @returns {Promise<string>}
 * @throws when there is none, with what was tried and what to install
 */
export async function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, but there is no such file.`);
  }
  const path = installed() ?? fromDebian();
  if (path !== undefined) return path;
  let tried = '';
  if (process.platform === 'linux') {
    try {
      return await packagedChromium(cache);
    } catch (error) {
      tried = ` ${error.message.trim()}`;
    }
  }
  const hint = {
    darwin: 'Install Google Chrome, for example with `brew install --cask google-chrome`',
    win32: 'Install Google Chrome, for example with `winget install Google.Chrome`',
    linux: 'Install Chromium, for example with `sudo apt-get install chromium`',
  }[process.platform];
  throw new Error(
    `No Chromium was found.${tried} ${hint ?? 'Install Chromium'}, or set CHROMIUM_PATH to the program of one.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await findChromium());
}
