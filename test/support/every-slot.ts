import type { Code } from '../../src/core/code.ts';
import type { ContributedFile, Contribution } from '../../src/core/contribution.ts';
import type { SlotCodes, SlotName, Slots } from '../../src/core/slots.ts';

/** A contribution that fills every slot with the least that shows that it works. `entity` is the id of the entity that slots of records are about. */

const id = 'try-out';
const server = `src/server/modules/${id}`;
const client = `src/client/modules/${id}`;

const serverFile: ContributedFile = {
  path: `${server}/server.ts`,
  content: `import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { gte, type SQL } from 'drizzle-orm';
import type { MiddlewareHandler } from 'hono';
import { z } from 'zod';
import type { Database } from '../../db/client.ts';
import { posts } from '../../db/schema.ts';
import type { PolicySources } from '../../http/content-policy.ts';
import { jsonAnswer, moduleRoutes } from '../../http/module-routes.ts';
import { Problem } from '../../http/problem.ts';
import type { ResourceChange, ResourceRequest } from '../../http/resource-hooks.ts';

/** What happened, for tests to see. */
export const log: string[] = [];

export function marked(): MiddlewareHandler {
  return async (c, next) => {
    await next();
    c.header('X-Try-Out', 'yes');
  };
}

const read = createRoute({
  method: 'get',
  path: '/log',
  tags: ['Try-out'],
  summary: 'Read what happened',
  responses: { 200: jsonAnswer('What happened, in order.', z.array(z.string())) },
});

export function tryOutRoutes(): OpenAPIHono {
  return moduleRoutes().openapi(read, (c) => c.json(log, 200));
}

export async function begin(db: Database): Promise<() => Promise<void>> {
  log.push(\`began with \${await db.$count(posts)}\`);
  return async () => {
    log.push('ended');
  };
}

export const sources: PolicySources = { 'img-src': ['https://tiles.example.com'] };

export function allowed({ action, context }: ResourceRequest): void {
  if (action === 'delete' && context.req.header('X-Keep')) throw new Problem(403, 'This one is kept.');
}

export async function before({ action, input }: ResourceChange, db: Database): Promise<void> {
  log.push(\`before \${action} of \${await db.$count(posts)}\`);
  if ('title' in input && input.title === 'Refused before') throw new Problem(409, 'Not this one.');
}

export async function after({ action, id, input }: ResourceChange, db: Database): Promise<void> {
  log.push(\`after \${action} \${id} of \${await db.$count(posts)}\`);
  if ('title' in input && input.title === 'Refused after') throw new Problem(409, 'Not that one either.');
}

export function fromThird({ req }: ResourceRequest['context']): SQL | undefined {
  return req.header('X-Later') ? gte(posts.id, 3) : undefined;
}

export async function ready(db: Database): Promise<void> {
  log.length = 0;
  await db.$count(posts);
}

export async function seedTryOut(db: Database): Promise<void> {
  log.push(\`seeded beside \${await db.$count(posts)}\`);
}
`,
};

const clientFile: ContributedFile = {
  path: `${client}/parts.tsx`,
  content: `import type { ReactNode } from 'react';
import type { BaseRecord } from '../../api/resource-client.ts';

export function Around({ children }: { children: ReactNode }) {
  return <div data-around="try-out">{children}</div>;
}

export function Note() {
  return <p>Note of the try-out</p>;
}

export function About({ record, what }: { record: BaseRecord | undefined; what: string }) {
  return <span>{\`\${what} \${record?.id ?? 'new'}\`}</span>;
}

export function Tool() {
  return <button type="button">Tool of the try-out</button>;
}
`,
};

const screenFile: ContributedFile = {
  path: `${client}/screen.tsx`,
  content: `export function Screen() {
  return (
    <div className="container py-10">
      <h1>Try it out</h1>
    </div>
  );
}
`,
};

const serverTest: ContributedFile = {
  path: `tests/server/modules/${id}.test.ts`,
  content: `import { describe, expect, it } from 'vitest';
import { log } from '../../../src/server/modules/try-out/server.ts';
import { testApi } from '../support/api.ts';

describe('the slots of the server', () => {
  const api = testApi();

  it('run around requests, with the sources of the policy', async () => {
    const { headers } = await api.send('GET', '/api/posts');
    expect(headers.get('x-try-out')).toBe('yes');
    expect(headers.get('content-security-policy')).toContain('https://tiles.example.com');
    expect((await api.send('GET', '/api/try-out/log')).status).toBe(200);
  });

  it('run before and after a change, in its transaction', async () => {
    const count = (await api.send('GET', '/api/posts')).body.total;
    expect((await api.send('PATCH', '/api/posts/1', { title: 'Changed' })).status).toBe(200);
    expect(log).toEqual([\`before change of \${count}\`, \`after change 1 of \${count}\`]);
    for (const title of ['Refused before', 'Refused after']) {
      expect((await api.send('PATCH', '/api/posts/1', { title })).status).toBe(409);
      expect((await api.send('GET', '/api/posts/1')).body.title).toBe('Changed');
    }
    expect((await api.send('PATCH', '/api/posts/999', { title: 'Gone' })).status).toBe(404);
  });

  it('refuse a request', async () => {
    expect((await api.send('DELETE', '/api/posts/1', undefined, { 'X-Keep': 'yes' })).status).toBe(403);
    expect((await api.send('GET', '/api/posts/1')).status).toBe(200);
  });

  it('narrow what can be listed, read and changed', async () => {
    const later = { 'X-Later': 'yes' };
    const { items } = (await api.send('GET', '/api/posts', undefined, later)).body;
    expect(items.every((post: { id: number }) => post.id >= 3)).toBe(true);
    expect((await api.send('GET', '/api/posts/1', undefined, later)).status).toBe(404);
    expect((await api.send('GET', '/api/posts/3', undefined, later)).status).toBe(200);
    expect((await api.send('DELETE', '/api/posts/1', undefined, later)).status).toBe(404);
    expect((await api.send('GET', '/api/posts/1')).status).toBe(200);
  });
});
`,
};

