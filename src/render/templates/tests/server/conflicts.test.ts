import { integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { describe, expect, it } from 'vitest';
import { type ConstraintFields, constraintFields, toConflict } from '../../src/server/db/conflicts.ts';

const makers = pgTable('makers', { id: integer().primaryKey() });
const lamps = pgTable(
  'lamps',
  {
    id: integer().primaryKey(),
    serialNumber: text('serial_number').unique(),
    shelf: integer(),
    place: integer(),
    makerId: integer('maker_id').references(() => makers.id),
  },
  (table) => [unique('lamps_stand_once').on(table.shelf, table.place)],
);
const lampMakers = pgTable(
  'lamp_makers',
  {
    lampId: integer('lamp_id').references(() => lamps.id),
    makerId: integer('maker_id').references(() => makers.id),
  },
  (table) => [primaryKey({ columns: [table.lampId, table.makerId] })],
);
const fields = constraintFields(lamps, [[lampMakers, 'makerIds']]);

/** An error as Drizzle throws it, in the words of a server that speaks German. */
function refused(code: string, constraint: string): Error {
  const message = 'Einfügen oder Aktualisieren in Tabelle »lamps« verletzt eine Bedingung';
  const detail = 'Schlüssel (maker_id)=(7) ist nicht in Tabelle »makers« vorhanden.';
  return new Error('Failed query', { cause: Object.assign(new Error(message), { code, constraint, detail }) });
}

describe('what the database refuses', () => {
  it.each([
    ['23505', 'lamps_serial_number_unique', ['serialNumber']],
    ['23505', 'lamps_stand_once', ['shelf', 'place']],
    ['23503', 'lamps_maker_id_makers_id_fk', ['makerId']],
    ['23503', 'lamp_makers_maker_id_makers_id_fk', ['makerIds']],
    ['23503', 'of_a_later_migration', []],
  ])('is told by field, whatever the language of the server: %s of %s', (code, constraint, named) => {
    const problem = toConflict(refused(code, constraint), 'save', fields);
    expect(problem).toMatchObject({ status: 409 });
    expect((problem?.errors ?? []).map(({ field }) => field)).toEqual(named);
  });

  it('tells a missing record from one that others need by what was done', () => {
    const error = refused('23503', 'lamps_maker_id_makers_id_fk');
    const none: ConstraintFields = new Map();
    expect(toConflict(error, 'save', none)?.message).toMatch(/does not exist/);
    expect(toConflict(error, 'delete', none)?.message).toMatch(/Other records need this one/);
    expect(toConflict(refused('23001', 'x'), 'delete', none)?.message).toMatch(/Other records need this one/);
  });

  it('is found by its name where PostgreSQL cut that', () => {
    const column = 'a_column_whose_name_makes_that_of_its_constraint_too_long';
    const table = pgTable('long_names', { code: text(column).unique() });
    const cut = `long_names_${column}_unique`.slice(0, 63);
    const problem = toConflict(refused('23505', cut), 'save', constraintFields(table));
    expect(problem?.errors).toEqual([{ field: 'code', message: 'This is already taken.' }]);
  });

  it('is no conflict where the error is another one', () => {
    expect(toConflict(refused('08006', ''), 'save', fields)).toBeUndefined();
    expect(toConflict(new Error('no database'), 'save', fields)).toBeUndefined();
  });
});
