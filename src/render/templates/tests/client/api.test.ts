import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, messageOf } from '../../src/client/api/problem.ts';
import { type BaseRecord, resourceClient } from '../../src/client/api/resource-client.ts';
import { installFakeApi } from './support/fake-api.ts';

const client = resourceClient<BaseRecord, object>('/api/posts');

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('resource client', () => {
  it('asks for a page with search, order and filters', async () => {
    const api = installFakeApi();
    await client.list({ page: 2, pageSize: 20, sort: '-createdAt', q: 'a & b', filters: { status: 'draft' } });
    expect(Object.fromEntries(api.received[0]?.query ?? [])).toEqual({
      page: '2',
      pageSize: '20',
      sort: '-createdAt',
      q: 'a & b',
      status: 'draft',
    });
  });

  it('leaves out what is not asked for', async () => {
    const api = installFakeApi();
    await client.list({ q: '', sort: '' });
    expect([...(api.received[0]?.query ?? [])]).toEqual([]);
  });

  it('understands an answer without a body', async () => {
    const api = installFakeApi();
    api.keep('/api/posts', [{ id: 3, createdAt: '', updatedAt: '' }]);
    await expect(client.remove(3)).resolves.toBeUndefined();
  });

  it('tells the fields at fault', async () => {
    const api = installFakeApi();
    api.failNext('POST', 400, [{ field: 'title', message: 'Title is taken.' }]);
    const problem = await client.create({}).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(ApiProblem);
    expect(problem).toMatchObject({ status: 400, fields: [{ field: 'title', message: 'Title is taken.' }] });
  });

  it('survives an error that is not a problem document', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<h1>Bad gateway</h1>', { status: 502 })));
    await expect(client.get(1)).rejects.toMatchObject({ status: 502, message: 'The server answered 502' });
  });

  it('says so when the server cannot be reached', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
    const problem = await client.get(1).catch((error: unknown) => error);
    expect(messageOf(problem)).toContain('could not be reached');
  });

  it('passes an abort on as what it is', async () => {
    installFakeApi();
    await expect(client.get(1, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
  });
});
