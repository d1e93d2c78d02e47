import { OpenAPIHono } from '@hono/zod-openapi';
import type { SQL } from 'drizzle-orm';
import { and } from 'drizzle-orm';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Database } from '../db/client.ts';
import { type ConstraintFields, toConflict } from '../db/conflicts.ts';
import { recordId } from './list-query.ts';
import { invalid, Problem, problemSchema } from './problem.ts';
import type { ResourceChange, ResourceHooks, ResourceRequest } from './resource-hooks.ts';

/** One page of a list. `total` counts the records of all pages. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly total: number;
}

interface PageQuery {
  readonly page: number;
  readonly pageSize: number;
}

/** Where records are kept. */
export interface Repository<Item, Input, Query> {
  /** `scope` narrows which records there are. */
  list(query: Query, scope?: SQL): Promise<Page<Item>>;
  get(id: number, scope?: SQL): Promise<Item | undefined>;
  /** Returns the id of the new record. */
  create(input: Input): Promise<number>;
  /** Changes the fields that are given. Returns whether there is such a record. */
  update(id: number, changes: Partial<Input>): Promise<boolean>;
  /** Returns whether there was such a record. */
  remove(id: number): Promise<boolean>;
}

/** Everything that the routes of one kind of record need to know. */
export interface Resource<Item, Input, Query> {
  /** `/api/posts` */
  readonly path: string;
  /** For people: `post` and `Posts`. */
  readonly noun: string;
  readonly title: string;
  readonly itemSchema: z.ZodType<Item>;
  readonly inputSchema: z.ZodObject & z.ZodType<Input>;
  readonly querySchema: z.ZodObject & z.ZodType<Query>;
  /** The fields of the input that a constraint of the database is about. */
  readonly constraintFields: ConstraintFields;
  readonly repository: Repository<Item, Input, Query>;
}

/**
 * The six routes of a resource: list, get, create, replace, change and delete. `make` makes the resource of a database or a transaction; `hooks` are what
 * modules do about its records.
 */
export function resourceRoutes<Item extends { id: number }, Input extends object, Query extends PageQuery>(
  make: (db: Database) => Resource<Item, Input, Query>,
  db: Database,
  hooks: ResourceHooks = {},
): OpenAPIHono {
  const resource = make(db);
  const { path, inputSchema, querySchema } = resource;
  const routes = new OpenAPIHono();
  document(routes, resource);

  routes.get('/', async (c) => {
    await guard(c, 'list');
    const query = parse(querySchema, queryOf(c));
    const { items, total } = await resource.repository.list(query, await scopeOf(c));
    return c.json({ items, page: query.page, pageSize: query.pageSize, total });
  });

  routes.get('/:id', async (c) => {
    const id = idOf(c);
    await guard(c, 'view', id);
    return c.json(await find(c, id));
  });

  routes.post('/', async (c) => {
    await guard(c, 'create');
    const input = parse(inputSchema, await bodyOf(c));
    const id = await write(
      { action: 'create', id: undefined, input, context: c },
      async ({ create }) => await create(input),
    );
    return c.json(await find(c, id), 201, { Location: `${path}/${id}` });
  });

  routes.put('/:id', async (c) => {
    const id = idOf(c);
    await guard(c, 'change', id);
    return await change(c, id, parse(inputSchema, await bodyOf(c)));
  });

  routes.patch('/:id', async (c) => {
    const id = idOf(c);
    await guard(c, 'change', id);
    const body = await bodyOf(c);
    const parsed: Record<string, unknown> = parse(inputSchema.partial(), body);
    // A field that is left out stays as it is, even if the schema has a default for it.
    const given = Object.fromEntries(Object.entries(parsed).filter(([key]) => Object.hasOwn(body, key)));
    return await change(c, id, given as Partial<Input>);
  });

  routes.delete('/:id', async (c) => {
    const id = idOf(c);
    await guard(c, 'delete', id);
    await write({ action: 'delete', id, input: {}, context: c }, async ({ remove }) => {
      if (!(await remove(id))) throw missing(id);
      return id;
    });
    return c.body(null, 204);
  });

  /** Asks the modules whether a request is allowed, and about a record that they keep from this request, says that it is not there. */
  async function guard(context: Context, action: ResourceRequest['action'], id?: number): Promise<void> {
    for (const check of hooks.guard ?? []) await check({ action, id, context }, db);
    if (id !== undefined && action !== 'view' && hooks.scope?.length) await find(context, id);
  }

  async function scopeOf(context: Context): Promise<SQL | undefined> {
    return and(...(await Promise.all((hooks.scope ?? []).map((scope) => scope(context, db)))));
  }

  async function find(context: Context, id: number): Promise<Item> {
    const item = await resource.repository.get(id, await scopeOf(context));
    if (item === undefined) throw missing(id);
    return item;
  }

  async function change(c: Context, id: number, changes: Partial<Input>): Promise<Response> {
    await write({ action: 'change', id, input: changes, context: c }, async ({ update }) => {
      if (!(await update(id, changes))) throw missing(id);
      return id;
    });
    return c.json(await find(c, id));
  }

  /** Changes a record, with what modules do before and after it in one transaction, and tells what the database refuses by field. Returns the record's id. */
  async function write(
    planned: ResourceChange,
    run: (repository: Repository<Item, Input, Query>) => Promise<number>,
  ): Promise<number> {
    const { before = [], after = [] } = hooks;
    try {
      if (before.length + after.length === 0) return await run(resource.repository);
      return await db.transaction(async (tx) => {
        for (const hook of before) await hook(planned, tx);
        const id = await run(make(tx).repository);
        for (const hook of after) await hook({ ...planned, id }, tx);
        return id;
      });
    } catch (error) {
      throw toConflict(error, planned.action === 'delete' ? 'delete' : 'save', resource.constraintFields) ?? error;
    }
  }

  function missing(id: number): Problem {
    return new Problem(404, `There is no ${resource.noun} with the id ${id}.`);
  }

  function idOf(c: Context): number {
    const id = recordId.safeParse(c.req.param('id'));
    if (!id.success) throw new Problem(404, `There is no ${resource.noun} with this id: ids are whole numbers.`);
    return id.data;
  }

  return routes;
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data;
}

