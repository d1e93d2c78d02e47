import assert from 'node:assert/strict';

/** A record as the API answers it. */
export type Item = Record<string, unknown> & { id: number };

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** One kind of record, as the application's own OpenAPI document describes it. */
export interface Collection {
  /** `/api/posts` */
  readonly path: string;
  /** What a request to create one takes. */
  readonly properties: readonly string[];
  readonly required: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly body: { errors?: { field: string; message: string }[]; items?: Item[]; total?: number } & Record<
    string,
    unknown
  >;
}

async function send(url: string, method: string, body?: unknown): Promise<Answer> {
  const init =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
  const response = await fetch(url, { method, ...init });
  const text = await response.text();
  return {
    status: response.status,
    location: response.headers.get('location'),
    body: text === '' ? {} : JSON.parse(text),
  };
}

/** Every kind of record of the running application. */
export async function readCollections(url: string): Promise<Collection[]> {
  const document = (await send(`${url}/api/openapi.json`, 'GET')).body as {
    paths: Record<
      string,
      { post?: { requestBody: { content: { 'application/json': { schema: Schema } } } }; put?: object }
    >;
    components: { schemas: Record<string, Schema> };
  };
  return Object.entries(document.paths).flatMap(([path, { post }]) => {
    // Features have routes of other kinds.
    if (post === undefined || document.paths[`${path}/{id}`]?.put === undefined) return [];
    const schema = post.requestBody.content['application/json'].schema;
    const resolved = schema.$ref ? document.components.schemas[schema.$ref.replace(/^.*\//, '')] : schema;
    return [{ path, properties: Object.keys(resolved?.properties ?? {}), required: resolved?.required ?? [] }];
  });
}

/**
 * Creates, reads, lists, replaces, changes and deletes a record of every kind, and sends wrong input to each. Leaves one
 * new record of each kind behind and answers them by path.
 */
export async function exercise(url: string): Promise<Map<string, Item>> {
  const collections = await readCollections(url);
  assert.ok(collections.length > 0, 'the application has records');
  const kept = new Map<string, Item>();
  for (const collection of collections) {
    await readWriteDelete(url, collection, collections);
    await sendWrongInput(url, collection);
    kept.set(collection.path, await create(url, collection, collections));
  }
  return kept;
}

async function readWriteDelete(url: string, collection: Collection, all: readonly Collection[]): Promise<void> {
  const created = await create(url, collection, all);
  const address = `${url}${collection.path}/${created.id}`;
  const found = await send(address, 'GET');
  assert.deepEqual({ status: found.status, body: found.body }, { status: 200, body: created });

  const list = await send(`${url}${collection.path}?pageSize=1&sort=-id`, 'GET');
  assert.equal(list.status, 200);
  assert.deepEqual(list.body.items, [created], 'the newest record leads the list');
  assert.ok((list.body.total ?? 0) > 1, 'there are sample records');

  const input = pick(created, collection.properties);
  const replaced = await send(address, 'PUT', input);
  assert.equal(replaced.status, 200, JSON.stringify(replaced.body));
  assert.deepEqual(pick(replaced.body, collection.properties), input);

  const key =
    collection.properties.find((property) => typeof created[property] === 'string') ?? collection.properties[0];
  assert.ok(key);
  const changed = await send(address, 'PATCH', { [key]: created[key] });
  assert.equal(changed.status, 200, JSON.stringify(changed.body));

  assert.equal((await send(address, 'DELETE')).status, 204);
  assert.equal((await send(address, 'GET')).status, 404);
}

/** Every field at fault is named: what is missing, and what has a value of no type. */
async function sendWrongInput(url: string, { path, properties, required }: Collection): Promise<void> {
  const empty = await send(url + path, 'POST', {});
  if (required.length > 0) assertNamed(empty, required);
  const [sample] = (await send(`${url}${path}?pageSize=1`, 'GET')).body.items ?? [];
  assert.ok(sample);
  for (const property of properties) {
    assertNamed(await send(url + path, 'POST', { ...pick(sample, properties), [property]: { no: 'value' } }), [
      property,
    ]);
  }
  assertNamed(await send(`${url}${path}?sort=nothing`, 'GET'), ['sort']);
}

function assertNamed(answer: Answer, fields: readonly string[]): void {
  const named = new Set((answer.body.errors ?? []).map(({ field }) => field));
  assert.equal(answer.status, 400, JSON.stringify(answer.body));
  assert.deepEqual([...named].sort(), [...fields].sort());
}

/** A new record like a sample one. Where a value is taken, another is used; where a target is, another is created. */
async function create(url: string, collection: Collection, all: readonly Collection[]): Promise<Item> {
  const [sample] = (await send(`${url}${collection.path}?pageSize=1&sort=id`, 'GET')).body.items ?? [];
  assert.ok(sample, `there are sample records at ${collection.path}`);
  const input = pick(sample, collection.properties);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const answer = await send(url + collection.path, 'POST', input);
    if (answer.status === 201) {
      assert.equal(answer.location, `${collection.path}/${answer.body.id}`);
      return answer.body as Item;
    }
    assert.equal(answer.status, 409, `${collection.path} ${JSON.stringify(input)}: ${JSON.stringify(answer.body)}`);
    for (const { field } of answer.body.errors ?? []) input[field] = await another(url, field, input[field], all);
  }
  throw new Error(`No record could be created at ${collection.path}.`);
}

let counter = 0;

async function another(url: string, field: string, value: unknown, all: readonly Collection[]): Promise<unknown> {
  counter += 1;
  if (typeof value === 'string') return /@/.test(value) ? `${counter}.${value}` : `${value} ${counter}`;
  if (typeof value !== 'number' || !field.endsWith('Id')) return Number(value) + counter;
  const noun = field.slice(0, -2).toLowerCase();
  const target = all.find(({ path }) => path.replace(/[^a-z]/g, '').includes(noun));
  return target === undefined ? null : (await create(url, target, all)).id;
}

function pick(record: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.map((key) => [key, record[key]]));
}

/** Checks that the records are still there and unchanged. */
export async function assertKept(url: string, kept: ReadonlyMap<string, Item>): Promise<void> {
  for (const [path, item] of kept) {
    const { status, body } = await send(`${url}${path}/${item.id}`, 'GET');
    // What a record is called where another refers to it may have changed since; its own values may not.
    assert.deepEqual({ status, body }, { status: 200, body: item });
  }
}
