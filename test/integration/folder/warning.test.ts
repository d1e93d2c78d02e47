import assert from 'node:assert/strict';
import { exists, filesBelow, freshPlace } from '../support/folders.ts';
import { generate, takoss } from '../support/takoss.ts';

const requirements = 'Glarp the xyzzy. Wibble frotz quuxly.';

describe('requirements of which nothing was understood', () => {
  it('are written with a warning where that is agreed to', async () => {
    const folder = await freshPlace();
    const project = await generate({ folder, requirements, onWarning: 'write' });
    assert.equal(project?.warning?.code, 'nothing-understood');
    assert.ok((await filesBelow(folder)).length > 10);
    const { run, actions, coverage } = (await takoss()).state;
    assert.match(run.warning?.message ?? '', /did not understand any of the requirements/);
    assert.ok(actions.includes('generate'), 'other words are one click away');
    assert.deepEqual([coverage?.covered.length, coverage?.uncovered.length], [0, 2]);
  });

  it('leave nothing behind where it is not', async () => {
    const folder = await freshPlace();
    assert.equal(await generate({ folder, requirements, onWarning: 'cancel' }), undefined);
    assert.equal(await exists(folder), false);
    assert.equal((await takoss()).state.run.status, 'cancelled');
  });

  it('are no matter where one sentence was understood', async () => {
    const project = await generate({ folder: await freshPlace(), requirements: `${requirements} Members lend books.` });
    assert.equal(project?.warning, undefined);
    assert.equal((await takoss()).state.run.warning, undefined);
  });
});

describe('sentences that are covered in part', () => {
  it('are told with what is missing of them', async () => {
    await generate({
      folder: await freshPlace(),
      requirements: 'Members lend books. When a member borrows a book, send the owner an e-mail.',
    });
    const { coverage } = (await takoss()).state;
    const told = [...(coverage?.inPart ?? []), ...(coverage?.uncovered ?? [])];
    assert.ok(
      told.some(({ note }) => /e-mail.* is not built/i.test(note)),
      JSON.stringify(coverage),
    );
  });
});
