import assert from 'node:assert/strict';
import type { Blueprint } from '../../src/core/blueprint.ts';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../src/modules/catalog.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { Application } from '../support/application.ts';
import { skip } from '../support/skip.ts';
import { blog, everything, requestFor } from '../unit/render/fixtures.ts';

const ids = moduleCatalog.map(({ spec }) => spec.id);

/** The blueprint with these modules, on all of its entities, with the options that they have by default. */
function withModules(blueprint: Blueprint, modules: readonly string[]): Blueprint {
  const entities = blueprint.entities.map(({ id }) => id);
  return {
    ...blueprint,
    modules: moduleCatalog
      .filter(({ spec }) => modules.includes(spec.id))
      .map(({ spec }) => ({
        id: spec.id,
        options: spec.options.parse({}) as Record<string, unknown>,
        entities,
        origin: { by: 'assumed', reason: 'It is tried out.' },
      })),
  };
}

function render(blueprint: Blueprint): RenderedProject {
  return new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(blueprint, requestFor(blueprint));
}

describe('An application', function () {
  this.timeout(600_000);
  let application: Application;

  before(async function () {
    const made = await Application.create(render(withModules(everything, ids)));
    if (typeof made === 'string') skip(this, made);
    application = made;
  });
  after(async () => application?.remove());

  it('with all types of fields and all modules type-checks, lints, passes its tests and builds', async () => {
    await application.become(render(withModules(everything, ids)));
    assert.equal(await application.types(), '');
    assert.equal(await application.lint(), '');
    assert.equal(await application.tests(), '');
    assert.equal(await application.build(), '');
  });

  for (const id of ids) {
    it(`with the module ${id} alone type-checks and lints`, async () => {
      await application.become(render(withModules(blog, [id])));
      assert.equal(await application.types(), '');
      assert.equal(await application.lint(), '');
    });
  }
});
