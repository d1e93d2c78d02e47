import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manifestOf, nodeRange, type PackageGroup, packageNames } from '../../src/emit/packages.ts';
import { firstVersion, lockFor } from '../../src/render/lockfile.ts';
import { NpmVersion } from '../support/npm-version.ts';
import { skip } from '../support/skip.ts';

const variants: Readonly<Record<string, readonly PackageGroup[]>> = {
  'without a database': ['base'],
  'with a database': ['base', 'database'],
  'without a database, with Markdown': ['base', 'markdown'],
  'with a database and Markdown': ['base', 'database', 'markdown'],
};

const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
const unreachable = /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/;

describe('npm takes the lockfile of an application', function () {
  this.timeout(300_000);
  const npms: NpmVersion[] = [];
  const folders: string[] = [];

  before(async function () {
    for (const major of [10, 11] as const) {
      const npm = await NpmVersion.find(major);
      if (npm === undefined) skip(this, `npm ${major} is not here. Connect to the npm registry, which it comes from.`);
      npms.push(npm);
    }
  });
  after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

  /** A folder with nothing but the two files. */
  async function project(groups: readonly PackageGroup[]): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'takoss-lock-'));
    folders.push(folder);
    const manifest = manifestOf(packageNames(...groups));
    const own = { name: 'app', version: firstVersion, ...manifest, engines: { node: nodeRange } };
    await writeFile(join(folder, 'package.json'), JSON.stringify(own));
    await writeFile(join(folder, 'package-lock.json'), JSON.stringify(lockFor('app', manifest)));
    return folder;
  }

  async function ci(test: Mocha.Context, npm: NpmVersion, folder: string, options: readonly string[]): Promise<void> {
    try {
      await npm.run(['ci', ...quiet, ...options], folder);
    } catch (error) {
      if (unreachable.test(String(error))) skip(test, 'The npm registry cannot be reached. Connect to it.');
      throw error;
    }
  }

  /** The places of what npm has installed, by its own record. */
  async function installed(folder: string): Promise<string[]> {
    const record = await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8');
    return Object.keys(JSON.parse(record).packages).sort();
  }

  for (const [name, groups] of Object.entries(variants)) {
    // A dry run holds the lockfile against package.json as any other does. It fetches nothing, so it does not show that
    // the packages exist and are what their digests say: the installs below do.
    it(`${name}, in a dry run`, async function () {
      for (const npm of npms) await ci(this, npm, await project(groups), ['--dry-run']);
    });

    it(`${name}, and installs the same for production with either version`, async function () {
      const [ten = [], eleven = []] = await inTurn(npms, async (npm) => {
        const folder = await project(groups);
        await ci(this, npm, folder, ['--omit=dev']);
        return await installed(folder);
      });
      assert.deepEqual(ten, eleven);
      const tools = ['vite', 'typescript', 'drizzle-kit', '@types/node', '@types/pg'];
      assert.deepEqual(
        tools.filter((tool) => ten.includes(`node_modules/${tool}`)),
        [],
      );
      assert.equal(ten.includes('node_modules/react-markdown'), groups.includes('markdown'));
      assert.ok(ten.includes('node_modules/hono'));
    });
  }

  it('of everything there is, and installs the same with either version', async function () {
    const [ten = [], eleven = []] = await inTurn(npms, async (npm) => {
      const folder = await project([]);
      await ci(this, npm, folder, []);
      return await installed(folder);
    });
    assert.deepEqual(ten, eleven);
    assert.ok(ten.includes('node_modules/vitest') && ten.includes('node_modules/react-markdown'));
  });

  it('but not one that lacks something', async () => {
    for (const npm of npms) {
      const folder = await project(['base']);
      const path = join(folder, 'package-lock.json');
      const lock = JSON.parse(await readFile(path, 'utf8'));
      delete lock.packages['node_modules/cookie'];
      await writeFile(path, JSON.stringify(lock));
      await assert.rejects(npm.run(['ci', ...quiet, '--dry-run'], folder), /Missing: cookie@/);
    }
  });
});

async function inTurn<T, R>(items: readonly T[], act: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const item of items) results.push(await act(item));
  return results;
}
