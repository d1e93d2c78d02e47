import assert from 'node:assert/strict';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { moduleCatalog } from '../../../src/modules/catalog.ts';
import { affectedTests } from '../../../src/node/affected-tests.ts';
import { ProjectRenderer } from '../../../src/render/renderer.ts';
import { sliceProject } from '../../support/slices.ts';

describe('tests of an application that slices may break', () => {
  it('are those of what their slots are about', async () => {
    const { blueprint, request, slices } = await sliceProject('crm');
    const project = new ProjectRenderer({ fieldTypes, modules: moduleCatalog }).render(blueprint, request, slices);
    assert.deepEqual([...affectedTests(project, slices)].sort(), [
      'tests/client/screens/contact-screens.test.tsx',
      'tests/server/resources/contact.test.ts',
    ]);
    const code = { code: 'x', imports: [] };
    const others = slices.map((slice) => ({ ...slice, slots: { 'client.home': [code] }, seeds: [code] }));
    assert.deepEqual([...affectedTests(project, others)].sort(), [
      'tests/client/home.test.tsx',
      'tests/client/shell.test.tsx',
      'tests/server/app.test.ts',
    ]);
    assert.deepEqual(
      affectedTests(
        project,
        slices.map((slice) => ({ ...slice, slots: {}, seeds: [] })),
      ),
      [],
    );
  });
});
