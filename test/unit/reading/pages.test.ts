import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'mocha';
import type { BlueprintDraft } from '../../../src/core/blueprint-draft.ts';
import { analyze, names } from './analyze.ts';
import { assertSound } from './invariants.ts';

/** `/about: paragraph | paragraph` of the pages that tell something. */
function texts({ pages }: BlueprintDraft): string[] {
  return pages.flatMap(({ path, text }) => (text ? [`${path}: ${text.join(' | ')}`] : []));
}

const sites: Readonly<Record<string, { text: string; description?: string; expected: readonly string[] }>> = {
  'a brochure': {
    text: 'Create a brochure site for our bakery. Golden Crust is a family bakery in Ghent. There is an about page with our history and our values, and a contact page with our address, phone number and opening hours. The home page says "Fresh bread from five in the morning". The page should load fast. Use a cream background with brown buttons.',
    expected: [
      '/: Golden Crust is a family bakery in Ghent. | Fresh bread from five in the morning.',
      '/about: History and values will be here.',
      '/contact: Address, phone number and opening hours will be here.',
    ],
  },
  'a restaurant': {
    text: 'We are an Italian restaurant in Lyon and we want a simple static website. The menu page lists starters, main courses and desserts. Add a contact page: "Call us on 555 0134 or come to 4 Rue Basse." There is an about page with the story of the chef: Maria learned to cook from her grandmother. She opened Bella in 1998.',
    description: 'Food from home.',
    expected: [
      '/: We are an Italian restaurant in Lyon.',
      '/menu: Starters, main courses and desserts will be here.',
      '/contact: Call us on 555 0134 or come to 4 Rue Basse.',
      '/about: Maria learned to cook from her grandmother. | She opened Bella in 1998.',
    ],
  },
  'an event on one page': {
    text: 'Make a one-page site for our summer concert. The page shows the date, the place and the programme. The concert takes place on 12 June in the old barn. Nothing needs to be stored.',
    expected: ['/: Date, place and programme will be here. | The concert takes place on 12 June in the old barn.'],
  },
  'headings with text under them': {
    text: '# Studio Nine\n\nA static website for a design studio.\n\n## About\nStudio Nine designs chairs. We work in oak and steel.\n\n## Services\n- furniture design\n- repairs\n\n## Contact\nWrite to hello@nine.example.\n',
    expected: [
      '/about: Studio Nine designs chairs. | We work in oak and steel.',
      '/services: Furniture design and repairs will be here.',
      '/contact: Write to hello@nine.example.',
    ],
  },
  'names of sections': {
    text: 'Please create a company website with sections for services, team and pricing. It displays testimonials.',
    expected: [
      '/services: Services will be here.',
      '/team: The team will be introduced here.',
      '/pricing: Prices will be here.',
      '/testimonials: Testimonials will be here.',
    ],
  },
};

describe('offline engine, what pages tell', function () {
  this.timeout(180_000);

  for (const [name, { text, description = '', expected }] of Object.entries(sites)) {
    it(`gives ${name} what visitors may read`, async () => {
      const blueprint = await analyze(text, 'Sample', description);
      assertSound(blueprint, text);
      assert.deepEqual(names(blueprint), []);
      assert.deepEqual(texts(blueprint), expected);
    });
  }

  it('uses the story of the portfolio and makes one page of contact and opening hours', async () => {
    const text = await readFile(new URL('../../fixtures/requirements/portfolio.md', import.meta.url), 'utf8');
    const blueprint = await analyze(text, 'Portfolio', 'Pictures of buildings.');
    assertSound(blueprint, text);
    assert.deepEqual(texts(blueprint), [
      '/: I am a photographer in Lisbon. | I photograph buildings, early in the morning.',
      '/about: I studied architecture and bought a camera in my last year.',
      '/contact: Address and opening hours will be here. | The studio is open from Tuesday to Friday.',
    ]);
    assert.deepEqual(
      blueprint.coverage.filter(({ coveredBy }) => coveredBy.length === 0),
      [],
    );
  });

  it('repeats neither the description nor a wish on the home page of an application', async () => {
    const { pages } = await analyze(
      'We want an application for our library. Librarians can add books with a title and an author. Members upload pictures.',
      'Library',
      'Books for all.',
    );
    assert.equal(pages[0]?.text, undefined);
  });

  it('quotes no rules of a game', async () => {
    const { pages } = await analyze(
      'A snake game. The player steers the snake. The game ends when the snake hits a wall.',
    );
    assert.equal(pages[0]?.text, undefined);
  });
});

describe('offline engine, requirements that leave it to the name', function () {
  this.timeout(180_000);

  for (const [name, description, text, expected] of [
    ['Recipe manager', '', 'Build a simple app.', ['Recipe']],
    ['My app', 'Keep track of plants.', 'Build a simple app.', ['Plant']],
    ['My app', '', 'Build a simple app.', []],
    ['My app', '', 'Build a todo app.', ['Task']],
    ['Recipe manager', '', 'Users can add books with a title and an author.', ['Book']],
    ['Recipe book', '', 'A static website. It does not store anything.', []],
    ['Space Invaders', 'An arcade game', 'The player shoots aliens.', []],
  ] as const) {
    it(`${name}${description === '' ? '' : ` (${description})`}: ${text}`, async () => {
      const blueprint = await analyze(text, name, description);
      assertSound(blueprint, text);
      assert.deepEqual(names(blueprint), expected);
    });
  }
});
