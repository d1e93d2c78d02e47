/**
 * `node guarded-database.mjs <folder of a built application>`: what features do with the database, on the PostgreSQL server of `DATABASE_URL`. The
 * application's own tests check the same on PGlite, whose driver is another one.
 */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const server = join(process.argv[2] ?? '.', 'dist/server');
const load = (path) => import(pathToFileURL(path).href);
const { openDatabase } = await load(join(server, 'db/client.js'));
const { guardedDatabase } = await load(join(server, 'db/guarded-database.js'));
const packages = createRequire(join(server, 'index.js'));
const { sql } = await load(packages.resolve('drizzle-orm'));
const { integer, pgTable } = await load(packages.resolve('drizzle-orm/pg-core'));

const notes = pgTable('feature_database_notes', { id: integer('id').primaryKey() });
const { db: whole, close } = await openDatabase();
const db = guardedDatabase(whole);
const ids = async () => (await db.select({ id: notes.id }).from(notes).orderBy(notes.id)).map(({ id }) => id);
await whole.execute(sql`create table ${notes} (id integer primary key)`);
try {
  await db.insert(notes).values({ id: 1 });
  const fails = db.transaction(async (tx) => {
    await tx.insert(notes).values({ id: 2 });
    await tx.transaction((inner) => inner.insert(notes).values({ id: 1 }));
  });
  await assert.rejects(fails, ({ cause }) => cause.code === '23505');
  await db.transaction(
    async (tx) => {
      await tx.insert(notes).values({ id: 3 });
      await tx.transaction((inner) => inner.insert(notes).values({ id: 4 }));
    },
    { isolationLevel: 'serializable', accessMode: 'read write' },
  );
  assert.deepEqual(await ids(), [1, 3, 4]);
  assert.equal(await db.$count(notes), 3);

  const { client } = Reflect.get(db.insert(notes), 'session');
  await assert.rejects(client.query({ text: 'drop table feature_database_notes' }), /refused/);
  // A query that node-postgres would hand its connection to is taken for its text alone.
  const { rows } = await client.query({ text: 'select 1 as one', submit: assert.fail });
  assert.deepEqual(rows, [{ one: 1 }]);
  await db.transaction(async (tx) => {
    const { client: connection } = Reflect.get(tx.insert(notes), 'session');
    await assert.rejects(connection.query({ text: 'drop table feature_database_notes' }), /refused/);
  });
  // One that is under way is narrowed too: what goes wrong within it stays within, and it cannot be ended.
  const outer = whole.transaction(async (tx) => {
    const own = guardedDatabase(tx);
    await own.insert(notes).values({ id: 5 });
    await assert.rejects(own.transaction((nested) => nested.insert(notes).values({ id: 1 })));
    await own.transaction((nested) => nested.insert(notes).values({ id: 6 }));
    assert.equal(await own.$count(notes), 5);
    const { client: connection } = Reflect.get(own.insert(notes), 'session');
    for (const text of ['commit', 'rollback', 'begin']) await assert.rejects(connection.query({ text }), /refused/);
    connection.release();
    assert.equal(await own.$count(notes), 5);
    throw new Error('Undone.');
  });
  await assert.rejects(outer, /Undone/);
  assert.deepEqual(await ids(), [1, 3, 4]);
  await assert.rejects(db.select().from(pgTable('pg_authid', { oid: integer('oid') })), ({ cause }) =>
    /refused/.test(cause),
  );
} finally {
  await whole.execute(sql`drop table ${notes}`);
  await close();
}
