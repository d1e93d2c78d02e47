import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collect, start, stop } from './command.ts';
import { freePort } from './server.ts';

/** A PostgreSQL server of the test's own. */
export interface Postgres {
  /** For `DATABASE_URL`. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts PostgreSQL on a free port with an empty database, or answers undefined where it is not installed. */
export async function startPostgres(): Promise<Postgres | undefined> {
  const bin = await findBin();
  if (bin === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'takoss-postgres-'));
  const user = postgresUser();
  if (user) await chown(folder, user.uid, user.gid);
  const initdb = start(
    join(bin, 'initdb'),
    ['-D', join(folder, 'data'), '-U', 'app', '-A', 'trust', '-E', 'UTF8'],
    folder,
    user,
  );
  const said = collect(initdb);
  const code = await new Promise((resolve) => initdb.once('close', resolve));
  if (code !== 0) throw new Error(`initdb ended with ${code}:\n${said()}`);
  const port = await freePort();
  const options = ['-D', join(folder, 'data'), '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
  const server = start(join(bin, 'postgres'), options, folder, user);
  await untilReady(collect(server));
  return {
    url: `postgres://app@127.0.0.1:${port}/postgres`,
    async stop() {
      await stop(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
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
