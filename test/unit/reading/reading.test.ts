import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { analyze, entity, fieldList, names, relationList } from './analyze.ts';
import { assertSound } from './invariants.ts';

const blog =
  'Build a blog with posts, comments, categories and tags. Each post has a title, body, author and publication date and belongs to one category. Posts can have many tags. Readers can comment on posts with their name, e-mail and message. Readers can search posts by title and filter them by category. Use white for the background and navy for components.';

describe('offline engine, reading requirements', function () {
  this.timeout(180_000);

  it('reads the blog: four entities, their fields and relations', async () => {
    const blueprint = await analyze(blog, 'Blog Platform');
    assertSound(blueprint, blog);
    assert.deepEqual(names(blueprint), ['Post', 'Comment', 'Category', 'Tag']);
    const post = entity(blueprint, 'Post');
    assert.deepEqual(fieldList(post), ['title:string', 'body:text', 'author:string', 'publicationDate:date']);
    assert.deepEqual(relationList(post), ['category>Category many-to-one!', 'tag>Tag many-to-many']);
    const comment = entity(blueprint, 'Comment');
    assert.deepEqual(fieldList(comment), ['name:string', 'email:email', 'message:text']);
    assert.deepEqual(relationList(comment), ['post>Post many-to-one!']);
    assert.deepEqual(
      blueprint.actors.map(({ name }) => name),
      ['Reader'],
    );
    assert.deepEqual(
      blueprint.features
        .filter(({ entity: name, kind }) => name === 'Post' && /search|filter/.test(kind))
        .map(({ id, actor }) => `${id} ${actor}`),
      ['search-posts reader', 'filter-posts reader'],
    );
    assert.deepEqual(
      blueprint.pages.slice(0, 5).map(({ path }) => path),
      ['/', '/posts', '/posts/new', '/posts/:id', '/posts/:id/edit'],
    );
    assert.deepEqual([blueprint.theme.background, blueprint.theme.component], ['#ffffff', '#000080']);
    assert.ok(blueprint.coverage.every(({ coveredBy, note }) => coveredBy.length > 0 && note === undefined));
  });

  it('reads a CRM in markdown with headings and bullets', async () => {
    const text = `# Sales CRM

## Features
- Sales reps can manage contacts, companies and deals.
- Each contact has a first name, last name, e-mail, phone and job title and belongs to a company.
- A deal has a title, an amount, an expected close date and a stage (new, qualified, proposal, won, lost).
- Each deal belongs to one company.
- Log activities such as calls and meetings for each deal.
- Only managers can delete deals.
- Send an e-mail when a deal is won.

Use a dark theme with teal buttons.`;
    const blueprint = await analyze(text, 'Sales CRM');
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint).sort(), ['Activity', 'Company', 'Contact', 'Deal']);
    assert.deepEqual(fieldList(entity(blueprint, 'Contact')), [
      'firstName:string',
      'lastName:string',
      'email:email',
      'phone:phone',
      'jobTitle:string',
    ]);
    assert.deepEqual(fieldList(entity(blueprint, 'Deal')), [
      'title:string',
      'amount:money',
      'expectedCloseDate:date',
      'stage:enum',
    ]);
    assert.deepEqual(entity(blueprint, 'Deal').fields.at(-1)?.values, ['New', 'Qualified', 'Proposal', 'Won', 'Lost']);
    assert.ok(relationList(entity(blueprint, 'Activity')).includes('deal>Deal many-to-one'));
    assert.equal(blueprint.theme.component, '#008080');
    const unbuilt = blueprint.features.filter(({ built }) => !built).map(({ kind, id }) => `${kind} ${id}`);
    assert.deepEqual(unbuilt, ['custom restrict-what-each-role-may-do', 'custom send-e-mail-and-notifications']);
    const mail = blueprint.coverage.find(({ text: sentence }) => sentence.startsWith('Send an e-mail'));
    assert.match(mail?.note ?? '', /not built/);
  });

  it('reads a data model of headings, field lines and references', async () => {
    const text = `## Data model

### Author
- name (string, required)
- email (email, unique)
- bio: text

### Book
- title (required)
- isbn
- pages: integer
- published_on: date
- authorId
- genre: enum(fiction, science, history)

Member: name, email, joined on
Loan: bookId, memberId, due date, returned (boolean)
`;
    const blueprint = await analyze(text, 'Library');
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint), ['Author', 'Book', 'Member', 'Loan']);
    const author = entity(blueprint, 'Author');
    assert.deepEqual(fieldList(author), ['name:string', 'email:email', 'bio:text']);
    assert.equal(author.fields[1]?.unique, true);
    assert.deepEqual(fieldList(entity(blueprint, 'Book')), [
      'title:string',
      'isbn:string',
      'pages:integer',
      'publishedOn:date',
      'genre:enum',
    ]);
    assert.deepEqual(relationList(entity(blueprint, 'Book')), ['author>Author many-to-one']);
    assert.deepEqual(relationList(entity(blueprint, 'Loan')).sort(), [
      'book>Book many-to-one',
      'member>Member many-to-one',
    ]);
    assert.deepEqual(fieldList(entity(blueprint, 'Loan')), ['dueDate:date', 'returned:boolean']);
  });

  it('reads a table of entities and fields', async () => {
    const text =
      '| Entity | Fields |\n|---|---|\n| Room | name, capacity, price per night |\n| Guest | name, email, phone |\n| Booking | room, guest, check-in date |\n\nGuests can book rooms.';
    const blueprint = await analyze(text);
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint), ['Room', 'Guest', 'Booking']);
    assert.deepEqual(fieldList(entity(blueprint, 'Room')), ['name:string', 'capacity:integer', 'pricePerNight:money']);
    assert.deepEqual(relationList(entity(blueprint, 'Booking')), ['room>Room many-to-one!', 'guest>Guest many-to-one']);
  });

  it('reads user stories of a shop', async () => {
    const text = `As a customer, I want to browse products by category, so that I can find what I need.
As a customer, I want to add products to my cart and place an order.
As a customer, I want to review products with a rating from 1 to 5.
As a shop owner, I want to manage products with name, description, price, stock and photo.
As a customer, I want to pay with my credit card.`;
    const blueprint = await analyze(text, 'Shop');
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint), ['Product', 'CartItem', 'Order', 'Review']);
    assert.deepEqual(fieldList(entity(blueprint, 'Product')).slice(0, 5), [
      'name:string',
      'description:text',
      'price:money',
      'stock:integer',
      'photo:image',
    ]);
    const rating = entity(blueprint, 'Review').fields.find(({ name }) => name === 'rating');
    assert.deepEqual([rating?.type, rating?.min, rating?.max], ['rating', 1, 5]);
    assert.ok(relationList(entity(blueprint, 'Review')).includes('product>Product many-to-one!'));
    assert.deepEqual(
      blueprint.actors.map(({ id }) => id),
      ['customer', 'shop-owner'],
    );
    assert.match(blueprint.coverage.at(-1)?.note ?? '', /payment provider/);
    assert.deepEqual(blueprint.coverage.at(-1)?.coveredBy, []);
  });

  it('reads what a clinic keeps about its patients', async () => {
    const text =
      'For each patient we store the full name, date of birth, phone number and allergies. Doctors have a name, a specialty and an e-mail address. Receptionists book appointments for patients with a doctor; an appointment has a start time, a reason and a status (scheduled, completed, cancelled).';
    const blueprint = await analyze(text, 'Clinic');
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint), ['Patient', 'Doctor', 'Appointment']);
    assert.deepEqual(fieldList(entity(blueprint, 'Patient')).slice(0, 3), [
      'fullName:string',
      'dateOfBirth:date',
      'phoneNumber:phone',
    ]);
    assert.deepEqual(fieldList(entity(blueprint, 'Doctor')), ['name:string', 'specialty:string', 'email:email']);
    assert.deepEqual(fieldList(entity(blueprint, 'Appointment')), ['startTime:datetime', 'reason:text', 'status:enum']);
    assert.ok(
      relationList(entity(blueprint, 'Appointment')).some((relation) => relation.startsWith('patient>Patient')),
    );
  });

  it('reads a to-do app, of which most is said in one sentence', async () => {
    const blueprint = await analyze(
      'Build a to-do app. Users can add tasks, mark them as done and delete them. A task has a title, a due date and a priority (low, medium, high). Users can filter tasks by priority and sort them by due date.',
    );
    assert.deepEqual(names(blueprint), ['Task']);
    assert.deepEqual(fieldList(entity(blueprint, 'Task')), [
      'title:string',
      'dueDate:date',
      'priority:enum',
      'done:boolean',
    ]);
    assert.deepEqual(blueprint.coverage[0]?.coveredBy, ['project:name']);
  });

  it('knows what a kind of application keeps when the text says no more', async () => {
    assert.deepEqual(names(await analyze('Build a to-do app.')), ['Task']);
    assert.deepEqual(names(await analyze('A recipe app')), ['Recipe']);
    assert.deepEqual(names(await analyze('Inventory')), ['InventoryItem']);
  });

  for (const [name, text] of Object.entries({
    calculator:
      'Make a mortgage calculator. The user enters the loan amount, the interest rate and the number of years and sees the monthly payment.',
    game: 'A snake game. The player steers the snake with the arrow keys and eats apples. The game ends when the snake hits a wall.',
    'brochure site': 'Create a landing page for our bakery. It shows our opening hours and how to contact us.',
    stopwatch: 'Write a stopwatch with a start button and a stop button.',
  })) {
    it(`forces no entity on a ${name}`, async () => {
      const blueprint = await analyze(text);
      assertSound(blueprint, text);
      assert.deepEqual(names(blueprint), []);
    });
  }

  it('makes pages of text of a portfolio that stores nothing', async () => {
    const text =
      'Create a portfolio site for a landscape photographer. It should have an About page, a Projects page and a Contact page. Visitors can read about the photographer. The pages should look elegant.';
    const blueprint = await analyze(text, 'Jo Rivers', 'Photographs of rivers.');
    assertSound(blueprint, text);
    assert.deepEqual(names(blueprint), []);
    assert.deepEqual(
      blueprint.pages.map(({ path, kind }) => `${path} ${kind}`),
      ['/ home', '/about content', '/projects content', '/contact content'],
    );
    assert.equal(blueprint.pages[0]?.text, undefined);
    assert.match(blueprint.coverage.at(-1)?.note ?? '', /quality/);
  });

  it('stores what a portfolio lets its owner manage', async () => {
    const blueprint = await analyze(
      'A portfolio site. The owner can add, edit and delete projects with a title, a description and an image. Visitors can view projects.',
    );
    assert.deepEqual(names(blueprint), ['Project']);
    assert.deepEqual(fieldList(entity(blueprint, 'Project')), ['title:string', 'description:text', 'image:image']);
  });

  it('takes somebody who only acts for an actor, and somebody who is managed for an entity too', async () => {
    const acting = await analyze('Admins can publish articles. Visitors can read articles.');
    assert.deepEqual(names(acting), ['Article']);
    assert.deepEqual(
      acting.actors.map(({ id }) => id),
      ['admin', 'visitor'],
    );
    const managed = await analyze('Admins can manage users. Each user has a name, an e-mail and a birthday.');
    assert.deepEqual(fieldList(entity(managed, 'User')), ['name:string', 'email:email', 'birthday:date']);
  });

  it('makes no entities of the words that every text has', async () => {
    const blueprint = await analyze(
      'The website should have a modern user interface. The system provides functionality to view information about books. The application includes a page with a color theme and settings. Users should be able to browse the website and use its features.',
    );
    assert.deepEqual(names(blueprint), ['Book']);
  });

  it('does not take an entity twice under different names', async () => {
    assert.deepEqual(
      names(
        await analyze(
          'Users can create blog posts. Users can edit posts. Visitors can view the latest posts and post details.',
        ),
      ),
      ['Post'],
    );
  });

  for (const [sentence, rule] of Object.entries({
    'Users can log in with a password.': /Logging in is not built/,
    'Customers can pay online with PayPal.': /payment provider/,
    'Members upload photos of their cats.': /Uploading files is not built/,
    'Show sales in a bar chart.': /Charts/,
    'Friends can chat in real time.': /chat/,
    'Show shops on a map.': /Maps/,
    'Users can export tasks as PDF.': /exporting documents is not built/,
  })) {
    it(`says of "${sentence}" that it is not built`, async () => {
      const blueprint = await analyze(sentence);
      assert.match(blueprint.coverage[0]?.note ?? '', rule);
      assert.ok(
        blueprint.features.some(({ kind, built, sentences }) => kind === 'custom' && !built && sentences.includes(0)),
      );
    });
  }
});
