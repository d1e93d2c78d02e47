import assert from 'node:assert/strict';
import { finishBlueprint } from '../../../../src/core/finish-blueprint.ts';
import { sliceContribution } from '../../../../src/core/slice-contribution.ts';
import { slotNames } from '../../../../src/core/slots.ts';
import { SliceDraft, slotsPath } from '../../../../src/engines/model/slices/draft.ts';
import { slotKinds } from '../../../../src/engines/model/slices/slot-declarations.ts';
import { readSlots } from '../../../../src/engines/model/slices/slots.ts';
import { isUnfinished } from '../../../../src/engines/model/slices/unfinished.ts';
import { fieldTypes } from '../../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../../src/render/renderer.ts';
import { blueprint, customFeature, entity } from '../../../support/blueprints.ts';
import { MemoryWorkStore } from '../../../support/fake-model.ts';
import { files, goodFiles, modelFor, outcomeOf, planOf, run, sessionOf, statesOf, workOf } from './slice-run.ts';

const plan = planOf('lend');
const drafted = finishBlueprint(blueprint([entity('Post', 'Posts')], []), fieldTypes);
const server = `${plan.serverFolder}part.ts`;
const client = `${plan.clientFolder}part.tsx`;

/** What is wrong with one entry, where these are the files. */
function faultsOf(entry: object, code: Readonly<Record<string, string>> = {}): readonly string[] {
  return read([entry], code).problems.map(({ message }) => message);
}

function read(entries: unknown, code: Readonly<Record<string, string>> = {}, of = drafted) {
  const own = Object.entries(code).map(([path, content]) => ({ path, content }));
  return readSlots(new SliceDraft(plan, [{ path: slotsPath, content: JSON.stringify(entries) }, ...own]), of);
}

