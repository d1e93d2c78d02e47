import assert from 'node:assert/strict';
import type { Blueprint } from '../../../src/core/blueprint.ts';
import type { RenderedProject } from '../../../src/core/rendered-project.ts';
import { withSlices } from '../../../src/core/slice-coverage.ts';
import { isPlaceOf } from '../../../src/core/slice-places.ts';
import type { Slice } from '../../../src/core/slices.ts';
import { escapes } from '../../../src/emit/escape.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { sliceProject, sliceProjects } from '../../support/slices.ts';
import { blog, entity, everything, field, finishedEntities, portfolio, relation, requestFor } from './fixtures.ts';
import { planned, slice } from './slice-fixtures.ts';

const renderer = new ProjectRenderer({ fieldTypes, modules: moduleCatalog });

function render(blueprint: Blueprint, slices: readonly Slice[]): RenderedProject {
  return renderer.render(withSlices(blueprint, { accepted: slices, outcomes: [] }), requestFor(blueprint), slices);
}

function contentOf(rendered: RenderedProject, path: string): string {
  const file = rendered.files.find((candidate) => candidate.path === path);
  assert.ok(file, `${path} is rendered`);
  return file.content;
}

const pathsOf = ({ files }: RenderedProject) => files.map(({ path }) => path);

describe('a project without slices', () => {
  it('knows nothing of features, neither when none was planned nor when none was accepted', () => {
    for (const blueprint of [blog, everything, portfolio]) {
      const rendered = renderer.render(blueprint, requestFor(blueprint));
      assert.deepEqual(
        pathsOf(rendered).filter((path) => /features?[/-]|fake-answers/.test(path)),
        [],
      );
      assert.doesNotMatch(contentOf(rendered, 'src/client/app/project.tsx'), /feature/i);
      assert.doesNotMatch(contentOf(rendered, 'src/client/main.tsx'), /feature/i);
    }
  });

  it('keeps every byte where room for slices is made, and has what they may build on besides', () => {
    for (const blueprint of [blog, everything, portfolio]) {
      const request = requestFor(blueprint);
      const open = renderer.render(blueprint, request, []);
      const offered = new Set(pathsOf(open));
      for (const { path, content } of renderer.render(blueprint, request).files) {
        if (offered.has(path)) assert.equal(contentOf(open, path), content, path);
        else assert.fail(`${path} is missing`);
      }
      for (const path of [
        'src/server/http/module-routes.ts',
        'src/client/api/request.ts',
        'src/client/hooks/use-query.ts',
        'src/client/records/form/form-row.tsx',
        'src/shared/fields/date.ts',
        'tests/server/support/api.ts',
        'tests/client/support/fake-answers.ts',
      ]) {
        assert.ok(offered.has(path), path);
      }
      // It has to pass its own checks.
      for (const path of ['src/server/db/query.ts', 'src/server/db/guarded-database.ts'])
        assert.equal(offered.has(path), blueprint !== portfolio, path);
    }
  });
});

