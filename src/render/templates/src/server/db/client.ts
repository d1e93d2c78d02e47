import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Pool } from 'pg';
import { lockFolder } from './folder-lock.ts';

/** A database or a transaction, wherever it runs. */
export type Database = PgDatabase<PgQueryResultHKT>;

export interface OpenDatabase {
  readonly db: Database;
  close(): Promise<void>;
}

/** The same in `src/` and in `dist/`: both are three folders deep. */
const migrationsFolder = fileURLToPath(new URL('../../../migrations', import.meta.url));

/**
 * Opens the database and brings its tables up to date: PostgreSQL where `DATABASE_URL` says so, otherwise PGlite, which
 * is PostgreSQL inside this process, with its files in `DATA_DIR` (`./data`).
 */
export async function openDatabase(): Promise<OpenDatabase> {
  const url = process.env.DATABASE_URL;
  return url ? await openPostgres(url) : await openEmbedded(process.env.DATA_DIR || './data');
}

/** An empty database in memory, for tests. */
export async function openInMemory(): Promise<OpenDatabase> {
  return await openPGlite(undefined);
}

async function openPostgres(connectionString: string): Promise<OpenDatabase> {
  const [{ Pool }, { drizzle }, { migrate }] = await Promise.all([
    import('pg').then((module) => module.default),
    import('drizzle-orm/node-postgres'),
    import('drizzle-orm/node-postgres/migrator'),
  ]);
  const pool = new Pool({ connectionString, connectionTimeoutMillis: 10_000 });
  // An idle connection may be lost at any time; the pool opens another one.
  pool.on('error', (error) => console.error('A database connection was lost:', error.message));
  const db = drizzle(pool);
  await migrate(db, { migrationsFolder });
  await warnOfSuperuser(pool);
  return { db, close: () => pool.end() };
}

/** A superuser reads files of the database server and starts programs there, which an application has no use for. */
async function warnOfSuperuser(pool: Pool): Promise<void> {
  const { rows } = await pool.query(
    'select current_user as name from pg_roles where rolname = current_user and rolsuper',
  );
  if (rows.length === 0) return;
  console.warn(
    `The application connects to PostgreSQL as the superuser "${rows[0].name}". Give it an ordinary role: database/create-role.sh makes one.`,
  );
}

async function openEmbedded(folder: string): Promise<OpenDatabase> {
  await mkdir(folder, { recursive: true });
  const unlock = await lockFolder(folder);
  try {
    await setAsideUnfinished(folder);
    const { db, close } = await openPGlite(`${folder}/pglite`);
    await writeFile(`${folder}/complete`, 'The database in pglite/ has been set up to the end.\n');
    return {
      db,
      async close() {
        await close();
        await unlock();
      },
    };
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** A set-up that was interrupted leaves files that cannot be opened. They never held a record, and are moved away. */
async function setAsideUnfinished(folder: string): Promise<void> {
  if (existsSync(`${folder}/complete`) || !existsSync(`${folder}/pglite`)) return;
  await rm(`${folder}/pglite.unfinished`, { recursive: true, force: true });
  await rename(`${folder}/pglite`, `${folder}/pglite.unfinished`);
}

async function openPGlite(folder: string | undefined): Promise<OpenDatabase> {
  const [{ PGlite }, { drizzle }, { migrate }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('drizzle-orm/pglite'),
    import('drizzle-orm/pglite/migrator'),
  ]);
  const client = await PGlite.create(folder);
  const db = drizzle(client);
  await migrate(db, { migrationsFolder });
  return { db, close: () => client.close() };
}
