import type { SQL } from 'drizzle-orm';
import type { Context } from 'hono';
import type { Database } from '../db/client.ts';

/** What somebody wants to do with records. */
export interface ResourceRequest {
  readonly action: 'list' | 'view' | 'create' | 'change' | 'delete';
  /** The record; undefined for a list and a new record. */
  readonly id: number | undefined;
  readonly context: Context;
}

/** A record that changes. */
export interface ResourceChange {
  readonly action: 'create' | 'change' | 'delete';
  /** The record; undefined before it is created. */
  readonly id: number | undefined;
  /** What is written: all fields of a new record, those that change of an old one; nothing for a delete. */
  readonly input: object;
  readonly context: Context;
}

/** Throws a `Problem` where a request is refused. */
export type Guard = (request: ResourceRequest, db: Database) => void | Promise<void>;
/** Runs in the transaction of a change, with its database: what it throws undoes the change. */
export type ChangeHook = (change: ResourceChange, db: Database) => void | Promise<void>;
/** Narrows which records a request can list and read; undefined where it need not. */
export type Scope = (context: Context, db: Database) => SQL | undefined | Promise<SQL | undefined>;

/** What modules do about the records at one address. */
export interface ResourceHooks {
  readonly guard?: readonly Guard[];
  readonly before?: readonly ChangeHook[];
  readonly after?: readonly ChangeHook[];
  readonly scope?: readonly Scope[];
}
