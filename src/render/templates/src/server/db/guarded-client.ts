import type { Pool, PoolClient, QueryResult } from 'pg';
import { assertGuardedStatement, isSavepointStatement, isTransactionStatement } from './guarded-statement.ts';

/**
 * Clients that refuse every statement but those of {@link assertGuardedStatement}. What Drizzle builds holds the client it was built over, so that
 * a feature's must not lead to the real one: that is in private fields, and only values are passed on to it.
 */

/** What of transactions may be said: nothing, what begins and ends one, or only what nests another within it. */
type Extent = 'none' | 'whole' | 'savepoints';

function assertStatement(text: string, extent: Extent): void {
  if (extent === 'whole' && isTransactionStatement(text)) return;
  if (extent === 'savepoints' && isSavepointStatement(text)) return;
  assertGuardedStatement(text);
}

/** As much as Drizzle gives to `query` of node-postgres. */
interface PostgresQuery {
  readonly text: string;
  readonly rowMode?: 'array';
  readonly types?: { getTypeParser(typeId: number, format?: string): (value: string) => unknown };
}

/** Drizzle tells a pool, from which it takes a connection for each transaction, by the name of its class. */
export class GuardedPool {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
    Object.freeze(this);
  }

  async query(query: PostgresQuery, values: readonly unknown[] = []): Promise<QueryResult> {
    const copy = copyOf(query, values);
    assertGuardedStatement(copy.text);
    return await this.#pool.query(copy);
  }

  async connect(): Promise<GuardedConnection> {
    return new GuardedConnection(await this.#pool.connect(), 'whole');
  }
}

/** The connection of one transaction, which only who began the transaction gives back. */
export class GuardedConnection {
  readonly #connection: PoolClient;
  readonly #extent: Extent;

  constructor(connection: PoolClient, extent: Extent) {
    this.#connection = connection;
    this.#extent = extent;
    Object.freeze(this);
  }

  async query(query: PostgresQuery, values: readonly unknown[] = []): Promise<QueryResult> {
    const copy = copyOf(query, values);
    assertStatement(copy.text, this.#extent);
    return await this.#connection.query(copy);
  }

  release(): void {
    if (this.#extent === 'whole') this.#connection.release();
  }
}

/** In the extended protocol the server takes one statement at a time, whatever the text holds. */
function copyOf({ text, rowMode, types }: PostgresQuery, values: readonly unknown[]) {
  const own = { text: String(text), values: [...values], queryMode: 'extended' as const };
  return { ...own, ...(rowMode === undefined ? {} : { rowMode }), ...(types === undefined ? {} : { types }) };
}

/** As much of PGlite and of its transactions as Drizzle calls. */
interface Embedded {
  query(text: string, values?: unknown[], options?: object): Promise<object>;
  transaction?<Result>(run: (tx: Embedded) => Promise<Result>): Promise<Result>;
}

export class GuardedPGlite {
  readonly #client: Embedded;
  readonly #extent: Extent;

  constructor(client: Embedded, extent: Extent) {
    this.#client = client;
    this.#extent = extent;
    Object.freeze(this);
  }

  /** PGlite, too, takes one statement here. */
  async query(text: string, values: readonly unknown[] = [], { rowMode, parsers }: Record<string, unknown> = {}) {
    const statement = String(text);
    assertStatement(statement, this.#extent);
    return await this.#client.query(statement, [...values], { rowMode, parsers });
  }

  async transaction<Result>(run: (tx: GuardedPGlite) => Promise<Result>): Promise<Result> {
    if (this.#client.transaction === undefined) throw new Error('A transaction of PGlite begins no other one.');
    return await this.#client.transaction((tx) => run(new GuardedPGlite(tx, 'whole')));
  }
}