const clientTest: ContributedFile = {
  path: `tests/client/modules/${id}.test.tsx`,
  content: `import { cleanup, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { appRoutes } from '../../../src/client/app/routes.tsx';
import { project } from '../../../src/client/project.ts';
import { routes } from '../../../src/client/screens/posts/routes.tsx';
import { installFakeApi } from '../support/fake-api.ts';
import { renderRoutes } from '../support/render-routes.tsx';

const post = { id: 7, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-01-01T00:00:00.000Z', title: 'Hello' };

function show(address: string) {
  vi.stubGlobal('scrollTo', () => {});
  installFakeApi().keep('/api/posts', [post]);
  renderRoutes(appRoutes(project, routes), address, project);
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the slots of the client', () => {
  it('have a screen, entries in both navigations and sections', async () => {
    show('/try-out');
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toBe('Try it out');
    const links = screen.getAllByRole('link', { hidden: true }).map((link) => link.getAttribute('href'));
    for (const path of ['/try-out', '/try-out/settings', '/my', '/dashboard']) expect(links).toContain(path);
  });

  it.each(['/', '/my', '/dashboard'])('have a section on %s', async (address) => {
    show(address);
    expect(await screen.findByText('Note of the try-out')).toBeDefined();
  });

  it('stand in a list', async () => {
    show('/posts');
    expect(await screen.findByText('Badge 7')).toBeDefined();
    for (const text of ['Action 7', 'Row 7', 'Tool of the try-out']) expect(screen.getByText(text)).toBeDefined();
  });

  it('stand below a record and in its form', async () => {
    show('/posts/7');
    expect(await screen.findByText('Below 7')).toBeDefined();
    cleanup();
    show('/posts/new');
    expect(await screen.findByText('Section new')).toBeDefined();
  });
});
`,
};

const from = (file: ContributedFile, ...names: string[]): Code['imports'] =>
  names.map((name) => ({ name, from: file.path }));

/** What fills each slot. */
export function fillings(entity: string): { readonly [Name in SlotName]: SlotCodes[Name] } {
  const ofServer = (name: string): Code => ({ code: name, imports: from(serverFile, name) });
  const ofClient = (code: string, name: string): Code => ({ code, imports: from(clientFile, name) });
  const about = (what: string) => ({ entity, ...ofClient(`<About record={record} what="${what}" />`, 'About') });
  return {
    'server.middleware': ofServer('marked'),
    'server.routes': { path: '/api/try-out', ...ofServer('tryOutRoutes') },
    'server.start': ofServer('begin'),
    'server.policy': ofServer('sources'),
    'resource.guard': { entity, ...ofServer('allowed') },
    'resource.before': { entity, ...ofServer('before') },
    'resource.after': { entity, ...ofServer('after') },
    'query.extend': { entity, ...ofServer('fromThird') },
    'client.provider': ofClient('Around', 'Around'),
    'client.route': {
      path: '/try-out',
      title: 'Try it out',
      file: screenFile.path,
      component: 'Screen',
      usesSchemas: false,
    },
    'client.navigation': { path: '/try-out', title: 'Try it out' },
    'client.adminNavigation': { path: '/try-out/settings', title: 'Settings of the try-out' },
    'client.home': ofClient('Note', 'Note'),
    'client.my': { title: 'Mine', ...ofClient('Note', 'Note') },
    'client.dashboard': { title: 'Today', ...ofClient('Note', 'Note') },
    'card.badge': about('Badge'),
    'card.action': about('Action'),
    'list.toolbar': { entity, ...ofClient('<Tool />', 'Tool') },
    'row.action': about('Row'),
    'detail.after': about('Below'),
    'form.section': about('Section'),
    'test.before': ofServer('ready'),
    'readme.section': { title: 'Trying out', text: 'It is tried out at `/try-out`.' },
    'readme.limit': 'Nothing is kept of what was tried out.',
  };
}

/** A contribution with these slots alone, and the files that they need. */
export function contributionWith(slots: Slots, more: readonly ContributedFile[] = []): Contribution {
  const needed = new Set(
    Object.values(slots)
      .flat()
      .flatMap((code) => (typeof code === 'object' && 'imports' in code ? code.imports.map(({ from }) => from) : [])),
  );
  if (slots['client.route'] !== undefined) needed.add(screenFile.path);
  const files = [serverFile, clientFile, screenFile].filter(({ path }) => needed.has(path));
  return {
    id,
    title: 'Try it out',
    task: 'Try it out',
    files: [...files, ...more],
    tables: [],
    packages: {},
    environment: [{ name: 'TRY_OUT', description: 'Whether to try it out.', example: 'yes' }],
    seeds: [],
    slots,
  };
}

/** A contribution that fills all of them, seeds, and tests itself. */
export function everySlot(entity: string): Contribution {
  const slots = Object.fromEntries(Object.entries(fillings(entity)).map(([name, code]) => [name, [code]]));
  return {
    ...contributionWith(slots as Slots, [clientTest, serverTest]),
    seeds: [{ code: 'seedTryOut', imports: from(serverFile, 'seedTryOut') }],
  };
}
