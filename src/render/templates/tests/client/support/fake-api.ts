import { vi } from 'vitest';
import type { BaseRecord } from '../../../src/client/api/resource-client.ts';

/** A request as the API received it. */
export interface Received {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** An API in memory that answers as the real one does, as far as screens can tell. */
export interface FakeApi {
  readonly received: Received[];
  /** Keeps these records at an address such as `/api/posts`; known ids are replaced. */
  keep(path: string, records: readonly BaseRecord[]): void;
  /** Answers the next request of this method with a problem instead. */
  failNext(method: string, status: number, errors?: readonly { field: string; message: string }[]): void;
}

/** Puts a fake API in place of `fetch`; `vi.unstubAllGlobals()` takes it away. */
export function installFakeApi(): FakeApi {
  const tables = new Map<string, BaseRecord[]>();
  const received: Received[] = [];
  const failures: { method: string; response: Response }[] = [];

  const answer = async (address: string, init: RequestInit = {}): Promise<Response> => {
    init.signal?.throwIfAborted();
    const { pathname: path, searchParams: query } = new URL(address, 'http://localhost');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    received.push({ method, path, query, body });
    // What else stands on a screen asks for other things, which this knows nothing of.
    if (!ofRecords.test(path)) return problem(404);
    const failure = failures.findIndex((candidate) => candidate.method === method);
    if (failure >= 0) return failures.splice(failure, 1)[0]?.response ?? problem(500);
    await Promise.resolve();
    return respond(tables, method, path, body);
  };
  vi.stubGlobal('fetch', answer);

  return {
    received,
    keep: (path, records) => {
      const ids = new Set(records.map(({ id }) => id));
      tables.set(path, [...(tables.get(path) ?? []).filter(({ id }) => !ids.has(id)), ...records]);
    },
    failNext: (method, status, errors) => failures.push({ method, response: problem(status, errors) }),
  };
}

/** `/api/posts` and `/api/posts/1`. */
const ofRecords = /^(\/api\/[^/]+)(?:\/(\d+))?$/;

function respond(tables: Map<string, BaseRecord[]>, method: string, path: string, body: unknown): Response {
  const [, collection = path, id] = ofRecords.exec(path) ?? [];
  const records = tables.get(collection) ?? [];
  if (method === 'POST') {
    const now = new Date(0).toISOString();
    const record = { ...Object(body), id: records.length + 1, createdAt: now, updatedAt: now };
    tables.set(collection, [...records, record]);
    return Response.json(record, { status: 201 });
  }
  if (id === undefined) return Response.json({ items: records, page: 1, pageSize: 20, total: records.length });
  const record = records.find((candidate) => candidate.id === Number(id));
  if (!record) return problem(404);
  if (method === 'GET') return Response.json(record);
  if (method === 'DELETE') {
    tables.set(
      collection,
      records.filter((candidate) => candidate !== record),
    );
    return new Response(null, { status: 204 });
  }
  const changed = { ...record, ...Object(body) };
  tables.set(
    collection,
    records.map((candidate) => (candidate === record ? changed : candidate)),
  );
  return Response.json(changed);
}

function problem(status: number, errors: readonly { field: string; message: string }[] = []): Response {
  const body = { type: 'about:blank', title: 'Problem', status, detail: `The answer was ${status}.`, errors };
  return Response.json(body, { status, headers: { 'Content-Type': 'application/problem+json' } });
}
