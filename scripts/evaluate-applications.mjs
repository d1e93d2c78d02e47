/**
 * Generates an application from every row of a file of requirement texts, and has some of them installed, checked, tested and built:
 * `node scripts/evaluate-applications.mjs FILE.jsonl [--build N] [--keep FOLDER]`. A line of the file is an object with `instruction`, `text` or
 * `Text`. Build Takoss first.
 */
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CommandError, run } from '../test/apps/command.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { build: { type: 'string', default: '0' }, keep: { type: 'string' } },
});
const [file] = positionals;
if (file === undefined) {
  console.error('Name a JSONL file: node scripts/evaluate-applications.mjs FILE.jsonl [--build N] [--keep FOLDER]');
  process.exit(2);
}

const cli = resolve(import.meta.dirname, '../dist/cli.js');
const rows = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
const work = values.keep === undefined ? await mkdtemp(join(tmpdir(), 'takoss-evaluate-')) : resolve(values.keep);
await mkdir(work, { recursive: true });

const failures = [];
const generated = [];
for (const [index, line] of rows.entries()) {
  const row = JSON.parse(line);
  const name = `row-${row.id ?? index + 1}`;
  const requirements = row.instruction ?? row.text ?? row.Text;
  const folder = join(work, name);
  const arguments_ = ['generate', '--name', name, '--requirements', requirements, '--out', folder, '--overwrite'];
  if (await attempt(name, 'generate', () => run('node', [cli, ...arguments_], work, 60)))
    generated.push({ name, folder });
}
console.log(`${generated.length} of ${rows.length} generated without an error.`);

// Evenly spread over the file, so that neighbours of a kind do not stand for all.
const wanted = Math.min(Number(values.build), generated.length);
const chosen = Array.from({ length: wanted }, (_, index) => generated[Math.floor((index * generated.length) / wanted)]);
/** Folders with installed packages, by their lockfile without the project's name. */
const installed = new Map();
let built = 0;
for (const { name, folder } of chosen) {
  let passed = await attempt(name, 'install', () => install(name, folder));
  for (const script of ['typecheck', 'lint', 'test', 'build']) {
    passed = passed && (await attempt(name, script, () => run('npm', ['run', script], folder)));
  }
  if (passed) built++;
  console.log(`${passed ? '✓' : '✗'} ${name}`);
}
if (wanted > 0) console.log(`${built} of ${wanted} install, type-check, lint, pass their tests and build.`);
if (values.keep === undefined) await rm(work, { recursive: true, force: true });
process.exitCode = failures.length === 0 ? 0 : 1;

async function attempt(name, step, action) {
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    failures.push({ name, step });
    console.error(`${name}, ${step}: ${error.message}`);
    return false;
  }
}

/** Installs from the lockfile once for each set of packages; applications with the same set borrow the result. */
async function install(name, folder) {
  const lockfile = (await readFile(join(folder, 'package-lock.json'), 'utf8')).replaceAll(`"${name}"`, '""');
  const lender = installed.get(lockfile);
  if (lender !== undefined) {
    await symlink(join(lender, 'node_modules'), join(folder, 'node_modules'), 'junction');
    return;
  }
  await run('npm', ['ci'], folder);
  installed.set(lockfile, folder);
}
