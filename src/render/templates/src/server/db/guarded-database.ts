import type { PgTransactionConfig } from 'drizzle-orm/pg-core';
import { PgDatabase, PgTransaction } from 'drizzle-orm/pg-core';
import type { Database } from './client.ts';
import { GuardedConnection, GuardedPGlite, GuardedPool } from './guarded-client.ts';

/** What builds and runs the statements of a module. */
type Builders = Pick<
  Database,
  '$count' | '$with' | 'delete' | 'insert' | 'select' | 'selectDistinct' | 'selectDistinctOn' | 'update' | 'with'
>;

/** The database as code that nobody may have read has it: its builders, and transactions. No SQL as text, and only what concerns records. */
export interface GuardedDatabase extends Builders {
  /** Runs statements that belong together: all of them hold, or, where `run` throws, none. */
  transaction<Result>(run: (tx: GuardedDatabase) => Promise<Result>, config?: PgTransactionConfig): Promise<Result>;
}

/**
 * Narrows the database, or a transaction that is under way, for modules that a model wrote, whose code nobody may have read before it
 * runs. What its builders make runs over a client that refuses every other statement, so that the insides of a builder lead no further either.
 */
export function guardedDatabase(db: Database): GuardedDatabase {
  return narrowed(guarded(db));
}

/** The same kind of database over a client that is guarded. One of a transaction stays within it: it can neither end it nor begin another. */
function guarded(db: Database): Database {
  const { session } = db._;
  // Each driver has a session of its own, made of a client and the dialect. Drizzle's types do not tell of it.
  const { client, dialect } = session as unknown as {
    client: object;
    dialect: ConstructorParameters<typeof PgDatabase>[0];
  };
  const isWithin = db instanceof PgTransaction;
  const own = Reflect.construct(session.constructor, [guardedClient(client, isWithin), dialect, undefined]);
  if (!isWithin) return new PgDatabase(dialect, own, undefined);
  // A transaction within it is a savepoint, which Drizzle counts.
  return Reflect.construct(db.constructor, [dialect, own, undefined, Reflect.get(db, 'nestedIndex')]);
}

/** PGlite and its transactions run scripts by `exec`, which node-postgres has not. */
function guardedClient(client: object, isWithin: boolean): object {
  if ('exec' in client) return new GuardedPGlite(client as never, isWithin ? 'savepoints' : 'none');
  return isWithin ? new GuardedConnection(client as never, 'savepoints') : new GuardedPool(client as never);
}

function narrowed(db: Database): GuardedDatabase {
  const own: GuardedDatabase = {
    $count: db.$count.bind(db),
    $with: db.$with,
    delete: db.delete.bind(db),
    insert: db.insert.bind(db),
    select: db.select.bind(db),
    selectDistinct: db.selectDistinct.bind(db),
    selectDistinctOn: db.selectDistinctOn.bind(db),
    update: db.update.bind(db),
    with: db.with.bind(db),
    transaction: (run, config) => db.transaction((tx) => run(narrowed(tx)), config),
  };
  return Object.freeze(Object.assign(Object.create(null), own));
}
