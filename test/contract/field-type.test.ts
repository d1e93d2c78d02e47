import assert from 'node:assert/strict';
import { ProjectRenderer } from '../../src/render/renderer.ts';
import { CheckingPlace } from '../support/checking.ts';
import { thingWith, withBarcode } from '../support/field-places.ts';
import { skip } from '../support/skip.ts';
import { requestFor } from '../unit/render/fixtures.ts';

const { signal } = new AbortController();

describe('A type of field that is one folder and one line', function () {
  this.timeout(600_000);

  it('makes an application that type-checks and passes its own tests', async function () {
    const place = await CheckingPlace.create();
    const checker = place.checker();
    try {
      const blueprint = thingWith('barcode', withBarcode);
      const project = new ProjectRenderer({ fieldTypes: withBarcode, modules: [] }).render(
        blueprint,
        requestFor(blueprint),
        [],
      );
      const { checks, why } = await checker.prepare(project, { signal, say: () => {} });
      if (checks.length === 0) {
        assert.match(String(why), /registry could not be reached/);
        skip(this, String(why));
      }
      assert.deepEqual((await checker.check(project, [], { signal })).problems, []);
      const broken = project.files.map((file) =>
        file.path === 'src/client/fields/barcode.tsx'
          ? { ...file, content: file.content.replace('display:', 'shown:') }
          : file,
      );
      const { problems } = await checker.check({ ...project, files: broken }, [], { signal });
      assert.match(problems.map(({ check, message }) => `${check} ${message}`).join('\n'), /^types .*barcode\.tsx/m);
    } finally {
      await checker.dispose();
      await place.remove();
    }
  });
});