/** The parameters of the query, each of which may be given once. */
function queryOf(c: Context): Record<string, string> {
  const entries = Object.entries(c.req.queries());
  const repeated = entries.filter(([, values]) => values.length > 1);
  if (repeated.length > 0) {
    const errors = repeated.map(([field]) => ({ field, message: `"${field}" is given more than once.` }));
    throw new Problem(400, 'Give every parameter once.', errors);
  }
  // An empty parameter is what a form sends for a filter that is not set.
  return Object.fromEntries(entries.flatMap(([key, [value]]) => (value ? [[key, value]] : [])));
}

async function bodyOf(c: Context): Promise<object> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json')
    throw new Problem(415, 'Send the record as JSON, with "Content-Type: application/json".');
  // Read outside of the try, so that a body over the limit is told as such.
  const text = await c.req.text();
  const body = parseJson(text);
  if (body === undefined) throw new Problem(400, 'The body is not valid JSON.');
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Problem(400, 'The body must be a JSON object.');
  }
  return body;
}

/** The value of a JSON text, or undefined, which no JSON means, where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Describes the routes for `/api/openapi.json`. */
function document<Item, Input, Query>(routes: OpenAPIHono, resource: Resource<Item, Input, Query>): void {
  const { noun, title, itemSchema, inputSchema, querySchema } = resource;
  const register = routes.openAPIRegistry.registerPath.bind(routes.openAPIRegistry);
  const tags = [title];
  const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: problemSchema } },
  });
  const params = z.object({ id: z.int().min(1) });
  const item = { description: `The ${noun}.`, ...json(itemSchema) };
  const page = z.object({ items: z.array(itemSchema), page: z.int(), pageSize: z.int(), total: z.int() });
  const invalid = problem('A field or parameter is not valid; `errors` names it.');
  const missing = problem(`There is no such ${noun}.`);
  const conflict = problem('The database refuses: a value is taken, or another record is missing or in the way.');
  const body = (schema: z.ZodType) => ({ ...json(schema), required: true });

  register({
    method: 'get',
    path: '/',
    tags,
    summary: `List ${title.toLowerCase()}`,
    request: { query: querySchema },
    responses: { 200: { description: 'One page of the list.', ...json(page) }, 400: invalid },
  });
  register({
    method: 'post',
    path: '/',
    tags,
    summary: `Create ${noun}`,
    request: { body: body(inputSchema) },
    responses: { 201: item, 400: invalid, 409: conflict },
  });
  register({
    method: 'get',
    path: '/{id}',
    tags,
    summary: `Get ${noun}`,
    request: { params },
    responses: { 200: item, 404: missing },
  });
  register({
    method: 'put',
    path: '/{id}',
    tags,
    summary: `Replace ${noun}`,
    request: { params, body: body(inputSchema) },
    responses: { 200: item, 400: invalid, 404: missing, 409: conflict },
  });
  register({
    method: 'patch',
    path: '/{id}',
    tags,
    summary: `Change ${noun}`,
    request: { params, body: body(inputSchema.partial()) },
    responses: { 200: item, 400: invalid, 404: missing, 409: conflict },
  });
  register({
    method: 'delete',
    path: '/{id}',
    tags,
    summary: `Delete ${noun}`,
    request: { params },
    responses: { 204: { description: `The ${noun} is gone.` }, 404: missing, 409: conflict },
  });
}