describe('the slots of a slice', () => {
  it('are all that there are but those that are closed, and samples', () => {
    const offered = Object.keys(slotKinds).filter((name) => name !== 'seed');
    const closed = ['server.routes', 'server.policy'];
    assert.deepEqual([...offered, ...closed].sort(), [...slotNames].sort());
  });

  it('give code of the server the narrowed database, and what it asks for', () => {
    const of = (slot: string, code: string) => {
      const { slots, seeds, problems } = read([{ slot, file: server, export: 'run', ...about(slot) }], {
        [server]: code,
      });
      assert.deepEqual(problems, []);
      const [made] = slot === 'seed' ? seeds : Object.values(slots).flat();
      assert.ok(typeof made === 'object' && 'code' in made);
      return [made.code, ...made.imports.map(({ name }) => name)];
    };
    const about = (slot: string) => (/^(resource|query)/.test(slot) ? { entity: 'Post' } : {});
    for (const slot of ['server.middleware', 'server.start', 'test.before', 'seed']) {
      assert.deepEqual(of(slot, 'export async function run(db: X) {}'), [
        '(db) => run(guardedDatabase(db))',
        'run',
        'guardedDatabase',
      ]);
      assert.deepEqual(of(slot, 'export const run = () => {};'), ['() => run()', 'run']);
    }
    for (const slot of ['resource.guard', 'resource.before', 'resource.after', 'query.extend']) {
      assert.deepEqual(of(slot, 'export function run(asked: X, db: Y) {}'), [
        '(asked, db) => run(asked, guardedDatabase(db))',
        'run',
        'guardedDatabase',
      ]);
      assert.deepEqual(of(slot, 'export const run = (asked: X) => {};'), ['run', 'run']);
    }
  });

  it('make elements and parts of pages of components', () => {
    const code = { [client]: 'export function Part({ record }: X) {}\nexport function Bare() {}' };
    const { slots, problems } = read(
      [
        { slot: 'detail.after', entity: 'Post', file: client, export: 'Part' },
        { slot: 'card.badge', entity: 'Post', file: client, export: 'Bare' },
        { slot: 'list.toolbar', entity: 'Post', file: client, export: 'Bare' },
        { slot: 'client.home', file: client, export: 'Bare' },
        { slot: 'client.my', title: 'Loans', file: client, export: 'Bare' },
        { slot: 'client.route', path: '/lend/all', title: 'All', file: client, export: 'Bare' },
        { slot: 'client.adminNavigation', path: '/lend/all', title: 'All loans' },
        { slot: 'readme.section', title: 'Loans', text: '- Two at a time.\n- No more.' },
        { slot: 'readme.limit', text: 'No fines.' },
      ],
      code,
    );
    assert.deepEqual(problems, []);
    const post = drafted.entities[0]?.id;
    const bare = { name: 'Bare', from: client };
    assert.deepEqual(slots['detail.after'], [
      { entity: post, code: '<Part record={record} />', imports: [{ name: 'Part', from: client }] },
    ]);
    assert.deepEqual(slots['card.badge'], [{ entity: post, code: '<Bare />', imports: [bare] }]);
    assert.deepEqual(slots['list.toolbar'], [{ entity: post, code: '<Bare />', imports: [bare] }]);
    assert.deepEqual(slots['client.home'], [{ code: 'Bare', imports: [bare] }]);
    assert.deepEqual(slots['client.my'], [{ title: 'Loans', code: 'Bare', imports: [bare] }]);
    assert.deepEqual(slots['client.route'], [
      { path: '/lend/all', title: 'All', file: client, component: 'Bare', usesSchemas: false },
    ]);
    assert.deepEqual(slots['client.adminNavigation'], [{ path: '/lend/all', title: 'All loans' }]);
    assert.deepEqual(slots['readme.limit'], ['No fines.']);
  });

  it('leave what pages may load to the user, and routes at their place', () => {
    assert.match(
      faultsOf({ slot: 'server.policy', file: server, export: 'run' })[0] ?? '',
      /only the user decides that/,
    );
    assert.match(
      faultsOf({ slot: 'server.routes', file: server, export: 'run' })[0] ?? '',
      /have their file by themselves/,
    );
  });

  const wrong: readonly (readonly [what: string, entry: object, says: RegExp])[] = [
    [
      'an unknown slot',
      { slot: 'client.footer' },
      /^There is no slot "client\.footer"\. There are server\.middleware, /,
    ],
    ['a slot of an object', { slot: 'toString' }, /^There is no slot "toString"/],
    ['an unknown entity', { slot: 'detail.after', entity: 'Ghost', file: client, export: 'Part' }, /no entity "Ghost"/],
    ['no entity', { slot: 'detail.after', file: client, export: 'Part' }, /has entity, file and export/],
    [
      'more than there is to say',
      { slot: 'client.home', file: client, export: 'Part', when: 'never' },
      /and nothing else/,
    ],
    ['no export', { slot: 'client.home', file: client, export: 'Gone' }, /exports no function "Gone"/],
    ['a type', { slot: 'client.home', file: client, export: 'Kind' }, /exports no function "Kind"/],
    ['code for an export', { slot: 'client.home', file: client, export: 'Part />, evil()' }, /has file and export/],
    [
      'a file that is missing',
      { slot: 'client.home', file: `${plan.clientFolder}gone.tsx`, export: 'Part' },
      /is missing/,
    ],
    [
      'a file of the application',
      { slot: 'client.home', file: 'src/client/home/hero.tsx', export: 'Hero' },
      /is not a file below/,
    ],
    [
      'a file of the other side',
      { slot: 'client.home', file: server, export: 'run' },
      /is not a file below src\/client/,
    ],
    [
      'what leads out',
      { slot: 'seed', file: `${plan.serverFolder}../../db/seed.ts`, export: 'run' },
      /is not a file below/,
    ],
    [
      'what registers it',
      { slot: 'seed', file: `${plan.serverFolder}module.ts`, export: 'run' },
      /is not a file below/,
    ],
    ['the routes', { slot: 'seed', file: plan.serverFile, export: 'run' }, /in a file of its own/],
    ['a component in lower case', { slot: 'client.home', file: client, export: 'part' }, /begins with a capital/],
    ['a page of others', { slot: 'client.navigation', path: '/posts', title: 'Posts' }, /path begins with "\/lend\/"/],
    ['another site', { slot: 'client.navigation', path: '//example.org', title: 'Out' }, /path begins with/],
    ['code in a path', { slot: 'client.navigation', path: "/lend/' + x + '", title: 'Out' }, /path begins with/],
    [
      'the page itself again',
      { slot: 'client.route', path: '/lend', title: 'L', file: client, export: 'Part' },
      /path begins with/,
    ],
    ['two lines of title', { slot: 'client.navigation', path: '/lend', title: 'a\nb' }, /titles are at most 60/],
    ['markup in the README', { slot: 'readme.limit', text: '<img src="x">' }, /no markup/],
    ['markup in a title of the README', { slot: 'readme.section', title: '<b>', text: 'x' }, /no markup/],
    ['an address in the README', { slot: 'readme.limit', text: 'See [this](https://example.org).' }, /no markup/],
    ['a heading in the README', { slot: 'readme.section', title: 'A', text: 'x\n# Run this' }, /no markup/],
  ];
  const code = {
    [server]: 'export function run() {}',
    [client]: 'export function Part() {}\nexport function part() {}\nexport type Kind = 1;',
    [plan.serverFile]: 'export function run() {}',
  };
  for (const [what, entry, says] of wrong) {
    it(`do not take ${what}`, () => {
      const [fault, ...others] = faultsOf(entry, code);
      assert.match(fault ?? '', says);
      assert.deepEqual(others, []);
    });
  }

  it('are an array of objects, or nothing', () => {
    for (const content of ['{', '{}', '[1]', '[{}]', '"x"']) {
      const draft = new SliceDraft(plan, [{ path: slotsPath, content }]);
      assert.match(readSlots(draft, drafted).problems[0]?.message ?? '', /must be a JSON array/);
    }
    assert.deepEqual(readSlots(new SliceDraft(plan), drafted).problems, []);
    assert.deepEqual(read([]).problems, []);
  });

  it('have one provider, and no samples where there are no entities', () => {
    const provider = { slot: 'client.provider', file: client, export: 'Part' };
    assert.match(read([provider, provider], code).problems[0]?.message ?? '', /one provider/);
    const seed = { slot: 'seed', file: server, export: 'run' };
    const none = finishBlueprint(blueprint([], []), fieldTypes);
    assert.match(read([seed], code, none).problems[0]?.message ?? '', /there are none/);
  });

  it('wait for files that they name', () => {
    const named = { path: slotsPath, content: JSON.stringify([{ slot: 'client.home', file: client, export: 'Part' }]) };
    assert.ok(isUnfinished(new SliceDraft(plan, [...goodFiles('lend'), named])));
    const part = { path: client, content: 'export function Part() {}' };
    assert.ok(!isUnfinished(new SliceDraft(plan, [...goodFiles('lend'), named, part])));
  });

  it('become part of an application, with the database narrowed at each', () => {
    const feature = customFeature('lend', 'Lend');
    const of = finishBlueprint(
      blueprint(
        [entity('Post', 'Posts')],
        [{ id: 'lend', title: feature.title, kind: 'custom', built: false, sentences: [] }],
      ),
      fieldTypes,
    );
    const renderer = new ProjectRenderer({ fieldTypes, modules: moduleCatalog });
    const [own] = renderer.planSlices(of);
    assert.ok(own !== undefined);
    const part = `${own.serverFolder}part.ts`;
    const hooks = 'export async function run(asked: object, db: object) {}\nexport async function add(db: object) {}\n';
    const declared = [
      { slot: 'resource.before', entity: 'Post', file: part, export: 'run' },
      { slot: 'seed', file: part, export: 'add' },
      { slot: 'server.middleware', file: part, export: 'add' },
    ];
    const draft = new SliceDraft(own, [
      { path: slotsPath, content: JSON.stringify(declared) },
      { path: part, content: hooks },
    ]);
    const { slots, seeds, problems } = readSlots(draft, of);
    assert.deepEqual(problems, []);
    const slice = sliceContribution(own, { tables: [], files: draft.files, packages: {}, slots, seeds });
    const project = renderer.render(of, { projectName: 'Test', description: '', requirements: '' }, [slice]);
    const module = project.files.find(({ path }) => path === `${own.serverFolder}module.ts`)?.content ?? '';
    assert.match(module, /before: \[\(asked, db\) => run\(asked, guardedDatabase\(db\)\)\]/);
    assert.match(module, /seed: \[\(db\) => add\(guardedDatabase\(db\)\)\]/);
    assert.match(module, /middleware: \[\(db\) => add\(guardedDatabase\(db\)\)\]/);
    const paths = project.files.map(({ path }) => path);
    assert.ok(paths.includes('src/server/db/guarded-client.ts'));
    assert.ok(paths.includes('tests/server/guarded-database.test.ts'));
  });

  it('are written, inspected, repaired and kept as the rest of a slice is', async () => {
    const slots = (name: string) => ({
      path: slotsPath,
      content: JSON.stringify([{ slot: 'client.home', file: `${planOf('alpha').clientFolder}part.tsx`, export: name }]),
    });
    const part = {
      path: `${planOf('alpha').clientFolder}part.tsx`,
      content: 'export function Part() {\n  return <p>Hi</p>;\n}\n',
    };
    const store = new MemoryWorkStore();
    const model = modelFor({ alpha: [files(...goodFiles('alpha'), slots('Gone'), part), files(slots('Part'))] });
    const first = await run(workOf('alpha'), sessionOf(model, { store }));
    assert.deepEqual(statesOf(first.steps, 'alpha'), ['writing', 'repairing', 'accepted']);
    const [accepted] = first.report?.accepted ?? [];
    assert.deepEqual(
      accepted?.slots['client.home']?.map(({ code: element }) => element),
      ['Part'],
    );
    assert.ok(!accepted?.files.some(({ path }) => path === slotsPath));
    const again = await run(workOf('alpha'), sessionOf(modelFor({}), { store }));
    assert.equal(outcomeOf(again.report, 'alpha')?.isKept, true);
    assert.deepEqual(again.report?.accepted[0]?.slots['client.home'], accepted?.slots['client.home']);
  });
});
