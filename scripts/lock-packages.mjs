// Locks the packages of src/emit/packages.ts, after a version there has changed:
//
//   node scripts/lock-packages.mjs            keeps what the change does not touch
//   node scripts/lock-packages.mjs --update   takes the newest version of everything that has a range
//
// npm resolves them all once, into src/render/package-lock.superset.json, an entry a line; src/render/lockfile.ts keeps
// of it what an application reaches. Addresses of a registry are left out, so that each installs from the one it is set
// up for, and so are the flags, which depend on what is kept.

import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'src/render/package-lock.superset.json');

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

const { manifestOf, nodeRange, packageNames } = await import(pathToFileURL(join(root, 'src/emit/packages.ts')).href);
const manifest = { name: 'app', version: '0.1.0', ...manifestOf(packageNames()), engines: { node: nodeRange } };
const before = process.argv.includes('--update') ? {} : JSON.parse(await readFile(target, 'utf8')).packages;
const packages = await resolve(manifest, before);
await writeFile(target, asText(packages));
console.log(`${Object.keys(packages).length} packages`);

/** Lets npm resolve a package.json, without installing anything, from the entries of before. */
async function resolve(packageJson, known) {
  const folder = await mkdtemp(join(tmpdir(), 'takoss-lock-'));
  try {
    await writeFile(join(folder, 'package.json'), JSON.stringify(packageJson));
    // The root of before is not known, and npm takes what is there as far as it fits.
    const lock = { name: 'app', version: '0.1.0', lockfileVersion: 3, requires: true, packages: { '': {}, ...known } };
    if (Object.keys(known).length > 0) await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lock));
    const options = ['install', '--package-lock-only', '--no-audit', '--no-fund'];
    const npm = spawnSync('npm', options, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
    if (npm.status !== 0) throw new Error('npm could not resolve the packages.');
    const { '': _, ...found } = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8')).packages;
    const plain = Object.fromEntries(Object.entries(found).map(([place, entry]) => [place, plainEntry(entry)]));
    addPlatforms(plain);
    return plain;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Leaves out what differs from project to project, and optional peers: npm 11 counts the target of one as needed in
 * production (`drizzle-orm` and the types of a driver), though whoever wants it asks for it.
 */
function plainEntry({ version, name, integrity, ...entry }) {
  for (const key of ['resolved', 'funding', 'dev', 'optional', 'devOptional', 'peer', 'extraneous']) delete entry[key];
  const { peerDependencies = {}, peerDependenciesMeta = {}, ...rest } = entry;
  const peers = Object.entries(peerDependencies).filter(([peer]) => peerDependenciesMeta[peer]?.optional !== true);
  return {
    version,
    ...(name === undefined ? {} : { name }),
    ...(integrity === undefined ? {} : { integrity }),
    ...rest,
    ...(peers.length === 0 ? {} : { peerDependencies: Object.fromEntries(peers) }),
  };
}

/**
 * A registry mirror may lack the binaries of platforms that are not its own. `npm ci` refuses a lockfile that does not
 * name them all, so they are added by name and version, and each machine takes the one for itself.
 */
function addPlatforms(locked) {
  for (const [place, entry] of Object.entries(locked)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform === undefined || !/^\d/.test(version)) continue;
      const [above, beside] = [`node_modules/${name}`, `${place}/node_modules/${name}`];
      if (locked[above]?.version === version || locked[beside] !== undefined) continue;
      locked[locked[above] === undefined ? above : beside] = { version, ...platform };
    }
  }
}

/** `os`, `cpu` and `libc` by the habit of naming such packages: `oxide-linux-x64-musl`. */
function platformOf(name) {
  const words = name.slice(name.lastIndexOf('/') + 1).split('-');
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (cpu === undefined || (os === undefined && cpu !== 'wasm32')) return undefined;
  const libc = words.includes('musl')
    ? 'musl'
    : os === 'linux' && words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : '';
  return { cpu: [cpu], ...(os ? { os: [os] } : {}), ...(libc ? { libc: [libc] } : {}) };
}

/** An entry a line, sorted: short, and a change of one shows as one. */
function asText(locked) {
  const lines = Object.entries(locked)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, entry]) => `    ${JSON.stringify(place)}: ${JSON.stringify(entry)}`);
  return `{\n  "packages": {\n${lines.join(',\n')}\n  }\n}\n`;
}