describe('a project with a slice', () => {
  const { blueprint, plan } = planned(blog, 'send-letters', 'Send letters');
  const written = slice(plan, { routes: 'export function sendLettersRoutes(db: GuardedDatabase): OpenAPIHono' });
  const rendered = render(blueprint, [written]);

  it('has the files of the slice as they were written, in a task of their own, after what they build on', () => {
    for (const { path, content } of written.files) assert.equal(contentOf(rendered, path), content);
    const tasks = rendered.files.filter(({ task }) => task === 'Feature: Send letters');
    assert.deepEqual(
      tasks.map(({ path, phase }) => [path, phase]),
      [
        ['src/server/modules/send-letters/routes.ts', 'database'],
        ['src/client/modules/send-letters/screen.tsx', 'frontend'],
        ['tests/client/modules/send-letters.test.tsx', 'frontend'],
      ],
    );
    const last = (phase: string) => rendered.files.filter((file) => file.phase === phase).at(-1)?.task;
    assert.deepEqual([last('database'), last('frontend')], ['Feature: Send letters', 'Feature: Send letters']);
  });

  it('mounts its routes and expects them in the description of the API', () => {
    const app = contentOf(rendered, 'src/server/app.ts');
    assert.match(app, /import \{ modules \} from '\.\/modules\/registry\.ts';/);
    assert.match(app, /for \(const \{ path, make \} of routes\) app\.route\(path, make\(db\)\);/);
    const registry = contentOf(rendered, 'src/server/modules/registry.ts');
    assert.match(registry, /import \{ sendLettersModule \} from '\.\/send-letters\/module\.ts';/);
    assert.match(registry, /= \[sendLettersModule\];/);
    const module = contentOf(rendered, 'src/server/modules/send-letters/module.ts');
    assert.match(module, /import \{ guardedDatabase \} from '\.\.\/\.\.\/db\/guarded-database\.ts';/);
    assert.match(module, /path: '\/api\/send-letters', make: \(db\) => sendLettersRoutes\(guardedDatabase\(db\)\)/);
    assert.match(contentOf(rendered, 'tests/server/app.test.ts'), /for \(const api of \['\/api\/send-letters\/'\]\)/);
  });

  it('gives its screen a route, a title and entries in the navigation and on the home page', () => {
    const module = contentOf(rendered, 'src/client/modules/send-letters/module.tsx');
    assert.match(module, /await import\('\.\/screen\.tsx'\)/);
    assert.match(module, /path: '\/send-letters',\s+title: 'Send letters',\s+Screen,/);
    assert.match(module, /navigation: \[\s+\{\s+to: '\/send-letters',\s+label: 'Send letters',/);
    assert.match(contentOf(rendered, 'src/client/modules/registry.ts'), /= \[sendLettersModule\];/);
    assert.match(contentOf(rendered, 'src/client/app/routes.tsx'), /<PageTitle>\{title\}<\/PageTitle>/);
    const project = contentOf(rendered, 'src/client/project.ts');
    assert.match(project, /^ {2}modules,$/m);
    // First among what can be done, so that it is not behind “more”.
    assert.match(project, /titles: \['Send letters'/);
    assert.match(
      contentOf(rendered, 'src/client/app/navigation.ts'),
      /\.\.\.modules\.flatMap\(\(\{ navigation = \[\] \}\) => navigation\)/,
    );
  });

  it('says in README, takoss.json and result what there is now', () => {
    const readme = contentOf(rendered, 'README.md');
    assert.match(
      readme,
      /- Send letters: \[\/send-letters\]\(http:\/\/localhost:3000\/send-letters\), with its API below/,
    );
    assert.doesNotMatch(readme, /\*\*Send letters\*\*/);
    assert.match(readme, /\*\*Send a newsletter\*\*/);
    const kept: Blueprint = JSON.parse(contentOf(rendered, 'takoss.json')).blueprint;
    assert.equal(kept.features.find(({ id }) => id === 'send-letters')?.built, true);
    assert.deepEqual(kept.phrases.at(-1)?.state, { kind: 'built', by: ['feature:send-letters'] });
    assert.equal(rendered.frontend.pages.at(-1), '/send-letters');
    assert.ok(rendered.frontend.components.includes('SendLettersScreen'));
    assert.ok(!rendered.frontend.components.includes('Screen'));
  });

  it('leaves everything else as it was', () => {
    const before = new Map(
      renderer.render(blueprint, requestFor(blueprint)).files.map(({ path, content }) => [path, content]),
    );
    const changed = rendered.files.filter(({ path, content }) => before.has(path) && before.get(path) !== content);
    assert.deepEqual(changed.map(({ path }) => path).sort(), [
      'README.md',
      'src/client/app/navigation.ts',
      'src/client/app/project.tsx',
      'src/client/app/routes.tsx',
      'src/client/home/abilities-section.tsx',
      'src/client/home/hero.tsx',
      'src/client/project.ts',
      'src/server/app.ts',
      'takoss.json',
      'tests/client/support/render-routes.tsx',
      'tests/server/app.test.ts',
    ]);
    const added = pathsOf(rendered).filter((path) => !before.has(path));
    assert.deepEqual(added.filter((path) => path.includes('/db/') || path.includes('database')).sort(), [
      'src/server/db/guarded-client.ts',
      'src/server/db/guarded-database.ts',
      'src/server/db/guarded-statement.ts',
      'tests/server/guarded-database.test.ts',
    ]);
  });

  it('gives the narrowed database to routes that want one, and only there', () => {
    const call = (routes: string, base = blueprint, at = plan) => {
      const module = contentOf(render(base, [slice(at, { routes })]), 'src/server/modules/send-letters/module.ts');
      return /sendLettersRoutes\((.*)\) \}/.exec(module)?.[1];
    };
    assert.equal(call('export function sendLettersRoutes(): OpenAPIHono'), '');
    assert.equal(call('export const sendLettersRoutes = () =>'), '');
    assert.equal(call('export const sendLettersRoutes = (db: GuardedDatabase) =>'), 'guardedDatabase(db)');
    const still = planned(portfolio, 'send-letters');
    assert.equal(call('export function sendLettersRoutes(): OpenAPIHono', still.blueprint, still.plan), '');
  });

  it('mounts nothing for a slice that has a screen alone', () => {
    const alone = render(blueprint, [slice(plan)]);
    assert.doesNotMatch(contentOf(alone, 'src/server/app.ts'), /letters|modules/i);
    assert.deepEqual(
      pathsOf(alone).filter((path) => path.startsWith('src/server/modules/')),
      [],
    );
  });

  it('keeps zod from evaluating code where the client checks values', () => {
    const shared = { path: plan.sharedFile, content: "import { z } from 'zod';\n" };
    const checking = render(blueprint, [slice(plan, { files: [shared] })]);
    assert.match(
      contentOf(checking, 'src/client/modules/send-letters/module.tsx'),
      /await import\('\.\.\/\.\.\/resources\/without-eval\.ts'\)/,
    );
    assert.doesNotMatch(contentOf(rendered, 'src/client/modules/send-letters/module.tsx'), /without-eval/);
  });

  it('adds packages that the stack lacks, and installs what the lockfile does not know', () => {
    const more = render(blueprint, [slice(plan, { packages: { 'left-pad': '1.3.0', react: '1.0.0' } })]);
    const { dependencies } = JSON.parse(contentOf(more, 'package.json'));
    assert.deepEqual([dependencies['left-pad'], dependencies.react], ['1.3.0', '19.3.1']);
    for (const path of ['Dockerfile', '.github/workflows/ci.yml', 'README.md']) {
      assert.doesNotMatch(contentOf(more, path), /npm ci/, path);
      assert.match(contentOf(rendered, path), /npm ci/, path);
    }
  });

  it('takes a title of any characters', () => {
    const hostile = [
      '</PageTitle><script>',
      '{alert(1)} & "it\'s"',
      ['a `b` $', '{c} <%= d %>'].join(''),
      '# heading | [x](y) */',
    ];
    for (const title of hostile) {
      const made = planned(blog, 'odd', title);
      const odd = render(made.blueprint, [slice(made.plan)]);
      const module = contentOf(odd, 'src/client/modules/odd/module.tsx');
      assert.ok(module.includes(`title: ${escapes.ts(title)},`));
      assert.ok(module.includes(`label: ${escapes.ts(title)},`));
      assert.ok(contentOf(odd, 'README.md').includes(`- ${escapes.markdown(title)}: [/odd]`));
    }
  });
});

describe('the tables of a slice', () => {
  const name = field('name', 'string', { required: true });

  it('become tables with migration, snapshot and constants, and nothing else', () => {
    const { blueprint, plan } = planned(blog, 'rate-posts');
    const tables = finishedEntities([
      entity(
        'Rating',
        'Ratings',
        [field('stars', 'integer', { required: true }), field('mood', 'enum', { values: ['Very good', 'Bad'] })],
        [
          relation('post', 'many-to-one', 'Post', 'ratings', true),
          relation('label', 'many-to-many', 'Label', 'ratings'),
        ],
      ),
      entity('Label', 'Labels', [name], [relation('parent', 'many-to-one', 'Label', 'children')]),
    ]);
    const rendered = render(blueprint, [slice(plan, { tables })]);
    assert.deepEqual(rendered.database.tables.slice(-3), ['ratings', 'labels', 'rating_labels']);
    const code = contentOf(rendered, 'src/server/modules/rate-posts/tables.ts');
    assert.match(code, /import \{ posts \} from '\.\.\/\.\.\/db\/schema\.ts';/);
    assert.match(code, /mood: text\('mood'\)\.\$type<'very-good' \| 'bad'>\(\)/);
    assert.match(
      code,
      /postId: integer\('post_id'\)\s+\.notNull\(\)\s+\.references\(\(\) => posts\.id, \{ onDelete: 'cascade' \}\)/,
    );
    assert.match(code, /export const ratingLabels = pgTable\(/);
    const sql = contentOf(rendered, 'migrations/0000_initial.sql');
    for (const table of ['ratings', 'labels', 'rating_labels'])
      assert.match(sql, new RegExp(`CREATE TABLE "${table}"`));
    assert.match(sql, /"ratings_post_id_posts_id_fk"/);
    const snapshot = JSON.parse(contentOf(rendered, 'migrations/meta/0000_snapshot.json'));
    for (const table of ['ratings', 'labels', 'rating_labels']) assert.ok(snapshot.tables[`public.${table}`], table);
    assert.match(
      contentOf(rendered, 'src/server/modules/rate-posts/module.ts'),
      /tables: \[ratings, labels, ratingLabels\],/,
    );
    assert.match(contentOf(rendered, 'src/server/db/seed.ts'), /\.\.\.modules\.flatMap/);
    assert.match(contentOf(rendered, 'drizzle.config.ts'), /'\.\/src\/server\/modules\/\*\/tables\.ts'/);
    assert.deepEqual(
      pathsOf(rendered).filter((path) => /rating|label/i.test(path)),
      [],
    );
  });

  it('change nothing of the entities that they refer to', () => {
    const { blueprint, plan } = planned(blog, 'rate-posts');
    const rating = entity('Rating', 'Ratings', [name], [relation('post', 'many-to-one', 'Post', 'comments', true)]);
    const before = renderer.render(blueprint, requestFor(blueprint));
    const after = render(blueprint, [slice(plan, { tables: finishedEntities([rating]) })]);
    const about = /^(src\/shared\/|src\/server\/(resources|db\/schema)|src\/client\/(entities|screens|resources))/;
    for (const { path, content } of before.files.filter((file) => about.test(file.path))) {
      assert.equal(contentOf(after, path), content, path);
    }
  });

  it('are kept apart from entities, from words of Drizzle, and from the tables of other slices', () => {
    const first = planned(blog, 'first');
    const second = planned(first.blueprint, 'second');
    const clashing = [
      entity('Text', 'Texts', [name]),
      entity('PostTag', 'PostTags', [name]),
      entity('Date', 'Dates', [name]),
      entity('Entry', 'Index', [name]),
    ];
    const rendered = render(second.blueprint, [
      slice(first.plan, { tables: finishedEntities([...clashing, entity('Note', 'Notes', [name])]) }),
      slice(second.plan, { tables: finishedEntities([entity('Note', 'Notes', [name])]) }),
    ]);
    assert.equal(new Set(rendered.database.tables).size, rendered.database.tables.length);
    const code = contentOf(rendered, 'src/server/modules/first/tables.ts');
    assert.match(code, /export const postTagsTable = pgTable\('post_tags2'/);
    assert.match(code, /export const dates = pgTable\('dates'/);
    assert.match(code, /export const indexTable = pgTable\('index'/);
    // A slice is written before anybody knows of the other one, so its constants are its own.
    for (const path of ['first', 'second']) {
      assert.match(
        contentOf(rendered, `src/server/modules/${path}/tables.ts`),
        /export const notes = pgTable\('notes2?'/,
      );
    }
    for (const id of ['first', 'second'])
      assert.match(
        contentOf(rendered, `src/server/modules/${id}/module.ts`),
        /tables: \[.*\bnotes\b.*\],|\n {4}notes,\n/,
      );
  });

  it('bring a database to a project that stored nothing, without anything that is about records', () => {
    const { blueprint, plan } = planned(portfolio, 'guest-book');
    const routes = 'export function guestBookRoutes(db: GuardedDatabase): OpenAPIHono';
    const rendered = render(blueprint, [
      slice(plan, { tables: finishedEntities([entity('Guest', 'Guests', [name])]), routes }),
    ]);
    assert.deepEqual(rendered.database, { dialect: 'postgresql', tables: ['guests'] });
    assert.match(
      contentOf(rendered, 'src/server/modules/guest-book/module.ts'),
      /guestBookRoutes\(guardedDatabase\(db\)\)/,
    );
    assert.match(contentOf(rendered, 'src/server/index.ts'), /const app = createApp\(db\);/);
    const { dependencies, scripts } = JSON.parse(contentOf(rendered, 'package.json'));
    assert.ok(dependencies['drizzle-orm'] && scripts['db:migrate'] && scripts['db:seed'] === undefined);
    assert.equal(
      JSON.parse(contentOf(rendered, 'package-lock.json')).packages[''].dependencies['drizzle-orm'],
      dependencies['drizzle-orm'],
    );
    assert.deepEqual(
      pathsOf(rendered).filter((path) => /seeds|run-seed|resources|records|db\/schema\.ts/.test(path)),
      [],
    );
    for (const path of ['README.md', '.env.example', 'compose.yaml'])
      assert.doesNotMatch(contentOf(rendered, path), /sample/i, path);
  });
});

describe('the slices written by hand', () => {
  for (const project of sliceProjects) {
    it(`lie in the places of their plans, and the ${project} imports nothing that is not there`, async () => {
      const { request, blueprint, slices } = await sliceProject(project);
      assert.ok(slices.length > 0);
      for (const { plan, files } of slices) {
        for (const { path } of files) assert.ok(isPlaceOf(plan, path), path);
        assert.ok(files.some(({ path }) => path === plan.screenFile));
      }
      const built = withSlices(blueprint, { accepted: slices, outcomes: [] });
      const rendered = renderer.render(built, request, slices);
      const paths = new Set(pathsOf(rendered));
      assert.equal(paths.size, rendered.files.length);
      for (const { path, content } of rendered.files.filter((file) => /\.tsx?$/.test(file.path))) {
        for (const [, specifier = ''] of content.matchAll(/(?:from|import\() ?'(\.[^']+\.tsx?)'/g)) {
          const target = new URL(specifier, `file:///${path}`).pathname.slice(1);
          assert.ok(paths.has(target), `${path} imports ${target}`);
        }
      }
    });
  }
});
