import assert from 'node:assert/strict';
import type { Blueprint } from '../../../src/core/blueprint.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { warningOf } from '../../../src/core/understanding.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { analyze } from '../reading/analyze.ts';

async function read(requirements: string, projectName = 'Thing'): Promise<Blueprint> {
  return finishBlueprint(await analyze(requirements, projectName), fieldTypes);
}

describe('what was understood of requirements', () => {
  for (const [what, requirements] of [
    ['letters without sense', 'Wibble frotz. Glarp the xyzzy quuxly, and plugh.'],
    ['another language', 'Die Mitglieder sollen Bücher ausleihen. Jedes Buch hat einen Titel.'],
    ['another script', '会员可以借书。'],
    ['filler', 'Lorem ipsum dolor sit amet, consectetur adipiscing elit.'],
    ['a greeting', 'hi there'],
    ['a wish about quality', 'It must be fast, secure and easy to use.'],
    ['headings alone', '# Scope\n\n## Goals\n\n## Out of scope\n'],
  ] as const) {
    it(`is nothing of ${what}, and the warning says what to do`, async () => {
      const warning = warningOf(await read(requirements), 'offline');
      assert.equal(warning?.code, 'nothing-understood');
      assert.match(warning?.message ?? '', /did not understand any of the requirements/);
      assert.match(warning?.message ?? '', /such as “.+”, or use a language model/);
    });
  }

  it('is nothing where the name alone says what to store', async () => {
    const blueprint = await read('Glarp the xyzzy.', 'Recipe Manager');
    assert.equal(warningOf(blueprint, 'offline')?.code, 'nothing-understood');
  });

  for (const [what, requirements] of [
    ['what rules cannot build', 'Send a text message to every driver at six.'],
    ['a colour', 'Use a dark green background.'],
    ['the wish for an application', 'Build me a website.'],
    ['a heading that promises a page', '# Introduction\n'],
  ] as const) {
    it(`leaves nothing to build of ${what}`, async () => {
      const warning = warningOf(await read(requirements), 'offline');
      assert.equal(warning?.code, 'nothing-to-build');
      assert.match(warning?.message ?? '', /nothing .* to build/i);
    });
  }

  for (const [what, requirements] of [
    ['a thing to store', 'Members lend books.'],
    ['one sentence of many', 'Wibble frotz. Glarp the xyzzy. Members lend books to each other.'],
    ['the text of a page', 'A website for my bakery. We are open daily from 8 to 5. We bake bread with love.'],
    ['pages that are asked for', 'A portfolio with a hero, an About section and contact details.'],
  ] as const) {
    it(`is enough with ${what}`, async () => {
      assert.equal(warningOf(await read(requirements), 'offline'), undefined);
    });
  }

  it('is enough where the name says what to store and the text asks for the application', async () => {
    assert.equal(warningOf(await read('Make me an app.', 'Recipe Manager'), 'offline'), undefined);
  });

  it('does not send those to a language model who used one', async () => {
    assert.doesNotMatch(warningOf(await read('hi there'), 'claude')?.message ?? '', /language model/);
  });

  it('is enough with a feature that a model wrote', async () => {
    const blueprint = await read('A calculator that adds two numbers.');
    const [feature] = blueprint.features;
    assert.ok(feature);
    const state = { kind: 'built' as const, by: [`feature:${feature.id}`] };
    const phrases = blueprint.phrases.map((phrase) => ({ ...phrase, state }));
    const built = { ...blueprint, phrases, features: [{ ...feature, built: true }] };
    assert.equal(warningOf(built, 'claude'), undefined);
  });
});
