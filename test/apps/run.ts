/**
 * `npm run test:apps [-- blog crm portfolio]`: generates applications from requirements as a person would, and has each
 * installed, checked, tested, built, started and used: every record over HTTP, every page in a browser.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blueprintSchema } from '../../src/core/blueprint.ts';
import { run } from './command.ts';
import { startPostgres } from './postgres.ts';
import { assertKept, exercise, readCollections } from './records.ts';
import { openPages } from './screens.ts';
import { startApp } from './server.ts';

interface Sample {
  readonly name: string;
  readonly title: string;
  readonly stores: boolean;
}

const samples: readonly Sample[] = [
  { name: 'blog', title: 'Trail Notes', stores: true },
  { name: 'crm', title: 'Sales Desk', stores: true },
  { name: 'portfolio', title: 'Rita’s "Light" & Stone', stores: false },
];

const root = join(import.meta.dirname, '../..');
const screenshots = join(root, 'test-results/apps');
const cli = join(root, 'dist/cli.js');
/** Folders with installed packages, by whether the application stores anything: one lockfile each. */
const installed = new Map<boolean, string>();

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !samples.some((sample) => sample.name === name));
if (unknown.length > 0) throw new Error(`There is no sample called ${unknown.join(', ')}.`);
if (!existsSync(cli)) throw new Error('Build Takoss first: npm run build');

const work = await mkdtemp(join(tmpdir(), 'takoss-apps-'));
for (const sample of samples.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  console.log(`\n${sample.title} (${sample.name})`);
  await check(sample, join(work, sample.name));
}
await rm(work, { recursive: true, force: true });

async function check(sample: Sample, folder: string): Promise<void> {
  const requirements = join(root, `test/fixtures/requirements/${sample.name}.md`);
  const request = ['--name', sample.title, '--description', 'A sample for tests.', '--requirements-file', requirements];
  await step('generate', () => run('node', [cli, 'generate', ...request, '--out', folder], root, 60));
  const manifest = JSON.parse(await readFile(join(folder, 'takoss.json'), 'utf8'));
  const blueprint = blueprintSchema.parse(manifest.blueprint);
  assert.equal(blueprint.entities.length > 0, sample.stores, `${blueprint.entities.length} kinds of records`);

  await step('install', () => install(sample, folder));
  for (const script of ['typecheck', 'lint', 'test', 'build']) {
    await step(script, () => run('npm', ['run', script], folder));
  }
  const paths = blueprint.pages.map((page) => page.path.replace(':id', '1'));
  await step(`run, on ${sample.stores ? 'PGlite' : 'nothing'}`, () => use(sample, folder, paths, {}));
  if (!sample.stores) return;
  const postgres = await startPostgres();
  if (postgres === undefined) {
    console.log('  - run, on PostgreSQL: skipped, because it is not installed (Debian: apt-get install postgresql)');
    return;
  }
  try {
    await step('run, on PostgreSQL', () => use(sample, folder, paths, { DATABASE_URL: postgres.url }));
  } finally {
    await postgres.stop();
  }
}

/** The first application with a lockfile has its packages installed from it; the next one borrows them. */
async function install(sample: Sample, folder: string): Promise<void> {
  const lender = installed.get(sample.stores);
  if (lender !== undefined) {
    await symlink(join(lender, 'node_modules'), join(folder, 'node_modules'), 'junction');
    return;
  }
  const said = await run('npm', ['ci'], folder);
  assert.doesNotMatch(said, /deprecated|install scripts|npm error/i);
  installed.set(sample.stores, folder);
}

/** Uses the application as its people would, restarts it and looks whether everything is still there. */
async function use(
  sample: Sample,
  folder: string,
  paths: readonly string[],
  env: Record<string, string>,
): Promise<void> {
  const first = await startApp(folder, env);
  const pictures = join(screenshots, sample.name);
  await mkdir(pictures, { recursive: true });
  try {
    await openPages(first.url, ['/', ...paths, '/api/docs', '/no/such/page'], pictures);
    if (!sample.stores) {
      assert.deepEqual(await readCollections(first.url), []);
      return;
    }
    const kept = await exercise(first.url);
    await first.stop();
    const second = await startApp(folder, env);
    await assertKept(second.url, kept);
    await second.stop();
  } finally {
    await first.stop();
  }
}

async function step<T>(name: string, action: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await action();
  } catch (error) {
    console.error(`  ✗ ${name}. The application is in ${work}.`);
    throw error;
  } finally {
    console.log(`  ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  }
}
