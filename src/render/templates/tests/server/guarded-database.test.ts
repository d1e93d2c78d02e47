import { sql } from 'drizzle-orm';
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../src/server/db/client.ts';
import { type GuardedDatabase, guardedDatabase } from '../../src/server/db/guarded-database.ts';
import {
  assertGuardedStatement,
  isSavepointStatement,
  isTransactionStatement,
} from '../../src/server/db/guarded-statement.ts';
import { freshDatabase } from './support/database.ts';

describe('the database of modules that a model wrote', () => {
  const notes = pgTable('feature_database_notes', { id: integer('id').primaryKey(), body: text('body').notNull() });
  const roles = pgTable('pg_authid', { name: text('rolname') });
  let whole: Database;
  let db: GuardedDatabase;

  beforeAll(async () => {
    whole = await freshDatabase();
    db = guardedDatabase(whole);
    await whole.execute(
      sql`create temporary table if not exists ${notes} (id integer primary key, body text not null)`,
    );
    await whole.execute(sql`delete from ${notes}`);
  });

  it('reads and changes records', async () => {
    await db.insert(notes).values([
      { id: 1, body: "it's; -- one" },
      { id: 2, body: 'two' },
    ]);
    await db.update(notes).set({ body: 'three' }).where(sql`${notes.id} = ${2}`);
    const recent = db.$with('recent').as(db.select().from(notes).where(sql`${notes.id} > ${1}`));
    expect(await db.with(recent).select({ body: recent.body }).from(recent)).toEqual([{ body: 'three' }]);
    expect(
      await db
        .select({ upper: sql<string>`upper(${notes.body})` })
        .from(notes)
        .limit(1),
    ).toHaveLength(1);
    expect(await db.$count(notes)).toBe(2);
    await db.delete(notes).where(sql`${notes.id} = 1`);
    expect(await db.selectDistinct({ id: notes.id }).from(notes)).toEqual([{ id: 2 }]);
  });

  it('keeps what belongs together, and nothing of what fails', async () => {
    const fails = db.transaction(async (tx) => {
      await tx.insert(notes).values({ id: 8, body: 'lost' });
      throw new Error('No.');
    });
    await expect(fails).rejects.toThrow('No.');
    await db.transaction(
      async (tx) => {
        await tx.transaction((inner) => inner.insert(notes).values({ id: 9, body: 'kept' }));
        expect(Object.getPrototypeOf(tx)).toBeNull();
      },
      { isolationLevel: 'serializable' },
    );
    expect((await db.select({ id: notes.id }).from(notes)).map(({ id }) => id)).toEqual([2, 9]);
  });

  it('narrows a transaction that is under way, and stays within it', async () => {
    const fails = whole.transaction(async (tx) => {
      await tx.insert(notes).values({ id: 20, body: 'outer' });
      const own = guardedDatabase(tx);
      expect(await own.$count(notes, sql`${notes.id} = 20`)).toBe(1);
      const inner = own.transaction(async (nested) => {
        await nested.insert(notes).values({ id: 21, body: 'lost' });
        throw new Error('Not this.');
      });
      await expect(inner).rejects.toThrow('Not this.');
      await own.transaction((nested) => nested.insert(notes).values({ id: 22, body: 'within' }));
      expect((await own.select({ id: notes.id }).from(notes).where(sql`${notes.id} > 19`)).map(({ id }) => id)).toEqual(
        [20, 22],
      );
      await expect(own.select().from(roles)).rejects.toThrow();
      throw new Error('Nor that.');
    });
    await expect(fails).rejects.toThrow('Nor that.');
    expect(await whole.$count(notes, sql`${notes.id} > 19`)).toBe(0);
  });

  it('cannot end the transaction that it is given', async () => {
    await whole.transaction(async (tx) => {
      const { session } = Reflect.get(guardedDatabase(tx).select().from(notes), 'config') ?? {};
      const { client } = session ?? Reflect.get(guardedDatabase(tx).select().from(notes), 'session');
      for (const text of ['commit', 'rollback', 'begin']) {
        await expect(client.query(typeof client.transaction === 'function' ? text : { text })).rejects.toThrow(
          'refused',
        );
      }
    });
  });

  it('has no way to run a text, neither itself nor in what it is made of', async () => {
    for (const name of ['execute', 'query', '$client', 'session', 'dialect', '_', 'constructor']) {
      expect(Reflect.get(db, name)).toBeUndefined();
    }
    expect(Object.isFrozen(db)).toBe(true);
    const { session } = Reflect.get(db.select().from(notes), 'config') ?? {};
    const { client } = session ?? Reflect.get(db.select().from(notes), 'session');
    const drop = { text: 'drop table feature_database_notes' };
    await expect(client.query(whole.constructor.name === 'PgliteDatabase' ? drop.text : drop)).rejects.toThrow(
      'refused',
    );
  });

  it('refuses catalogues of the server, however a table is called', async () => {
    await expect(db.select().from(roles)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('pg_authid') },
    });
    await expect(db.select({ n: sql`ts_stat(${'select 1'})` }).from(notes)).rejects.toThrow();
  });

  it.each([
    'drop table posts',
    'truncate posts',
    'create table x (id int)',
    'alter role app superuser',
    "copy posts to program 'id'",
    'do $$ begin end $$',
    'set role other',
    'commit',
    'explain analyze delete from posts',
    'select 1; drop table posts',
    'select * into copied from posts',
    'select * INTO copied from posts',
    'select 1 /* hidden */',
    'select 1 -- hidden',
    "select e'a\\'b'",
    'select * from u&"pg\\005fauthid"',
    'select $a$ text $a$',
    "select 'open",
    'select * from "pg_catalog"."pg_proc"',
    'update PG_PROC set prosrc = $1',
    'select * from information_schema.tables',
    "select pg_read_file('x')",
    "select (x.t).ts_stat from (select 'select 1'::text as t) x",
    'select "query_to_xml"($1, true, true, $2)',
    "select set_config('role', 'postgres', false)",
    'with gone as (select 1) select * from dblink($1)',
    'delete from "drizzle"."__drizzle_migrations"',
    '',
  ])('refuses %s', (statement) => {
    expect(() => assertGuardedStatement(statement)).toThrow('refused');
    if (statement !== 'commit') expect(isTransactionStatement(statement)).toBe(false);
    expect(isSavepointStatement(statement)).toBe(false);
  });

  it.each([
    'select count(*) as count from "posts";',
    '(select "id" from "posts") union (select "id" from "drafts")',
    `insert into "posts" ("title") values ($1) on conflict ("id") do update set "title" = 'It''s -- /* $$ ; pg_authid'`,
    'with "recent" as (select 1) delete from "posts" where "id" in (select * from "recent") returning "id"',
    'select e.name, u.id from "people" e join "users" u on u.id = e.id for update',
    `select sum(case when "a" like 'x%' then 1 else 0 end)::int, "année" from "posts" group by date_trunc('month', "at")`,
  ])('lets %s pass', (statement) => {
    expect(() => assertGuardedStatement(statement)).not.toThrow();
  });
});
