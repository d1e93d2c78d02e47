import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyze, relationList } from './analyze.ts';
import { assertSound } from './invariants.ts';

/** From a text to `Holder: name>Target kind` of every relation. */
const stated: Readonly<Record<string, readonly string[]>> = {
  'Authors write posts with a title and a body. Every post belongs to a category and has many tags.': [
    'Post: category>Category many-to-one!',
    'Post: tag>Tag many-to-many',
  ],
  'The company has employees with a name and an email address. Managers manage tasks with a title and a due date. Each task has an assignee, who is an employee.':
    ['Task: assignee>Employee many-to-one'],
  'Admins manage users with a name and an email. A post has a title, a body and an author (a user). Users write posts.':
    ['Post: author>User many-to-one'],
  'Users can manage employees. An employee has a name. Each task has a title, a reporter (an employee) and an assignee (an employee). Users can filter tasks by assignee.':
    ['Task: reporter>Employee many-to-one', 'Task: assignee>Employee many-to-one'],
  'Admins manage teams. A team has a name and a city. A match has a home team, an away team and a date. Admins record matches.':
    ['Match: homeTeam>Team many-to-one', 'Match: awayTeam>Team many-to-one'],
  'Staff manage flights and airports. An airport has a name and a code. A flight has a number, a departure airport and an arrival airport.':
    ['Flight: departureAirport>Airport many-to-one', 'Flight: arrivalAirport>Airport many-to-one'],
  'Admins manage categories. A category has a name and may have a parent category.': [
    'Category: parentCategory>Category many-to-one',
  ],
  'Admins manage categories with a name. A category can belong to another category.': [
    'Category: parentCategory>Category many-to-one',
  ],
  'The app stores employees with a name and a job title. An employee reports to a manager who is an employee.': [
    'Employee: manager>Employee many-to-one',
  ],
  'Store employees with a name. Every employee has a manager, who is also an employee.': [
    'Employee: manager>Employee many-to-one',
  ],
  'Admins manage products with a name, a price and related products.': ['Product: relatedProduct>Product many-to-many'],
  'Admins manage users. Each user has a name and an email. Each user has one profile. A profile has a bio and an avatar.':
    ['Profile: user>User one-to-one'],
  'Each person has one passport. Each passport belongs to one person. A passport has a number and an expiry date. Clerks manage persons.':
    ['Passport: person>Person one-to-one!'],
  'Users manage orders and customers. Each order has exactly one customer.': ['Order: customer>Customer many-to-one'],
  'Admins manage posts. Each post has a title, a body and one category. A category has a name.': [
    'Post: category>Category many-to-one',
  ],
};

describe('offline engine, relations that are stated plainly', function () {
  this.timeout(180_000);

  for (const [text, expected] of Object.entries(stated)) {
    it(text, async () => {
      const blueprint = await analyze(text);
      assertSound(blueprint, text);
      const found = blueprint.entities.flatMap((entity) =>
        relationList(entity).map((relation) => `${entity.name}: ${relation}`),
      );
      assert.deepEqual(found, expected);
    });
  }

  it('calls the one record on the other side by its singular', async () => {
    const { entities } = await analyze(
      'Each user has one profile. A profile has a bio and an avatar. Admins add users.',
    );
    const relation = entities.find(({ name }) => name === 'Profile')?.relations[0];
    assert.deepEqual([relation?.kind, relation?.inverse], ['one-to-one', 'profile']);
  });
});
