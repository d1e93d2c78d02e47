import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openAccess } from '../../../../src/core/access.ts';
import type { SliceProblem } from '../../../../src/core/slices.ts';
import { projectContract } from '../../../../src/engines/model/inspection/contract.ts';
import { inspectForbidden } from '../../../../src/engines/model/inspection/forbidden-code.ts';
import { inspectSlice, packagesOf } from '../../../../src/engines/model/inspection/inspect-slice.ts';
import { sideOf } from '../../../../src/engines/model/inspection/module-path.ts';
import { isImportable } from '../../../../src/engines/model/inspection/packages.ts';
import { reportInto } from '../../../../src/engines/model/inspection/problem.ts';
import { parseSource } from '../../../../src/engines/model/inspection/syntax.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../../src/render/renderer.ts';
import { sliceProject, sliceProjects } from '../../../support/slices.ts';
import {
  clientTest,
  contract,
  draftWith,
  goodFiles,
  inspect,
  inspectAdded,
  plan,
  screen,
  server,
  serverTest,
  shared,
} from './small-project.ts';

/** Code added to a file of the good slice, and what must be said of it. */
type Cases = readonly (readonly [path: string, code: string, said: RegExp])[];

function refuses(cases: Cases): void {
  for (const [path, code, said] of cases) {
    it(`${path.split('/').slice(0, 2).join('/')}: ${code.length > 90 ? `${code.slice(0, 90)}…` : code}`, () => {
      const problems = inspectAdded(path, code);
      assert.ok(problems.length > 0, 'nothing was found');
      const [first] = problems;
      assert.match(String(first?.message), said);
      assert.equal(first?.path, path);
      const lines = String(goodFiles[path]).split('\n').length;
      assert.ok(first?.line === undefined || first.line >= lines, `line ${first?.line} is not among the added ones`);
    });
  }
}

function accepts(cases: readonly (readonly [path: string, code: string])[]): void {
  for (const [path, code] of cases) {
    it(`${path.split('/').slice(0, 2).join('/')}: ${code}`, () => assert.deepEqual(inspectAdded(path, code), []));
  }
}

