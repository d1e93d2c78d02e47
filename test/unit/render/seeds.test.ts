import assert from 'node:assert/strict';
import type { Blueprint } from '../../../src/core/blueprint.ts';
import type { Field } from '../../../src/core/blueprint-draft.ts';
import type { SeedRecord } from '../../../src/emit/project-view.ts';
import { fieldTypes } from '../../../src/field-types/catalog.ts';
import { viewProject } from '../../../src/render/view-builder.ts';
import { blog, entity, everything, field, project, relation, requestFor } from './fixtures.ts';

const title = field('title', 'string', { required: true });

function samples(blueprint: Blueprint, name: string): readonly SeedRecord[] {
  const found = viewProject(blueprint, requestFor(blueprint), fieldTypes).entities.find((item) => item.name === name);
  assert.ok(found);
  return [...found.seeds, found.sample];
}

function samplesOf(fields: readonly Field[]): readonly SeedRecord[] {
  return samples(project('P', [entity('Item', 'Items', [title, ...fields])]), 'Item');
}

describe('sample records', () => {
  it('are the same each time', () => {
    for (const name of ['Order', 'User', 'OrderLine'])
      assert.deepEqual(samples(everything, name), samples(everything, name));
  });

  const spans = ['clockIn clockOut', 'startsAt endsAt', 'openedAt closedAt', 'validFrom validTo', 'begin finish'];
  for (const [first = '', last = ''] of spans.map((names) => names.split(' '))) {
    for (const type of ['date', 'datetime', 'time'] as const) {
      it(`has a ${type} ${last} after ${first}, in whichever order they are declared`, () => {
        for (const names of [
          [first, last],
          [last, first],
        ]) {
          const records = samplesOf(names.map((name) => field(name, type, { required: true })));
          for (const record of records) assert.ok(String(record[first]) < String(record[last]), JSON.stringify(record));
          for (const record of records) if (type === 'time') assert.match(String(record[last]), /^(1\d|2[0-3]|0\d):/);
        }
      });
    }
  }

  it('follows the order of declaration where names say nothing, and across types', () => {
    const fields = [
      field('dueOn', 'date', { required: true }),
      field('orderedAt', 'datetime', { required: true }),
      field('shippedOn', 'date', { required: true }),
      field('deliveredAt', 'datetime', { required: true }),
    ];
    for (const { orderedAt, shippedOn, deliveredAt, dueOn } of samplesOf(fields)) {
      const days = [orderedAt, shippedOn, deliveredAt, dueOn].map((moment) => String(moment).slice(0, 10));
      assert.deepEqual(days, [...days].sort());
      assert.ok(String(orderedAt) < String(deliveredAt));
    }
  });

  it('leaves out no beginning, and the end of some', () => {
    const records = samplesOf([field('endsAt', 'datetime'), field('startsAt', 'datetime')]);
    assert.ok(records.every(({ startsAt }) => startsAt !== null));
    const open = records.filter(({ endsAt }) => endsAt === null).length;
    assert.ok(open > 0 && open < records.length / 2, String(open));
  });

  const bounds: [Field['type'], Partial<Field>][] = [
    ['integer', {}],
    ['integer', { min: 1, max: 1000 }],
    ['integer', { min: 1, max: 5 }],
    ['integer', { min: 15, max: 480 }],
    ['integer', { min: -30, max: -10 }],
    ['integer', { min: 7, max: 7 }],
    ['integer', { max: 3 }],
    ['decimal', { min: 4, max: 8 }],
    ['decimal', { min: 0, max: 1 }],
    ['decimal', { min: 0.331, max: 0.333 }],
    ['decimal', { min: -5 }],
    ['money', { min: 10, max: 2000 }],
    ['money', { min: 0.5, max: 0.9 }],
  ];
  for (const [type, { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }] of bounds) {
    it(`stays within ${min} and ${max} for ${type}, in no steady climb`, () => {
      const limits = { ...(min > -Infinity && { min }), ...(max < Infinity && { max }) };
      const [plain, unique] = [false, true].map((isUnique) =>
        samplesOf([field('weight', type, { required: true, unique: isUnique, ...limits })]).map(({ weight }) =>
          Number(weight),
        ),
      );
      for (const value of [...(plain ?? []), ...(unique ?? [])]) {
        assert.ok(value >= min && value <= max, String(value));
        if (type === 'integer') assert.ok(Number.isInteger(value));
        if (type === 'money') assert.equal(value, Number(value.toFixed(2)));
      }
      assert.equal(new Set(unique).size, unique?.length);
      if (max - min > 1)
        assert.notDeepEqual(
          plain,
          [...(plain ?? [])].sort((a, b) => a - b),
        );
    });
  }

  it('has small numbers within wide bounds', () => {
    for (const { weight } of samplesOf([field('weight', 'integer', { required: true, min: 1, max: 1000 })]))
      assert.ok(Number(weight) <= 20);
  });

  it('spreads related records unevenly', () => {
    const counts = new Map<unknown, number>();
    for (const { postId } of samples(blog, 'Comment').slice(0, -1)) counts.set(postId, (counts.get(postId) ?? 0) + 1);
    assert.ok(Math.max(...counts.values()) >= 3);
    assert.ok(counts.size < samples(blog, 'Post').length - 1, 'some have none');
    const links = samples(blog, 'Post').map(({ tagIds }) => (Array.isArray(tagIds) ? tagIds.length : -1));
    assert.ok(links.includes(0) && Math.max(...links) >= 3, String(links));
  });

  it('pairs no two records twice', () => {
    const [member, course] = [entity('Member', 'Members', [title]), entity('Course', 'Courses', [title])];
    const enrolment = entity(
      'Enrolment',
      'Enrolments',
      [field('note', 'text')],
      [
        relation('member', 'many-to-one', 'Member', 'enrolments', true),
        relation('course', 'many-to-one', 'Course', 'enrolments', true),
      ],
    );
    const pairs = samples(project('P', [member, course, enrolment]), 'Enrolment').slice(0, -1);
    assert.equal(new Set(pairs.map(({ memberId, courseId }) => `${memberId} ${courseId}`)).size, pairs.length);
  });
});
