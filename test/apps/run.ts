/**
 * `npm run test:apps [-- blog crm portfolio slices]`: generates applications from requirements as a person would, and has each
 * installed, checked, tested, built, started and used: every record over HTTP, every page in a browser. `slices` are applications with
 * features beyond records; each has a name of its own too, such as `slices-crm`.
 */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Blueprint } from '../../src/core/blueprint.ts';
import { projectFileName, readProjectFile } from '../../src/core/project-file.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import type { SliceProjectName } from '../support/slices.ts';
import { run } from './command.ts';
import { storeWithFeature, writeWithFeatures } from './features.ts';
import { keepsToPolicy } from './page-policy.ts';
import { assertOrdinaryRole, type Postgres, startPostgres } from './postgres.ts';
import { assertKept, exercise, readCollections } from './records.ts';
import { openPages } from './screens.ts';
import { startApp, startDevelopment } from './server.ts';

interface Sample {
  readonly name: string;
  readonly title: string;
  /** Whether it has records. */
  readonly stores: boolean;
  /** The project whose features it has, for one that is rendered from a blueprint and slices. */
  readonly features?: SliceProjectName;
}

const samples: readonly Sample[] = [
  { name: 'blog', title: 'Trail Notes', stores: true },
  { name: 'crm', title: 'Sales Desk', stores: true },
  { name: 'portfolio', title: 'Rita’s "Light" & Stone', stores: false },
  { name: 'slices-blog', title: 'Trail Notes with features', stores: true, features: 'blog' },
  { name: 'slices-crm', title: 'Sales Desk with features', stores: true, features: 'crm' },
  { name: 'slices-portfolio', title: 'Portfolio with features', stores: false, features: 'portfolio' },
  { name: 'slices-studio', title: 'Portfolio with a feature that stores', stores: false, features: 'studio' },
];

/** The longest that a step may take, in milliseconds: a browser that does not come back would keep everybody waiting. */
const longest = 20 * 60_000;

const root = join(import.meta.dirname, '../..');
const screenshots = join(root, 'test-results/apps');
const cli = join(root, 'dist/cli.js');
/** Folders with installed packages, by whether the application has a database: one lockfile each. */
const installed = new Map<boolean, string>();

const wanted = process.argv
  .slice(2)
  .flatMap((name) =>
    name === 'slices' ? samples.filter(({ features }) => features).map((sample) => sample.name) : [name],
  );
const unknown = wanted.filter((name) => !samples.some((sample) => sample.name === name));
if (unknown.length > 0) throw new Error(`There is no sample called ${unknown.join(', ')}.`);
if (!existsSync(cli) && samples.some((sample) => isWanted(sample) && !sample.features))
  throw new Error('Build Takoss first: npm run build');

const work = await mkdtemp(join(tmpdir(), 'takoss-apps-'));
for (const sample of samples.filter(isWanted)) {
  console.log(`\n${sample.title} (${sample.name})`);
  await check(sample, join(work, sample.name));
}
await rm(work, { recursive: true, force: true });

function isWanted({ name }: Sample): boolean {
  return wanted.length === 0 || wanted.includes(name);
}

async function generate({ name, title, features }: Sample, folder: string): Promise<readonly string[]> {
  if (features !== undefined) return await writeWithFeatures(features, folder);
  const requirements = join(root, `test/fixtures/requirements/${name}.md`);
  const request = ['--name', title, '--description', 'A sample for tests.', '--requirements-file', requirements];
  await run('node', [cli, 'generate', ...request, '--out', folder], root, 60);
  return [];
}

