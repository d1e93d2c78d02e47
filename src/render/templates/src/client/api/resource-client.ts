import { request } from './request.ts';

/** What every record has, whatever it is a record of. */
export interface BaseRecord {
  id: number;
  createdAt: string;
  updatedAt: string;
}

/** One page of a list. `total` counts all pages. */
export interface Page<T> {
  items: T[];
  page: number;
  pageSize: number;
  total: number;
}

/** `sort` is a field name, with `-` in front for descending; `filters` match fields exactly. */
export interface ListQuery {
  page?: number;
  pageSize?: number;
  sort?: string;
  q?: string;
  filters?: Readonly<Record<string, string>>;
}

/** The calls that one REST resource understands. */
export interface ResourceClient<T extends BaseRecord, Input> {
  list(query: ListQuery, signal?: AbortSignal): Promise<Page<T>>;
  get(id: number, signal?: AbortSignal): Promise<T>;
  create(input: Input): Promise<T>;
  update(id: number, input: Input): Promise<T>;
  remove(id: number): Promise<void>;
}

/**
 * The client of one address of the API, such as `/api/posts`. The answers are believed to be what the shared schema says: client and server are built
 * from the same schemas and ship together, so they are not parsed a second time here.
 */
export function resourceClient<T extends BaseRecord, Input>(base: string): ResourceClient<T, Input> {
  const one = (id: number): string => `${base}/${id}`;
  return {
    list: async (query, signal) => (await request(base + search(query), options(signal))) as Page<T>,
    get: async (id, signal) => (await request(one(id), options(signal))) as T,
    create: async (input) => (await request(base, { method: 'POST', body: input })) as T,
    update: async (id, input) => (await request(one(id), { method: 'PUT', body: input })) as T,
    remove: async (id) => {
      await request(one(id), { method: 'DELETE' });
    },
  };
}

function options(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function search({ page, pageSize, sort, q, filters }: ListQuery): string {
  const params = new URLSearchParams(filters);
  if (page !== undefined) params.set('page', String(page));
  if (pageSize !== undefined) params.set('pageSize', String(pageSize));
  if (sort) params.set('sort', sort);
  if (q) params.set('q', q);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}
