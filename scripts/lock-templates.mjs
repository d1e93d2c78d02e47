// Makes the lockfiles of generated applications again, after a version in templates/package.json.eta has changed:
//
//   node scripts/lock-templates.mjs
//
// One for applications with a database and one for those without. They are templates, because a lockfile repeats name
// and version of its project. Addresses of a registry are left out, so that each installs from the one it is set up for.

import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const templates = join(root, 'src/render/templates');

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

spawnSync(process.execPath, [join(root, 'scripts/compile-templates.mjs')], { stdio: 'inherit' });
const { templates: compiled } = await import(pathToFileURL(join(root, 'src/render/compiled-templates.ts')).href);
const { helpers } = await import(pathToFileURL(join(root, 'src/render/helpers.ts')).href);
const manifest = compiled.find((template) => template.path === 'package.json');

for (const hasDatabase of [true, false]) {
  const project = {
    packageName: 'app',
    description: '',
    hasDatabase,
    hasRecords: hasDatabase,
    packages: {},
    slices: [],
  };
  const lock = await resolve(manifest.render({ ...helpers, project }));
  const name = hasDatabase ? 'package-lock.database.json.eta' : 'package-lock.static.json.eta';
  await writeFile(join(templates, name), asTemplate(lock));
  console.log(`${name}: ${Object.keys(lock.packages).length - 1} packages`);
}

/** Lets npm resolve a package.json, without installing anything. */
async function resolve(packageJson) {
  const folder = await mkdtemp(join(tmpdir(), 'takoss-lock-'));
  try {
    await writeFile(join(folder, 'package.json'), packageJson);
    const options = [
      'install',
      '--package-lock-only',
      '--no-audit',
      '--no-fund',
      '--omit-lockfile-registry-resolved=false',
    ];
    const npm = spawnSync('npm', options, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
    if (npm.status !== 0) throw new Error('npm could not resolve the packages.');
    const lock = JSON.parse(await readFile(join(folder, 'package-lock.json'), 'utf8'));
    for (const entry of Object.values(lock.packages)) delete entry.resolved;
    addPlatforms(lock);
    return lock;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * A registry mirror may lack the binaries of platforms that are not its own. `npm ci` refuses a lockfile that does not
 * name them all, so they are added by name and version, and each machine takes the one for itself.
 */
function addPlatforms(lock) {
  for (const entry of Object.values(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const path = `node_modules/${name}`;
      const platform = platformOf(name);
      if (lock.packages[path] !== undefined || platform === undefined || !/^\d/.test(version)) continue;
      lock.packages[path] = { version, ...platform, ...(entry.dev ? { dev: true } : {}), optional: true };
    }
  }
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
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

/** Puts the project's own name where a lockfile repeats it. */
function asTemplate(lock) {
  const name = '<%= it.project.packageName %>';
  const own = { ...lock, name, packages: { ...lock.packages, '': { ...lock.packages[''], name } } };
  return `${JSON.stringify(own, null, 2)}\n`;
}
