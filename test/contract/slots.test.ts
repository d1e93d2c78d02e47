import assert from 'node:assert/strict';
import * as z from 'zod';
import type { Contribution } from '../../src/core/contribution.ts';
import type { RenderedProject } from '../../src/core/rendered-project.ts';
import { type EntityCode, type SlotName, slotNames } from '../../src/core/slots.ts';
import { fieldTypes } from '../../src/field-types/catalog.ts';
import { type ApplicationModule, applicationModule } from '../../src/modules/contract.ts';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { Application } from '../support/application.ts';
import { contributionWith, everySlot, fillings } from '../support/every-slot.ts';
import { skip } from '../support/skip.ts';
import { blog, requestFor } from '../unit/render/fixtures.ts';

const use = {
  id: 'try-out',
  options: {},
  entities: [],
  origin: { by: 'assumed', reason: 'It is tried out.' },
} as const;
const blueprint = { ...blog, modules: [use] };
const post = blog.entities.find(({ name }) => name === 'Post')?.id ?? '';

/** A module that contributes this, whatever the project is. */
function moduleOf(contribution: Contribution): ApplicationModule {
  const spec = {
    id: use.id,
    title: contribution.title,
    requires: [],
    options: z.object({}),
    recognise: () => [],
    ability: () => 'Try it out',
    promptLine: '',
    whenMissing: 'It cannot be tried out.',
  };
  return applicationModule(spec, { contribute: () => contribution });
}

function render(contribution: Contribution): RenderedProject {
  const renderer = new ProjectRenderer({ fieldTypes, modules: [moduleOf(contribution)] });
  return renderer.render(
    { ...blueprint, entities: [...blueprint.entities], modules: [{ ...use, entities: [] }] },
    requestFor(blog),
  );
}

describe('The slots of an application', function () {
  this.timeout(600_000);
  let application: Application;

  before(async function () {
    const made = await Application.create(render(everySlot(post)));
    if (typeof made === 'string') skip(this, made);
    application = made;
  });
  after(async () => application?.remove());

  it('work together: types, lint, tests of server and client, build', async () => {
    await application.become(render(everySlot(post)));
    assert.equal(await application.types(), '');
    assert.equal(await application.lint(), '');
    assert.equal(await application.tests(), '');
    assert.equal(await application.build(), '');
  });

  it('tell their part in the README and in .env.example', () => {
    const { files } = render(everySlot(post));
    const read = (name: string): string => files.find(({ path }) => path === name)?.content ?? '';
    assert.match(read('README.md'), /## Trying out\n\nIt is tried out at `\/try-out`\./);
    assert.match(read('README.md'), /- Nothing is kept of what was tried out\./);
    assert.match(read('.env.example'), /# Whether to try it out\.\n# TRY_OUT=yes/);
  });

  it('take what several modules put on the screens of one entity', async () => {
    const screens = [
      'card.badge',
      'card.action',
      'list.toolbar',
      'row.action',
      'detail.after',
      'form.section',
    ] as const;
    const filled = fillings(post);
    const twice = Object.fromEntries(screens.map((name) => [name, [filled[name], longer(filled[name])]]));
    await application.become(render(contributionWith(twice)));
    assert.equal(await application.types(), '');
    assert.equal(await application.lint(), '');
    const once = Object.fromEntries(screens.map((name) => [name, [longer(filled[name])]]));
    await application.become(render(contributionWith(once)));
    assert.equal(await application.types(), '');
    assert.equal(await application.lint(), '');
  });

  for (const name of slotNames) {
    it(`can be filled alone: ${name}`, async () => {
      await application.become(render(only(name)));
      assert.equal(await application.types(), '');
      assert.equal(await application.lint(), '');
    });
  }
});

/** The same element with a property that makes its line long. */
function longer(code: EntityCode): EntityCode {
  return {
    ...code,
    code: code.code.replace(/what="(\w+)"/, `what="$1 ${'of a name that is long '.repeat(2).trim()}"`),
  };
}

function only(name: SlotName): Contribution {
  return contributionWith({ [name]: [fillings(post)[name]] });
}
