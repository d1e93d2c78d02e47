import assert from 'node:assert/strict';
import type { RenderedProject } from '../../../src/core/rendered-project.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { exampleProject } from '../../support/example-project.ts';
import { packagesIn, parsedOutline } from '../../support/outline.ts';
import { type SliceProjectName, sliceProject, sliceProjects } from '../../support/slices.ts';

async function projectsOf(name: SliceProjectName): Promise<[string, RenderedProject][]> {
  const { blueprint, request, slices } = await sliceProject(name);
  const renderer = new ProjectRenderer({ fieldTypes, modules: moduleCatalog });
  return [
    [name, renderer.render(blueprint, request)],
    [`${name} with slices`, renderer.render(blueprint, request, slices)],
    [`${name} with all that slices may build on`, renderer.render(blueprint, request, [])],
  ];
}

function contentOf({ files }: RenderedProject, path: string): string {
  return files.find((file) => file.path === path)?.content ?? '';
}

describe('the outline of a project', () => {
  const projects: [string, RenderedProject][] = [['the example', exampleProject().project]];

  before(async function () {
    this.timeout(60_000);
    for (const name of sliceProjects) projects.push(...(await projectsOf(name)));
  });

  it('says of every file what it exports and imports', () => {
    for (const [name, project] of projects) {
      const truth = parsedOutline(project.files);
      assert.deepEqual([...project.outline.files.keys()].sort(), [...truth.keys()].sort(), name);
      for (const [path, { exports, imports }] of truth) {
        const told = project.outline.files.get(path);
        const words = (list: typeof exports | undefined) => list?.map((item) => `${item.kind} ${item.name}`).sort();
        assert.deepEqual(words(told?.exports), words(exports), `${name}: exports of ${path}`);
        assert.deepEqual([...(told?.imports ?? [])].sort(), [...imports].sort(), `${name}: imports of ${path}`);
      }
    }
  });

  it('says which packages there are, and the colours of the theme', () => {
    for (const [name, project] of projects) {
      const manifest: unknown = JSON.parse(contentOf(project, 'package.json'));
      assert.deepEqual([...project.outline.packages].sort(), packagesIn(manifest).sort(), name);
      const theme = contentOf(project, 'src/client/styles/theme.css');
      const colours = [...theme.matchAll(/^\s*--color-([a-z-]+):/gm)].map((match) => match[1]);
      assert.deepEqual(project.outline.colours, colours, name);
    }
  });

  it('says what entities are made of, as their files do', () => {
    for (const [name, project] of projects) {
      const schema = contentOf(project, 'src/server/db/schema.ts');
      for (const entity of project.outline.entities) {
        for (const table of entity.tables) assert.ok(schema.includes(table), `${name}: ${table}`);
        assert.notEqual(contentOf(project, `src/shared/${entity.kebab}.ts`), '', entity.name);
        assert.ok(
          contentOf(project, 'src/client/resources/entities.ts').includes(
            `  ${entity.key}: {\n    api: '${entity.api}'`,
          ),
        );
        const resource = contentOf(project, `src/server/resources/${entity.kebab}.ts`);
        for (const key of entity.sort) assert.ok(resource.includes(`'${key}'`), `${name}: ${entity.name} by ${key}`);
        for (const param of entity.filters) assert.ok(resource.includes(`    ${param}: `), `${name}: ${param}`);
      }
    }
  });

  it('shows declarations as they stand in the files', () => {
    for (const [name, project] of projects) {
      for (const [path, { declarations = [] }] of project.outline.files) {
        const content = contentOf(project, path);
        for (const { text } of declarations) {
          const [first = ''] = text.split('\n').filter((line) => !/^(\/\*\*| \*)/.test(line));
          assert.ok(content.includes(first.replace(/( = \{ \w+)?(: ….*)?;$/, '')), `${name}: ${path}: ${first}`);
        }
      }
    }
  });

  it('knows every type that a declaration speaks of', () => {
    for (const [name, { outline }] of projects) {
      for (const [path, { declarations = [] }] of outline.files) {
        for (const { needs } of declarations) {
          for (const { name: needed, from = path } of needs) {
            const found = outline.files.get(from)?.exports.some((item) => item.name === needed);
            const own = from === path && declarations.some((item) => item.name === needed);
            assert.ok(found === true || own, `${name}: ${path} needs ${needed} of ${from}`);
          }
        }
      }
    }
  });
});
