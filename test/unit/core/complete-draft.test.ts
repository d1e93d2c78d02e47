import assert from 'node:assert/strict';
import type { Blueprint } from '../../../src/core/blueprint.ts';
import type { Entity, Field } from '../../../src/core/blueprint-draft.ts';
import { finishBlueprint } from '../../../src/core/finish-blueprint.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { blueprint, entity } from '../../support/blueprints.ts';

function field(name: string, label = name): Field {
  return { name, label, type: 'string', required: false, unique: false };
}

function holding(name: string, fields: readonly Field[]): Entity {
  return { ...entity(name, `${name}s`), fields: [...fields], titleField: fields[0]?.name ?? '' };
}

function finish(entities: readonly Entity[], previous?: Blueprint): Blueprint {
  return finishBlueprint(blueprint([...entities], []), fieldTypes, previous);
}

/** `Room#room(name#name)` for each entity. */
function ids({ entities }: Blueprint): string[] {
  return entities.map(({ name, id, fields }) => {
    const members = fields.map((item) => `${item.name}#${item.id}`);
    return `${name}#${id}(${members.join(' ')})`;
  });
}

/** A room whose ids are those of earlier names, as a rename will leave them. */
const before: Blueprint = (() => {
  const made = finish([holding('Room', [field('name'), field('price')]), holding('Guest', [field('name')])]);
  const [room, guest] = made.entities;
  assert.ok(room && guest);
  const renamed = {
    ...room,
    id: 'chamber',
    fields: room.fields.map((item) => (item.name === 'price' ? { ...item, id: 'rate' } : item)),
  };
  return { ...made, entities: [renamed, guest] };
})();

describe('Ids of a project that is generated again', () => {
  it('stay with the names, whatever labels and order are', () => {
    const rooms = holding('Room', [field('price', 'Price per night'), field('name')]);
    const after = finish([holding('Guest', [field('name')]), { ...rooms, label: 'Our room' }], before);
    assert.deepEqual(ids(after), ['Guest#guest(name#name)', 'Room#chamber(price#rate name#name)']);
  });

  it('are new for what is new, and never those of somebody else', () => {
    const after = finish(
      [holding('Room', [field('name'), field('rate')]), holding('Chamber', [field('name')])],
      before,
    );
    assert.deepEqual(ids(after), ['Room#chamber(name#name rate#rate-2)', 'Chamber#chamber-2(name#name)']);
  });

  it('are new for a field that moved to another entity', () => {
    const after = finish([holding('Room', [field('name')]), holding('Guest', [field('name'), field('price')])], before);
    assert.deepEqual(ids(after), ['Room#chamber(name#name)', 'Guest#guest(name#name price#price)']);
  });

  it('go with the names where two entities swap what they hold', () => {
    const after = finish([holding('Guest', [field('name'), field('price')]), holding('Room', [field('name')])], before);
    assert.deepEqual(ids(after), ['Guest#guest(name#name price#price)', 'Room#chamber(name#name)']);
  });

  it('are those of a rename only by somebody’s word, which nobody gives yet', () => {
    const after = finish([holding('Suite', [field('name')])], before);
    assert.deepEqual(ids(after), ['Suite#suite(name#name)']);
  });
});
