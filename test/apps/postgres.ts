import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, run, start, stop } from './command.ts';
import { freePort } from './server.ts';

/** A PostgreSQL server of the test's own. */
export interface Postgres {
  /** For `DATABASE_URL`: the role that the application's own script made, and its database. */
  readonly url: string;
  /** The same database, as the superuser of the server. */
  readonly superuserUrl: string;
  /** What the server says to a statement of the role; throws a `CommandError` where it refuses. */
  query(statement: string): Promise<string>;
  stop(): Promise<void>;
}

/** Letters that an address and a shell take differently than they stand here. */
const password = `it's a "pass"$1`;
const role = 'sample_app';

/**
 * Starts PostgreSQL on a free port and makes role and database with the script of the application in `project`, or returns undefined
 * where PostgreSQL is not installed.
 */
export async function startPostgres(project: string): Promise<Postgres | undefined> {
  const bin = await findBin();
  if (bin === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'takoss-postgres-'));
  const user = postgresUser();
  if (user) await chown(folder, user.uid, user.gid);
  const access = ['--auth-local=trust', '--auth-host=scram-sha-256'];
  const init = ['-D', join(folder, 'data'), '-U', 'postgres', ...access, '-E', 'UTF8'];
  const initdb = start(join(bin, 'initdb'), init, folder, user);
  const said = collect(initdb);
  const code = await new Promise((resolve) => initdb.once('close', resolve));
  if (code !== 0) throw new Error(`initdb ended with ${code}:\n${said()}`);
  const port = await freePort();
  const options = ['-D', join(folder, 'data'), '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
  const server = start(join(bin, 'postgres'), options, folder, user);
  await untilReady(collect(server));
  const socket = { PGHOST: folder, PGPORT: String(port) };
  await run('sh', ['database/create-role.sh'], project, 60, {
    ...socket,
    DATABASE_ROLE: role,
    DATABASE_PASSWORD: password,
  });
  const url = `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${role}`;
  return {
    url,
    superuserUrl: `postgres://postgres@/${role}?host=${encodeURIComponent(folder)}&port=${port}`,
    query: (statement) => run(join(bin, 'psql'), ['-X', '-v', 'ON_ERROR_STOP=1', '-c', statement, url], folder, 60),
    async stop() {
      await stop(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const notForApplications = [
  "copy (select 1) to program 'id'",
  "copy (select 1) to '/tmp/takoss-copy'",
  "select pg_read_file('postgresql.conf')",
  "select lo_import('/etc/hostname')",
  'select * from pg_authid',
  'update pg_proc set prosrc = prosrc',
  'create role another',
  'create database another',
  'set role postgres',
];

/** Checks that the role of the application is one of the kind that its server refuses such things. */
export async function assertOrdinaryRole({ query }: Postgres): Promise<void> {
  await query('select 1');
  // Before version 16, some of the refusals say it in other words.
  const refusal = /permission denied|must be superuser/;
  for (const statement of notForApplications) await assert.rejects(query(statement), refusal, statement);
}

/** Debian keeps the server's programs off the path. */
async function findBin(): Promise<string | undefined> {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return undefined;
  const versions = (await readdir(root)).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin')).find((path) => existsSync(join(path, 'postgres')));
}

/** PostgreSQL refuses to run as root, so it runs as the user its package made. */
function postgresUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

async function untilReady(output: () => string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    if (output().includes('ready to accept connections')) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`PostgreSQL did not start within a minute:\n${output()}`);
}
