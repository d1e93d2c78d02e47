import { spawnSync } from 'node:child_process';
import { existsSync, lstatSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A Chromium in an npm package, for a Linux where none is installed and none can be. It brings the system libraries and a font that a bare machine
 * lacks.
 */
const version = '153.0.0';

/**
 * Unpacks what is installed in the working directory. The package unpacks into the system's folder for temporary files, and takes what it finds
 * there for its own, whoever's it is: so that folder is a new one of ours.
 */
const unpack = `
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const entry = createRequire(join(process.cwd(), 'index.js')).resolve('@sparticuz/chromium');
const { default: chromium, inflate } = await import(pathToFileURL(entry));
await chromium.executablePath();
await inflate(join(process.cwd(), 'node_modules/@sparticuz/chromium/bin/al2023.tar.br'));
`;

/** @param {string} home where the files are @param {boolean} withLibraries whether the system lacks some */
const program = (home, withLibraries) => `#!/bin/sh
home=${quoted(home)}
export FONTCONFIG_FILE="$home/fontconfig.xml"
${withLibraries ? 'export LD_LIBRARY_PATH="$home/al2023/lib"\n' : ''}exec "$home/chromium" "$@"
`;

/** @param {string} home */
const fontconfig = (home) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${home.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/** @param {string} text */
function quoted(text) {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** @param {string} folder @throws when npm fails, with what it said */
function installFromNpm(folder) {
  const wanted = `@sparticuz/chromium@${version}`;
  console.error(`Installing ${wanted} into .cache/…`);
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = ['install', '--prefix', folder, ...flags, wanted];
  const { status, stderr } = spawnSync('npm', npm, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm could not install ${wanted}: ${stderr ?? 'there is no npm.'}`);
}

/** @param {string} path @returns {string | undefined} what it said where it does not */
function startFailure(path) {
  const { status, stderr, error } = spawnSync(path, ['--version'], { encoding: 'utf8' });
  return status === 0 ? undefined : (error?.message ?? stderr.trim());
}

/**
 * What is run must be of this user, or of the owner of this repository, whose scripts are run anyway, and nobody else may change it.
 * @param {string} home @throws with what to remove
 */
function mustBeOurs(home) {
  const owners = new Set([process.getuid?.(), statSync(fileURLToPath(import.meta.url)).uid]);
  for (const path of [home, ...['start', 'chromium', 'fontconfig.xml'].map((name) => join(home, name))]) {
    const found = lstatSync(path);
    let fault;
    if (!owners.has(found.uid)) fault = 'belongs to another user';
    else if (found.isSymbolicLink()) fault = 'is a link';
    else if ((found.mode & 0o022) !== 0) fault = 'can be changed by other users';
    if (fault !== undefined) throw new Error(`${path} ${fault}, so it is not run. Remove ${home} and try again.`);
  }
}

/**
 * @param {string} cache the folder of ours to keep it in
 * @param {(folder: string) => void | Promise<void>} [install] puts the package into the `node_modules` of a folder
 * @returns {Promise<string>} the path of a program that starts it
 * @throws when it cannot be had, does not start, or is not ours
 */
export async function packagedChromium(cache, install = installFromNpm) {
  const home = join(cache, `chromium-${version}`);
  const path = join(home, 'start');
  if (existsSync(home)) {
    mustBeOurs(home);
    return path;
  }
  await mkdir(cache, { recursive: true });
  const work = await mkdtemp(join(cache, 'new-'));
  try {
    await install(work);
    const files = join(work, 'files');
    await mkdir(files, { mode: 0o700 });
    const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', unpack], {
      cwd: work,
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: files },
    });
    if (status !== 0) throw new Error(`Chromium could not be unpacked: ${stderr}`);
    const lacksLibraries = startFailure(join(files, 'chromium')) !== undefined;
    await writeFile(join(files, 'start'), program(home, lacksLibraries), { mode: 0o700 });
    await writeFile(join(files, 'fontconfig.xml'), fontconfig(home), { mode: 0o600 });
    // Where it was made in the meantime, that one is as good.
    await rename(files, home).catch((error) => {
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  mustBeOurs(home);
  const failure = startFailure(path);
  if (failure === undefined) return path;
  await rm(home, { recursive: true, force: true });
  throw new Error(`The Chromium from npm does not start on this machine: ${failure}`);
}