async function check(sample: Sample, folder: string): Promise<void> {
  const screens = await step('generate', () => generate(sample, folder));
  const { blueprint } = readProjectFile(await readFile(join(folder, projectFileName), 'utf8'), fieldTypes);
  assert.equal(blueprint.entities.length > 0, sample.stores, `${blueprint.entities.length} kinds of records`);

  const hasDatabase = existsSync(join(folder, 'migrations'));
  await step('install', () => install(hasDatabase, folder));
  for (const script of ['typecheck', 'lint', 'test', 'build']) {
    await step(script, () => run('npm', ['run', script], folder));
  }
  const paths = [...blueprint.pages.map((page) => page.path.replace(':id', '1')), ...screens];
  await step(`run, on ${hasDatabase ? 'PGlite' : 'nothing'}`, () => use(sample, folder, paths, {}));
  await step('keep pages to their policy', () => keepToPolicy(blueprint, folder, paths));
  if (!hasDatabase) return;
  await step('compare the migration with the tables', () => compareMigration(folder));
  const postgres = await startPostgres(folder);
  if (postgres === undefined) {
    console.log('  - run, on PostgreSQL: skipped, because it is not installed (Debian: apt-get install postgresql)');
    return;
  }
  try {
    await step('be refused what an application has no use for', () => assertOrdinaryRole(postgres));
    await step('run, on PostgreSQL', () => use(sample, folder, paths, { DATABASE_URL: postgres.url }));
    if (existsSync(join(folder, 'src/server/db/guarded-database.ts'))) {
      const script = join(import.meta.dirname, 'guarded-database.mjs');
      const env = { DATABASE_URL: postgres.url };
      await step('narrow the database of modules', () => run('node', [script, folder], folder, 60, env));
    }
    await step('warn of a superuser', () => warnOfSuperuser(folder, postgres));
  } finally {
    await postgres.stop();
  }
}

/** The first application with a lockfile has its packages installed from it; the next one borrows them. */
async function install(hasDatabase: boolean, folder: string): Promise<void> {
  const lender = installed.get(hasDatabase);
  if (lender !== undefined) {
    await symlink(join(lender, 'node_modules'), join(folder, 'node_modules'), 'junction');
    return;
  }
  const said = await run('npm', ['ci'], folder);
  assert.doesNotMatch(said, /deprecated|install scripts|npm error/i);
  installed.set(hasDatabase, folder);
}

/** The server says once that it runs as a superuser, and nothing of the kind where it does not. */
async function warnOfSuperuser(folder: string, { url, superuserUrl }: Postgres): Promise<void> {
  for (const [address, warnings] of [
    [superuserUrl, 1],
    [url, 0],
  ] as const) {
    const app = await startApp(folder, { DATABASE_URL: address });
    await app.stop();
    assert.equal(app.said().match(/the superuser "postgres"/g)?.length ?? 0, warnings, app.said());
  }
}

/** The same of the built server and of the one for development. */
async function keepToPolicy({ entities, pages }: Blueprint, folder: string, paths: readonly string[]): Promise<void> {
  const pictured = entities.find(({ fields }) => fields.some(({ type }) => type === 'image'))?.name;
  const form = pages.find(({ kind, entity }) => kind === 'edit' && entity === pictured && pictured !== undefined)?.path;
  for (const [kind, startIt] of [
    ['built', startApp],
    ['development', startDevelopment],
  ] as const) {
    const app = await startIt(folder);
    try {
      const pictures = join(screenshots, basename(folder), kind);
      await keepsToPolicy({ url: app.url, paths, form: form?.replace(':id', '1'), screenshots: pictures });
    } finally {
      await app.stop();
    }
  }
}

/** drizzle-kit, which compares them, finds nothing to migrate. */
async function compareMigration(folder: string): Promise<void> {
  const said = await run('npm', ['run', 'db:generate'], folder);
  assert.match(said, /No schema changes/);
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
    if (!sample.stores) assert.deepEqual(await readCollections(first.url), []);
    const kept = sample.stores ? await exercise(first.url) : new Map();
    const assertStored = await storeWithFeature(sample.features, first.url);
    await first.stop();
    const second = await startApp(folder, env);
    await assertKept(second.url, kept);
    await assertStored(second.url);
    await second.stop();
  } finally {
    await first.stop();
  }
}

async function step<T>(name: string, action: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const watch = setTimeout(() => {
    console.error(`  ✗ ${name} did not end within ${longest / 60_000} minutes. The application is in ${work}.`);
    process.exit(1);
  }, longest);
  try {
    return await action();
  } catch (error) {
    console.error(`  ✗ ${name}. The application is in ${work}.`);
    throw error;
  } finally {
    clearTimeout(watch);
    console.log(`  ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${name}`);
  }
}
