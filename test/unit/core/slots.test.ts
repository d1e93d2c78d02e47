import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { slotNames, slotPlaces } from '../../../src/core/slots.ts';

describe('slots', () => {
  it('are listed for whoever adds a module, all and no others', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../CONTRIBUTING.md'), 'utf8');
    const [, table = ''] = text.split('| slot | where | filled with |\n');
    const rows = [...table.matchAll(/^\| `(\w+\.\w+)` \| (.+?) \|/gm)].map(([, name, place]) => [name, place]);
    assert.deepEqual(
      rows,
      slotNames.map((name) => [name, slotPlaces[name]]),
    );
  });
});
