import assert from 'node:assert/strict';
import { blueprintSchema } from '../../../src/core/blueprint.ts';
import { TakossError } from '../../../src/core/errors.ts';
import { readProjectFile } from '../../../src/core/project-file.ts';
import type { RenderedProject } from '../../../src/core/rendered-project.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { blog, entity, everything, field, portfolio, project, requestFor } from './fixtures.ts';

const render = (blueprint: typeof blog): RenderedProject =>
  new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(blueprint, requestFor(blueprint));
const contentOf = (rendered: RenderedProject, path: string): string => {
  const file = rendered.files.find((candidate) => candidate.path === path);
  assert.ok(file, `${path} is rendered`);
  return file.content;
};

describe('the renderer', () => {
  it('takes the fixtures for blueprints', () => {
    for (const blueprint of [blog, everything, portfolio]) assert.doesNotThrow(() => blueprintSchema.parse(blueprint));
  });

  it('gives the same bytes for the same blueprint', () => {
    for (const blueprint of [blog, everything, portfolio]) {
      assert.deepEqual(render(blueprint), render(structuredClone(blueprint)));
    }
  });

  it('gives every file once, at a path that is safe on every system', () => {
    for (const blueprint of [blog, everything, portfolio]) {
      const paths = render(blueprint).files.map((file) => file.path);
      assert.equal(new Set(paths.map((path) => path.toLowerCase())).size, paths.length);
      for (const path of paths) {
        assert.match(path, /^[\w.][\w./-]*$/);
        assert.doesNotMatch(path, /\[|\.eta$|\.\.|(^|\/)(con|aux|nul|prn)(\.|\/|$)/i);
      }
    }
  });

  it('keeps the phases in order and the files of a task together', () => {
    const { files } = render(blog);
    const phases = files.map((file) => file.phase).filter((phase, index, all) => phase !== all[index - 1]);
    assert.deepEqual(phases, ['database', 'frontend', 'deployment']);
    const tasks = files
      .map((file) => `${file.phase} ${file.task}`)
      .filter((task, index, all) => task !== all[index - 1]);
    assert.equal(new Set(tasks).size, tasks.length);
    for (const task of [
      'database Post API',
      'database Seed data',
      'frontend Post screens',
      'deployment Docker image',
    ]) {
      assert.ok(tasks.includes(task), task);
    }
  });

  it('says what it made', () => {
    const { database, frontend, deployment } = render(blog);
    assert.deepEqual(database, {
      dialect: 'postgresql',
      tables: ['categories', 'posts', 'comments', 'tags', 'post_tags'],
    });
    for (const name of ['PostList', 'PostDetail', 'PostForm', 'HomeScreen'])
      assert.ok(frontend.components.includes(name), name);
    assert.ok(frontend.pages.includes('/posts/:id'));
    assert.ok(deployment.targets.includes('Docker'));
  });

  it('puts no database into an application that stores nothing', () => {
    const rendered = render(portfolio);
    assert.deepEqual(rendered.database, { dialect: 'none', tables: [] });
    assert.deepEqual(
      rendered.files.filter(({ path }) => /db\/|migrations|drizzle|resources/.test(path)).map(({ path }) => path),
      [],
    );
    for (const file of [
      'package.json',
      'package-lock.json',
      'Dockerfile',
      'compose.yaml',
      '.env.example',
      'README.md',
    ]) {
      assert.doesNotMatch(contentOf(rendered, file), /drizzle|pglite|postgres|DATABASE_URL/i, file);
    }
  });

  it('connects the container to PostgreSQL as the role that its script makes, not as the superuser', () => {
    const rendered = render(blog);
    const compose = contentOf(rendered, 'compose.yaml');
    const [, role] = /DATABASE_URL: "postgres:\/\/(\w+):\$\{DATABASE_PASSWORD:-change-me\}@/.exec(compose) ?? [];
    assert.ok(compose.includes(`DATABASE_ROLE: "${role}"`));
    assert.ok(compose.includes('- ./database:/docker-entrypoint-initdb.d:ro'));
    assert.doesNotMatch(compose, /POSTGRES_(USER|DB)/);
    assert.match(contentOf(rendered, 'database/create-role.sh'), /create role .* nosuperuser/);
    assert.ok(!render(portfolio).files.some(({ path }) => path.startsWith('database/')));
  });

  it('starts the server without code from strings, however it is started', () => {
    for (const blueprint of [blog, portfolio]) {
      const rendered = render(blueprint);
      for (const path of ['package.json', 'Dockerfile', 'scripts/dev.mjs', 'vite.config.ts'])
        assert.ok(contentOf(rendered, path).includes('--disallow-code-generation-from-strings'), path);
    }
  });

  it('lets pages show pictures of other sites only where records have pictures', () => {
    const name = field('name', 'string', { required: true });
    for (const fields of [[name], [name, field('photo', 'image')]]) {
      const rendered = render(project('P', [entity('Plant', 'Plants', fields)]));
      const asks = fields.length > 1;
      assert.equal(/pictureSites\(db\)/.test(contentOf(rendered, 'src/server/app.ts')), asks);
      assert.equal(/pagePolicy\(api\)/.test(contentOf(rendered, 'vite.config.ts')), asks);
      const paths = rendered.files.map(({ path }) => path);
      assert.equal(paths.includes('src/server/db/picture-sites.ts'), asks);
      assert.equal(paths.includes('src/client/app/refused-pictures.ts'), asks);
    }
  });

  it('locks exactly what package.json names, and says nothing of where it comes from', () => {
    for (const blueprint of [blog, portfolio]) {
      const rendered = render(blueprint);
      const manifest = JSON.parse(contentOf(rendered, 'package.json'));
      const lock = JSON.parse(contentOf(rendered, 'package-lock.json'));
      const own = lock.packages[''];
      assert.deepEqual(own.dependencies, manifest.dependencies);
      assert.deepEqual(own.devDependencies, manifest.devDependencies);
      assert.deepEqual([lock.name, own.name, own.version], [manifest.name, manifest.name, manifest.version]);
      for (const version of Object.values({ ...manifest.dependencies, ...manifest.devDependencies })) {
        assert.match(String(version), /^\d+\.\d+\.\d+$/);
      }
      assert.doesNotMatch(JSON.stringify(lock), /"resolved"|https?:\/\/registry/);
    }
  });

  it('keeps request and blueprint in takoss.json', () => {
    const kept = JSON.parse(contentOf(render(everything), 'takoss.json'));
    assert.deepEqual(kept, {
      version: 2,
      request: requestFor(everything),
      blueprint: JSON.parse(JSON.stringify(everything)),
    });
  });

  it('writes a takoss.json that is read again, whatever is in it', () => {
    for (const blueprint of [blog, everything, portfolio]) {
      const read = readProjectFile(contentOf(render(blueprint), 'takoss.json'), fieldTypes);
      assert.deepEqual(read, { request: requestFor(blueprint), blueprint: JSON.parse(JSON.stringify(blueprint)) });
    }
  });

  it('says in the README what was not built, and why', () => {
    const readme = contentOf(render(blog), 'README.md');
    assert.match(
      readme,
      /\*\*Send a newsletter\*\*: “A newsletter goes out weekly\.” Sending e-mail is not built yet\./,
    );
    assert.match(readme, /When a post is deleted: its comments are deleted too/);
  });

  it('does not call a project as one of its own packages', () => {
    const rendered = render({ ...portfolio, name: 'React', slug: 'react' });
    assert.equal(JSON.parse(contentOf(rendered, 'package.json')).name, 'react-app');
  });

  it('leaves no template language and no missing value in any file', () => {
    for (const blueprint of [blog, everything, portfolio]) {
      for (const { path, content } of render(blueprint).files) {
        if (path === 'takoss.json') continue;
        assert.doesNotMatch(content, /<%|%>|\[object Object\]/, path);
      }
    }
  });

  it('renders an entity that is called as a word of the language', () => {
    const names = ['Class', 'Import', 'Date', 'Error', 'Con', 'Delete', 'Resource'];
    const blueprint = project(
      'Words',
      names.map((name) => entity(name, `${name}s`, [field('name', 'string', { required: true })])),
    );
    const rendered = render(blueprint);
    assert.match(contentOf(rendered, 'src/shared/class.ts'), /export const classRecordSchema = /);
    assert.match(contentOf(rendered, 'src/shared/con-record.ts'), /export const conSchema = /);
    assert.ok(rendered.database.tables.includes('dates'));
  });

  it('refuses a blueprint with a module that it lacks, instead of leaving it out', () => {
    const origin = { by: 'assumed', reason: 'For a test.' } as const;
    const later = { ...blog, modules: [{ id: 'teleport', options: {}, entities: [], origin }] };
    assert.throws(
      () => new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(later, requestFor(blog)),
      (error) => error instanceof TakossError && error.code === 'invalid-request' && /"teleport"/.test(error.message),
    );
  });
});