describe('Inspection of a slice', () => {
  it('finds nothing in a good one', () => assert.deepEqual(inspect(), []));

  it('finds nothing in those that a good model would write', async () => {
    for (const name of sliceProjects) {
      const { blueprint, request, slices } = await sliceProject(name);
      const project = projectContract(
        new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(blueprint, request, slices),
        {},
      );
      for (const slice of slices) assert.deepEqual(inspectSlice(slice, project), [], slice.plan.slug);
    }
  });

  it('finds nothing forbidden in those that stand in for answers of models', async () => {
    const folder = join(import.meta.dirname, '../../../fixtures/model');
    const names = (await readdir(folder, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
    const files = names.filter((name) => /\/slices\/.*\.tsx?$/.test(name));
    assert.ok(files.length > 10);
    for (const name of files) {
      const path = name.replace(/^.*?\/slices\/[^/]+\//, '');
      const parsed = parseSource(path, await readFile(join(folder, name), 'utf8'));
      assert.ok('program' in parsed, name);
      const problems: SliceProblem[] = [];
      inspectForbidden(path, parsed, reportInto(problems, path));
      assert.deepEqual(problems, [], name);
      for (const statement of parsed.program.body) {
        if (statement.type !== 'ImportDeclaration' || statement.source.value.startsWith('.')) continue;
        const side = sideOf(path);
        assert.ok(
          side !== undefined && isImportable(statement.source.value, side),
          `${name}: ${statement.source.value}`,
        );
      }
    }
  });

  it('tells the packages of the allow-list that it imports', () => {
    const draft = draftWith({
      [screen]: `import { format } from 'date-fns';\n${goodFiles[screen]}export const f = format;\n`,
    });
    assert.deepEqual(inspectSlice(draft, contract), []);
    assert.deepEqual(packagesOf(draft, contract), { 'date-fns': '4.1.0' });
    assert.deepEqual(packagesOf(draftWith(), contract), {});
  });

  describe('wants every file in its place:', () => {
    const places: readonly (readonly [path: string, said: RegExp])[] = [
      ['src/server/app.ts', /belongs to the project and cannot be changed/],
      ['package.json', /belongs to the project/],
      ['../outside.ts', /not a path within the project/],
      ['/etc/passwd', /not a path within the project/],
      ['.git/hooks/pre-commit', /not a path within the project/],
      ['.vscode/tasks.json', /not a path within the project/],
      ['src/client/modules/export/../../main.tsx', /not a path within the project/],
      ['src/server/modules/other/routes.ts', /not one of the places/],
      ['src/client/modules/export/node_modules/x.ts', /not a path within the project/],
      ['src/client/modules/export/types.d.ts', /not a module/],
      ['src/client/modules/export/data.json', /not a module/],
      ['vite.config.ts', /not one of the places/],
    ];
    for (const [path, said] of places) {
      it(path, () => {
        const problems = inspect({ [path]: 'export const x = 1;\n' });
        assert.equal(problems.length, 1);
        assert.match(String(problems[0]?.message), said);
        assert.equal(problems[0]?.path, undefined);
      });
    }
  });

  it('wants the page, its test, and a test where there are routes', () => {
    const missing = (left: string) => inspect({ [left]: undefined }).map(({ path, message }) => `${path}: ${message}`);
    assert.ok(missing(screen).includes(`${screen}: The file is missing: it exports the page, Screen.`));
    assert.ok(missing(clientTest).includes(`${clientTest}: The file is missing: it tests the page.`));
    assert.ok(missing(serverTest).includes(`${serverTest}: The file is missing: it tests the routes.`));
    assert.deepEqual(inspect({ [server]: undefined, [serverTest]: undefined }), []);
  });

  it('wants what the project imports to be exported', () => {
    const said = (path: string, content: string) => inspect({ [path]: content }).map(({ message }) => message);
    assert.ok(
      said(screen, 'export function Page() { return <p />; }\n').some((text) => /must export "Screen"/.test(text)),
    );
    assert.ok(said(screen, 'export interface Screen { x: 1 }\n').some((text) => /must export "Screen"/.test(text)));
    assert.ok(said(server, 'export const routes = () => 1;\n').some((text) => /must export "exportRoutes"/.test(text)));
  });

  it('wants tables to be used by routes', () => {
    const draft = draftWith({ [server]: undefined, [serverTest]: undefined });
    const table = {
      name: 'Export',
      plural: 'Exports',
      label: 'Export',
      pluralLabel: 'Exports',
      description: '',
      fields: [],
      relations: [],
      titleField: 'x',
      id: 'export',
      access: openAccess,
      samples: [],
      origin: { by: 'assumed' as const, reason: 'For a test.' },
    };
    const [problem] = inspectSlice({ ...draft, tables: [table] }, contract);
    assert.match(String(problem?.message), /tables, but nothing that uses them/);
  });

  it('takes further files of the server, with a test, and leaves what registers them to the renderer', () => {
    const { serverFolder, clientFolder } = draftWith().plan;
    const further = { [`${serverFolder}hooks.ts`]: 'export const run = () => 1;\n' };
    assert.deepEqual(inspect(further), []);
    const withoutRoutes = inspect({ ...further, [server]: undefined, [serverTest]: undefined });
    assert.match(withoutRoutes[0]?.message ?? '', /missing: it tests what runs on the server/);
    for (const path of [`${serverFolder}module.ts`, `${serverFolder}tables.ts`, `${clientFolder}module.tsx`]) {
      assert.match(
        inspect({ [path]: 'export const x = 1;\n' })[0]?.message ?? '',
        /is generated of what the feature declares/,
      );
    }
    for (const path of [`${serverFolder}part.tsx`, `${serverFolder}part.test.ts`, `${serverFolder}notes.md`]) {
      assert.match(inspect({ [path]: 'export const x = 1;\n' })[0]?.message ?? '', /is not a module/);
    }
  });

  describe('wants whole text:', () => {
    const texts: readonly (readonly [name: string, content: string, said: RegExp])[] = [
      ['an empty file', ' \n', /is empty/],
      ['a null byte', 'export const x = 1;\0', /control characters/],
      ['half a character', 'export const x = "\ud800";', /not valid Unicode/],
      ['a huge file', `export const x = '${'a'.repeat(100_000)}';`, /at most 100000/],
      ['brackets without end', '('.repeat(90_000), /nested too deeply/],
      ['a tower of types', `let x: ${'(a: '.repeat(5000)}b`, /nested too deeply/],
      ['a chain that is no bracket', `export const x = a${' + a'.repeat(20_000)};`, /./],
    ];
    for (const [name, content, said] of texts) {
      it(name, () => {
        const start = performance.now();
        const problems = inspect({ [`${plan.clientFolder}more.tsx`]: content });
        assert.ok(performance.now() - start < 5000, 'took too long');
        if (!name.startsWith('a chain')) assert.match(String(problems[0]?.message), said);
      });
    }

    it('at most so many files and so much of them', () => {
      const many = Object.fromEntries(
        Array.from({ length: 60 }, (_, index) => [`${plan.clientFolder}f${index}.ts`, 'export const x = 1;\n']),
      );
      assert.match(String(inspect(many)[0]?.message), /at most 24/);
      const long = Object.fromEntries(
        Array.from({ length: 6 }, (_, index) => [
          `${plan.clientFolder}f${index}.ts`,
          `export const x = '${'a'.repeat(80_000)}';\n`,
        ]),
      );
      assert.match(String(inspect(long)[0]?.message), /at most 400000/);
    });

    it('no file twice, however it is written', () => {
      const draft = draftWith({ [`${plan.clientFolder}Rows.tsx`]: 'export const x = 1;\n' });
      assert.match(String(inspectSlice(draft, contract)[0]?.message), /written twice/);
    });
  });

  describe('reads the grammar:', () => {
    refuses([
      [server, 'export function f( {', /Unexpected token/],
      [server, 'const a = 1; const a = 2;', /already been declared/],
      [screen, 'export const X = () => <p>;', /Unterminated|Unexpected/],
      [server, '... rest of the routes', /stands for code that is missing/],
    ]);
  });

  describe('refuses imports that lead elsewhere:', () => {
    refuses([
      [server, "import { readFile } from 'node:fs/promises';", /module of Node/],
      [server, "import fs from 'fs';", /module of Node/],
      [server, "import lodash from 'lodash';", /may not import "lodash"\. It may import hono/],
      [server, "import pg from 'pg';", /may not import "pg"/],
      [server, "import { proxy } from 'hono/proxy';", /may not import "hono\/proxy"/],
      [server, "import { drizzle } from 'drizzle-orm/node-postgres';", /may not import/],
      [server, "import { useState } from 'react';", /may not import "react"/],
      [screen, "import { Hono } from 'hono';", /may not import "hono"/],
      [screen, "import { it } from 'vitest';", /may not import "vitest"/],
      [shared, "import { Link } from 'react-router';", /may not import/],
      [serverTest, "import { startVitest } from 'vitest/node';", /may not import "vitest\/node"/],
      [clientTest, "import { build } from 'vite';", /may not import "vite"/],
      [screen, "import { posts } from '../../../server/db/schema.ts';", /code of the server/],
      [server, "import { Button } from '../../../client/ui/button.tsx';", /code of the client/],
      [shared, "import type { Database } from '../../server/db/client.ts';", /code of the server/],
      [serverTest, "import { Button } from '../../../src/client/ui/button.tsx';", /code of the client/],
      [clientTest, "import { createApp } from '../../../src/server/app.ts';", /code of the server/],
      [screen, "import { testApi } from '../../../../tests/server/support/api.ts';", /part of the tests/],
      [server, "import '../../index.ts';", /is a program/],
      [server, "import pack from '../../../package.json';", /There is no module/],
      [server, "export { x } from '../../../../../etc/x.ts';", /There is no module/],
    ]);
  });

  describe('refuses imports that are not there:', () => {
    refuses([
      [server, "import { Q } from '../../db/query.ts';", /^There is no module "\.\.\/\.\.\/db\/query\.ts"\.$/],
      [
        server,
        "import { tags } from '../../db/schema';",
        /There is no module "\.\.\/\.\.\/db\/schema"\. Write "\.\.\/\.\.\/db\/schema\.ts"\./,
      ],
      [server, "import { tags } from '../../db/schema.js';", /Write "\.\.\/\.\.\/db\/schema\.ts"/],
      [screen, "import { Button as B } from '../ui/button.tsx';", /Did you mean "\.\.\/\.\.\/ui\/button\.tsx"\?/],
      [server, "import { users } from '../../db/schema.ts';", /exports no "users"\. It exports .*posts, tags/],
      [server, "import schema from '../../db/schema.ts';", /exports no "default"/],
      [server, "export { wrong } from '../../../shared/modules/export.ts';", /exports no "wrong"/],
      [server, "import { Column } from '../../db/schema.ts';", /is a type\. Import it as one/],
      [screen, "import { Row } from '../../../shared/modules/export.ts';", /is a type/],
    ]);
    accepts([
      [server, "import type { Column as Other } from '../../db/schema.ts';"],
      [server, "import Base, * as more from '../../db/more.ts';\nexport { Base, more };"],
      [server, "export * from '../../../shared/modules/export.ts';"],
    ]);
  });

  describe('refuses what leads out of the application:', () => {
    refuses([
      [server, "export const x = import('./' + name);", /import\(\) may not be used/],
      [server, "export type X = import('node:fs').Stats;", /import\(\) may not be used/],
      [server, "import fs = require('node:fs');", /may not be used/],
      [server, "export const fs = require('fs');", /"require" may not be used/],
      [server, 'eval(text);', /"eval" may not be used/],
      [server, "(0, eval)('1');", /"eval"/],
      [server, "export const f = new Function('return 1');", /"Function"/],
      [server, "(() => {}).constructor('return 1')();", /"constructor"/],
      [server, "(() => {})['constructor']('return 1')();", /"constructor"/],
      [server, 'const { constructor: make } = () => {};', /"constructor"/],
      [server, "Reflect.get(() => {}, 'constructor');", /"Reflect"/],
      [server, 'Reflect.construct(a, b);', /"Reflect"/],
      [server, 'export const home = process.env.HOME;', /"process"/],
      [server, 'declare const process: { env: object };\nexport const env = process.env;', /"process"/],
      [server, "import type process from 'hono';\nprocess.exit();", /"process"|may not/],
      [server, 'function f(process: object) { return process; }\nprocess.exit(1);', /"process"/],
      [server, 'export const x = { process };', /"process"/],
      [server, "globalThis['pro' + 'cess'].exit();", /"globalThis"/],
      [screen, "window['ev' + 'al']('1');", /"window" may only be used/],
      [screen, 'export const w = window;', /"window" may only be used/],
      [screen, 'window.eval(text);', /"window\.eval"/],
      [screen, "self.fetch('/api/x');", /"self"/],
      [screen, 'export const u = import.meta.url;', /"import\.meta"/],
      [server, "fetch('https://example.org');", /the server sends no requests/],
      [screen, "fetch('https://example.org');", /begins with "\/api\/"/],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code to be inspected.
      [screen, 'fetch(`${host}/api/x`);', /begins with/],
      [screen, "fetch('/api/../../x' && url);", /begins with/],
      [screen, 'export const send = fetch;', /begins with/],
      [screen, "new WebSocket('wss://example.org');", /"WebSocket"/],
      [screen, 'new XMLHttpRequest();', /"XMLHttpRequest"/],
      [screen, "new EventSource('//example.org');", /begins with/],
      [screen, "navigator.sendBeacon('https://example.org');", /"sendBeacon"/],
      [screen, "void request('https://example.org');", /address that begins/],
      [screen, 'export const X = () => <p dangerouslySetInnerHTML={{ __html: text }} />;', /"dangerouslySetInnerHTML"/],
      [screen, 'document.body.innerHTML = text;', /"innerHTML"/],
      [screen, "document.createElement('script');", /<script>/],
      [screen, 'export const X = () => <script src="x" />;', /<script>/],
      [screen, 'export const X = () => <a href="javascript:alert(1)">x</a>;', /may not hold code/],
      [screen, "setTimeout('alert(1)', 1);", /may not be given text/],
      [server, "declare module 'hono' { interface X { y: 1 } }", /"declare"/],
      [server, 'declare global { interface X { y: 1 } }', /Namespaces|"global"/],
      [clientTest, "const real = await vi.importActual('node:fs');", /"importActual"/],
      [clientTest, 'const { importActual } = vi;', /"importActual"/],
      [clientTest, "vi.mock('node:fs');", /only be given a module of this project/],
    ]);
    accepts([
      [server, 'export const names = [1].map((process) => process + 1);'],
      [server, 'export function f({ parent: top }: { parent: number }) { return top; }'],
      [server, 'export class Row { process = 1; module() { return this.process; } }'],
      [screen, "void fetch('/api/export');"],
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is code to be inspected.
      [screen, 'export const load = (id: number) => fetch(`/api/export/${id}`);'],
      [screen, "export const source = () => new EventSource('/api/export/live');"],
      [screen, 'export const wait = () => setTimeout(() => window.scrollTo(0, 0), 10);'],
      [screen, "export const file = () => document.createElement('a');"],
      [screen, 'export const isBrowser = typeof window !== "undefined";'],
    ]);
  });

  describe('refuses to have checks switched off:', () => {
    refuses([
      [server, '// @ts-ignore\nexport const x: number = 1;', /"@ts-ignore" switches off/],
      [server, '/* @ts-nocheck */', /"@ts-nocheck"/],
      [server, '// biome-ignore lint: because\nexport const x = 1;', /"biome-ignore"/],
      [screen, '/** @jsxImportSource evil */', /changes how the file is read/],
      [clientTest, '// @vitest-environment node', /changes how the file is read/],
    ]);
  });

  describe('finds what only stands for code:', () => {
    refuses([
      [server, '// ... rest of the code', /stands for code that is missing/],
      [server, '// … more routes', /stands for code/],
      [server, '/* existing code unchanged */', /stands for code/],
      [server, '// The other handlers stay the same as before', /stands for code/],
      [screen, 'export const X = () => <p>{/* rest of the form */}</p>;', /stands for code/],
      [server, '// TODO: implement', /stands for code/],
      [server, '// Your logic goes here', /stands for code/],
      [server, '// Omitted for brevity', /stands for code/],
      [server, '// In a real application this would be saved.', /stands for code/],
      [server, "export function save() { throw new Error('Not implemented'); }", /not implemented/],
      [server, 'export function save() {}', /"save" does nothing/],
      [server, 'export const save = () => {};', /"save" does nothing/],
      [server, "export const x = () => new Response('later', 501);", /501/],
    ]);
    accepts([
      [server, '// The rest is sorted by name, which the list needs.\nexport const x = 1;'],
      [server, '// Unchanged fields are left out of the answer.\nexport const x = 1;'],
      [screen, "export const text = 'TODO: implement the rest of the code ...';"],
      [screen, 'export const noop = (): void => undefined;'],
    ]);

    it('a page that shows nothing', () => {
      const problems = inspect({ [screen]: 'export function Screen() { return null; }\n' });
      assert.ok(problems.some(({ message }) => message === 'The page shows nothing. Write what it shows.'));
    });
  });

  describe('wants tests that test:', () => {
    refuses([
      [clientTest, "it.skip('x', () => { expect(f()).toBe(1); });", /"it\.skip" leaves tests out/],
      [clientTest, "describe.only('x', () => {});", /"describe\.only"/],
      [clientTest, "it.todo('x');", /"it\.todo"/],
      [serverTest, "it.skip.each([1])('x', () => {});", /"it\.skip"/],
    ]);

    it('some that can fail', () => {
      const said = (content: string) => inspect({ [serverTest]: content }).map(({ message }) => message);
      const start = "import { expect, it } from 'vitest';\n";
      assert.deepEqual(said("import { expect } from 'vitest';\nexport const x = [expect];\n"), [
        'The file has no test. Write at least one, with it().',
        'The tests expect nothing. Use expect().',
      ]);
      assert.match(String(said(`${start}it('works', () => { expect(true).toBe(true); });\n`)[0]), /cannot fail/);
    });
  });
});
