// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is code to be inspected.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { payloadKinds } from './payloads.ts';
import { clientTest, goodFiles, inspect, inspectAdded, plan, screen, server, serverTest } from './small-project.ts';

describe('Payloads', () => {
  for (const { kind, payloads } of payloadKinds) {
    describe(`that are after ${kind} are refused:`, () => {
      for (const [path, code] of payloads) {
        it(code.length > 110 ? `${code.slice(0, 110)}…` : code, () => {
          const problems = inspectAdded(path, code);
          // What makes a payload harmful is refused, not only that it uses a name which is not declared.
          const real = problems.filter(({ message }) => !/is neither declared/.test(message) || isOnlyName(code));
          assert.notDeepEqual(real, [], JSON.stringify(problems));
          assert.ok(problems.every((problem) => problem.path === path));
        });
      }
    });
  }

  describe('in names of files are refused:', () => {
    const below = (name: string): string => `${plan.clientFolder}${name}`;
    const names: readonly (readonly [what: string, path: string])[] = [
      ['a file where a folder is', below('rows.tsx/more.ts')],
      ['a folder where a file is, in another case', below('ROWS.tsx/more.ts')],
      ['a file in a file of the project', 'src/client/modules/export/screen.tsx/x.ts'],
      ['a name of more than 255 bytes', below(`${'漢'.repeat(100)}.ts`)],
      ['a device of Windows', below('con.ts')],
      ['a device with a superscript digit', below('COM¹.ts')],
      ['a device with an ending', below('lpt³.test-data.ts')],
      ['accents apart from their letters', below('cafe\u0301.ts')],
      ['a letter that nobody sees', below('a\u3164.ts')],
      ['a joiner', below('a\u200d.ts')],
      ['a tag', below('a\u{e0041}.ts')],
      ['letters of another script that look alike', below('sсreen.ts')],
      ['a space', below('a b.ts')],
      ['half a character', below('a\ud800.ts')],
      ['a line separator', below('a\u2028.ts')],
    ];
    for (const [what, path] of names) {
      it(what, () => assert.notDeepEqual(inspect({ [path]: 'export const x = 1;\n' }), []));
    }

    it('but not plain ones, in folders', () => {
      assert.deepEqual(inspect({ [below('parts/row-2.tsx')]: 'export const x = 1;\n' }), []);
    });
  });

  it('in names that nobody sees are refused', () => {
    for (const name of ['\u3164', 'a\u115f', 'a\u200d']) {
      const problems = inspectAdded(server, `const ${name} = 1; export const x = ${name};`);
      assert.ok(problems.length > 0, JSON.stringify(name));
    }
    assert.deepEqual(inspectAdded(screen, "export const family = '👨\u200d👩\u200d👧 ❤\ufe0f';"), []);
  });

  describe('are refused in every shape:', () => {
    const wrapped = wrappings();

    it('names that lead out', () => {
      const names = fc.constantFrom(
        ...[
          'eval',
          'Function',
          'process',
          'globalThis',
          'Reflect',
          'Proxy',
          'require',
          'arguments',
          'Buffer',
          'Deno',
          'Bun',
        ],
        ...['__vitest_worker__', '__vite_ssr_import__', '__vi_hoisted__', 'WebAssembly', 'setImmediate', 'navigation'],
      );
      fc.assert(
        fc.property(names, wrapped, fc.constantFrom(server, serverTest), (name, wrap, path) => {
          const spelled = name.replace(/^[a-z]/i, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
          for (const text of [name, spelled]) {
            const problems = inspectAdded(path, `export const taken = ${wrap(text)};`);
            assert.ok(problems.length > 0, wrap(text));
          }
        }),
        { numRuns: 80 },
      );
    });

    it('calls of a property whose name is not known', () => {
      const keys = fc.constantFrom(
        ...[
          "atob('eA==')",
          "'xa'.slice(1)",
          'Object.keys(part)[0]',
          'String.fromCharCode(99)',
          "['a', 'b'].find(Boolean)",
        ],
        ...[
          'part.name',
          '`${part.name}`',
          "JSON.parse('1')",
          "'a' + part.name",
          "[...'abc'].reverse().join('')",
          'String(part)',
        ],
      );
      const objects = fc.constantFrom(
        '(() => {})',
        'part',
        '[1]',
        "'text'",
        'String',
        'Object.assign({}, part)',
        'f()',
      );
      const calls = fc.constantFrom<(member: string) => string>(
        (member) => `${member}('1')`,
        (member) => `${member}?.('1')`,
        (member) => `new (${member})('1')`,
        (member) => `${member}\`1\``,
        (member) => `(${member} as never as () => void)()`,
        (member) => `(0, ${member})('1')`,
        (member) => `(${member} || f)('1')`,
        (member) => `(part ? f : ${member})('1')`,
        (member) => `${member}.call(null)`,
        (member) => `${member}.bind(null)`,
        (member) => `((g = ${member}) => g('1'))()`,
        (member) => `(() => { const g = ${member}; return g('1'); })()`,
      );
      const start = 'const part = { name: "x" } as never; const f = () => part;\n';
      fc.assert(
        fc.property(objects, keys, calls, fc.boolean(), (object, key, call, isOptional) => {
          const code = call(`${object}${isOptional && !/`/.test(call('')) ? '?.' : ''}[${key}]`);
          const problems = inspectAdded(server, `${start}export const taken = ${code};`);
          assert.ok(
            problems.some(({ message }) => /only known when the program runs|may not be used/.test(message)),
            code,
          );
        }),
        { numRuns: 120 },
      );
    });

    it('functions of SQL that are not known', () => {
      const names = fc
        .stringMatching(/^[a-z_]{3,12}$/)
        .filter((name) => !/^(in|not|and|or|any|all|some|over)$/.test(name));
      const hostile = fc.oneof(
        fc.constantFrom(
          'ts_stat',
          'pg_sleep',
          'lo_export',
          'query_to_xml',
          'setval',
          'txid_current',
          'inet_server_addr',
          'version',
        ),
        names.map((name) => `x_${name}`),
      );
      const shapes = fc.constantFrom<(name: string) => string>(
        (name) => `${name}(1)`,
        (name) => `${name.toUpperCase()} (1)`,
        (name) => `"${name}"(1)`,
        (name) => `coalesce(${name}(1), 2)`,
        (name) => `(select ${name}\n\t(1))`,
        (name) => `lower('x') || ${name}('y')`,
        (name) => `case when ${name}(1) then 1 end`,
      );
      fc.assert(
        fc.property(hostile, shapes, (name, shape) => {
          const problems = inspectAdded(
            server,
            `import { sql } from 'drizzle-orm';\nexport const q = sql\`${shape(name)}\`;`,
          );
          assert.ok(
            problems.some(({ message }) => /may not be used in SQL/.test(message)),
            shape(name),
          );
        }),
        { numRuns: 80 },
      );
    });
  });

  describe('are told from code that means well:', () => {
    const good: readonly (readonly [path: string, code: string])[] = [
      [server, 'export const pick = (rows: Record<string, number>, key: string) => rows[key] ?? 0;'],
      [server, 'export const total = (grid: number[][], y: number, x: number) => (grid[y]?.[x] ?? 0).toFixed(2);'],
      [server, 'export const first = (list: (() => number)[]) => list[0]?.();'],
      [
        server,
        'export class Shelf { #books: string[] = []; add(book: string) { this.#books.push(book); return this; } }',
      ],
      [
        server,
        'export class Gone extends Error { name = "Gone"; constructor(readonly id: number) { super(`${this.name}`); } }'.replace(
          'readonly id: number',
          '',
        ),
      ],
      [server, 'export const walk = (list: Iterable<number>) => list[Symbol.iterator]().next();'],
      [server, 'export function count(n: number): number { return n === 0 ? 0 : 1 + count(n - 1); }'],
      [
        server,
        "export { eq as equal } from '../../../shared/modules/export.ts';".replace(
          'eq as equal',
          'rowSchema as schema',
        ),
      ],
      [server, "export type { Row as Line } from '../../../shared/modules/export.ts';"],
      [
        server,
        "import { sql } from 'drizzle-orm';\nexport const q = sql<number>`coalesce(sum(${posts}) filter (where ${posts} in (1, 2)), 0)::int`;",
      ],
      [
        server,
        "import { sql } from 'drizzle-orm';\nexport const q = sql`extract(year from ${posts}) + row_number() over (partition by ${posts} order by ${posts})`;",
      ],
      [
        server,
        "import { sql } from 'drizzle-orm';\nexport const q = sql`exists (select 1 from ${posts} where lower(${posts}) like '%(x)%')`;",
      ],
      [
        server,
        "import { sql } from 'drizzle-orm';\nexport const q = sql`cast(${posts} as numeric(10, 2)) / nullif(count(*), 0)`;",
      ],
      [screen, 'export const X = ({ phone }: { phone: string }) => <a href={`tel:${phone}`}>Call</a>;'],
      [
        screen,
        'export const X = ({ id }: { id: number }) => <a href={id > 0 ? `/api/export?id=${id}` : "/api/export"} download>Save</a>;',
      ],
      [
        screen,
        `import { Link } from 'react-router';\nexport const X = ({ id }: { id: number }) => <Link to={\`/posts/\${id}\`}>x</Link>;`,
      ],
      [
        screen,
        `import { Link } from 'react-router';\nconst to = (id: number) => \`/posts/\${id}\`;\nexport const X = () => <Link to={to(1)}>x</Link>;`,
      ],
      [
        screen,
        "import { Link } from 'react-router';\nexport const X = ({ q }: { q: string }) => <Link to={{ pathname: '/posts', search: q }}>x</Link>;",
      ],
      [
        screen,
        "import { useNavigate } from 'react-router';\nexport const X = () => { const go = useNavigate(); return <Button onClick={() => go(-1)} />; };",
      ],
      [
        screen,
        "import { OutsideLink } from '../../app/outside-link.tsx';\nexport const X = ({ post }: { post: { url: string } }) => <OutsideLink href={post.url}>x</OutsideLink>;",
      ],
      [
        screen,
        'import { OutsideLink } from \'../../app/outside-link.tsx\';\nexport const X = () => <OutsideLink href="https://example.org/help">Help</OutsideLink>;',
      ],
      [
        screen,
        'const icons = { a: Button, b: Rows };\nexport const X = ({ kind }: { kind: "a" | "b" }) => { const Icon = icons[kind]; return <Icon />; };',
      ],
      [
        screen,
        'export const X = () => { const { length, ...rest } = [1]; return <p title={String(rest)}>{length}</p>; };',
      ],
      [screen, 'export const beep = () => new AudioContext().createOscillator().start();'],
      [
        clientTest,
        'beforeEach(() => { vi.useFakeTimers(); });\nafterEach(cleanup);'.replace('afterEach(cleanup);', ''),
      ],
      [clientTest, 'const suite = { rooms: 2 };\nexport const test = [suite, suite.rooms].map((room) => room);'],
      [clientTest, "it.each([{ a: 1 }])('shows $a', ({ a }) => { expect(a).toBe(1); });"],
      [
        clientTest,
        "const seconds = 5000;\nit('waits', async () => { await expect(Promise.resolve(1)).resolves.toBe(1); }, seconds);",
      ],
    ];
    for (const [path, code] of good) {
      it(code.length > 110 ? `${code.slice(0, 110)}…` : code, () => {
        const more = /\b(beforeEach|afterEach)\(/.test(code)
          ? inspect({ [path]: `${String(goodFiles[path]).replace('describe,', 'beforeEach, describe,')}${code}\n` })
          : inspectAdded(path, code);
        assert.deepEqual(more, []);
      });
    }
  });
});

/** Whether all that is wrong with a payload is the name it uses. */
function isOnlyName(code: string): boolean {
  return /AsyncFunction|SharedArrayBuffer|FinalizationRegistry|navigator|document\.title|Notification|DOMParser|PaymentRequest|trustedTypes/.test(
    code,
  );
}

/** Ways to write the use of a name. */
function wrappings(): fc.Arbitrary<(name: string) => string> {
  return fc.constantFrom<(name: string) => string>(
    (name) => name,
    (name) => `(${name})`,
    (name) => `[${name}][0]`,
    (name) => `{ ${'x'}: ${name} }`.replace(/^/, '(').concat(')'),
    (name) => `((x = ${name}) => x)()`,
    (name) => `(() => ${name})()`,
    (name) => `(false || ${name})`,
    (name) => `(0, ${name})`,
    (name) => `(${name} as never)`,
    (name) => `\`\${${name}}\``,
    (name) => `{ ...${name} }`.replace(/^/, '(').concat(')'),
    (name) => `[...[${name}]]`,
    (name) => `class { static x = ${name}; }`,
    (name) => `class extends (${name} as never) {}`,
    (name) => `(async () => { await ${name}; })`,
    (name) => `(function* () { yield ${name}; })`,
    (name) => `((): void => { switch (1) { case ${name} as never: } })`,
    (name) => `((): void => { for (const x of [${name}]) String(x); })`,
    (name) => `(() => { try { throw 1; } catch { return ${name}; } })`,
  );
}
