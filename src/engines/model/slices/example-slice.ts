import type { SliceFile } from '../../../core/slices.ts';

/**
 * A complete slice, to show how one is done: "Borrow books", slug `borrow-books`, in an application with books and members. Its places, names and
 * checks are those of a real one; tests render it into a project and check it.
 */
export const exampleSlice: readonly SliceFile[] = [
  {
    path: 'tables.json',
    content: `[
  {
    "name": "Loan",
    "plural": "Loans",
    "description": "A book that a member has, or had.",
    "fields": [
      { "name": "dueOn", "type": "date", "required": true, "unique": false },
      { "name": "returnedAt", "type": "datetime", "required": false, "unique": false }
    ],
    "relations": [
      { "name": "book", "target": "Book", "kind": "many-to-one", "required": true },
      { "name": "member", "target": "Member", "kind": "many-to-one", "required": true }
    ]
  }
]
`,
  },
  {
    path: 'src/shared/modules/borrow-books.ts',
    content: `import { z } from 'zod';
import { date } from '../fields/date.ts';
import { reference, referenceSchema } from '../fields/reference.ts';

/** What it takes to borrow a book. */
export const borrowSchema = z.object({
  bookId: reference('Book'),
  memberId: reference('Member'),
  dueOn: date('Back by'),
});

export const loanSchema = z.object({
  id: z.int(),
  book: referenceSchema,
  dueOn: z.string(),
  returnedAt: z.string().nullable(),
});
export type Loan = z.infer<typeof loanSchema>;
`,
  },
  {
    path: 'src/server/modules/borrow-books/routes.ts',
    content: `import { createRoute } from '@hono/zod-openapi';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { borrowSchema, loanSchema } from '../../../shared/modules/borrow-books.ts';
import type { FeatureDatabase } from '../../db/feature-database.ts';
import { loans } from './tables.ts';
import { books, members } from '../../db/schema.ts';
import { featureRoutes, fieldProblem, jsonAnswer, jsonBody, problemAnswer } from '../../http/feature-routes.ts';
import { recordId } from '../../http/list-query.ts';
import { Problem } from '../../http/problem.ts';

const tags = ['Loans'];

const list = createRoute({
  method: 'get',
  path: '/members/{memberId}/loans',
  tags,
  summary: 'List the loans of a member',
  request: {
    params: z.object({ memberId: recordId }),
    query: z.object({ state: z.enum(['open', 'all']).default('open') }),
  },
  responses: { 200: jsonAnswer('The loans, the latest first.', z.array(loanSchema)) },
});

const borrow = createRoute({
  method: 'post',
  path: '/loans',
  tags,
  summary: 'Borrow a book',
  request: { body: jsonBody(borrowSchema) },
  responses: {
    201: jsonAnswer('The new loan.', z.object({ id: z.int() })),
    400: problemAnswer('The loan is not valid.'),
    409: problemAnswer('Somebody else has the book.'),
  },
});

const giveBack = createRoute({
  method: 'post',
  path: '/loans/{id}/return',
  tags,
  summary: 'Return a book',
  request: { params: z.object({ id: recordId }) },
  responses: {
    200: jsonAnswer('When it came back.', z.object({ returnedAt: z.string().nullable() })),
    404: problemAnswer('There is no such open loan.'),
  },
});

/** The routes below /api/borrow-books. */
export function borrowBooksRoutes(db: FeatureDatabase) {
  const routes = featureRoutes();

  routes.openapi(list, async (c) => {
    const { memberId } = c.req.valid('param');
    const { state } = c.req.valid('query');
    const found = await db
      .select({
        id: loans.id,
        book: { id: books.id, label: books.title },
        dueOn: loans.dueOn,
        returnedAt: loans.returnedAt,
      })
      .from(loans)
      .innerJoin(books, eq(loans.bookId, books.id))
      .where(and(eq(loans.memberId, memberId), state === 'open' ? isNull(loans.returnedAt) : undefined))
      .orderBy(desc(loans.id));
    return c.json(found, 200);
  });

  routes.openapi(borrow, async (c) => {
    const loan = c.req.valid('json');
    const created = await db.transaction(async (tx) => {
      // Whoever wants the same book at the same moment waits here.
      const [book] = await tx.select({ id: books.id }).from(books).where(eq(books.id, loan.bookId)).for('update');
      if (book === undefined) throw fieldProblem('bookId', 'There is no such book.');
      if ((await tx.$count(members, eq(members.id, loan.memberId))) === 0) {
        throw fieldProblem('memberId', 'There is no such member.');
      }
      const isOut = and(eq(loans.bookId, book.id), isNull(loans.returnedAt));
      if ((await tx.$count(loans, isOut)) > 0) throw new Problem(409, 'Somebody else has this book now.');
      const [row] = await tx.insert(loans).values(loan).returning({ id: loans.id });
      return row;
    });
    if (created === undefined) throw new Error('The database answered no id.');
    return c.json(created, 201);
  });

  routes.openapi(giveBack, async (c) => {
    const { id } = c.req.valid('param');
    const [row] = await db
      .update(loans)
      .set({ returnedAt: new Date().toISOString() })
      .where(and(eq(loans.id, id), isNull(loans.returnedAt)))
      .returning({ returnedAt: loans.returnedAt });
    if (row === undefined) throw new Problem(404, 'There is no such open loan.');
    return c.json(row, 200);
  });

  return routes;
}
`,
  },
  {
    path: 'src/client/modules/borrow-books/screen.tsx',
    content: `import { useState } from 'react';
import { Link } from 'react-router';
import type { Loan } from '../../../shared/modules/borrow-books.ts';
import { messageOf } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { formatDay } from '../../format/dates.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { RecordSelect, useChosenRecord } from '../../records/record-select.tsx';
import { entities } from '../../resources/entities.ts';
import { recordPath } from '../../resources/record.ts';
import { Button } from '../../ui/button.tsx';
import { FailureMessage, Message } from '../../ui/message.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';
import { BorrowForm } from './borrow-form.tsx';

const api = '/api/borrow-books';

/** Lets members borrow and return books. */
export function Screen() {
  const [member, setMember] = useChosenRecord(entities.member);
  return (
    <div className="container py-10">
      <h1 className="font-bold text-3xl tracking-tight">Borrow books</h1>
      <p className="mt-2 mb-6 text-muted">There is no sign-in: choose who you are.</p>
      <div className="max-w-md">
        <RecordSelect entity={entities.member} label="Member" name="memberId" chosen={member} onChange={setMember} />
      </div>
      {member !== undefined && <Loans key={member.id} memberId={member.id} />}
    </div>
  );
}

function Loans({ memberId }: { memberId: number }) {
  const load = async (signal: AbortSignal) =>
    (await request(\`\${api}/members/\${memberId}/loans?state=open\`, { signal })) as Loan[];
  const loans = useQuery(\`loans \${memberId}\`, load, { keepPrevious: true });
  return (
    <div className="mt-8 grid gap-8 md:grid-cols-2">
      <section>
        <h2 className="mb-4 font-semibold text-xl">Borrowed now</h2>
        {loans.status === 'loading' && (
          <>
            <Loading label="Loading the loans" />
            <Skeleton />
          </>
        )}
        {loans.status === 'failed' && (
          <FailureMessage
            title="The loans could not be loaded"
            detail={messageOf(loans.error)}
            onRetry={loans.reload}
          />
        )}
        {loans.status === 'ready' && <LoanList loans={loans.data} onReturned={loans.reload} />}
      </section>
      <BorrowForm memberId={memberId} onBorrowed={loans.reload} />
    </div>
  );
}

function LoanList({ loans, onReturned }: { loans: readonly Loan[]; onReturned: () => void }) {
  const [returning, setReturning] = useState<number>();
  const [failure, setFailure] = useState<string>();
  const announce = useAnnounce();

  const giveBack = async ({ id, book }: Loan): Promise<void> => {
    setReturning(id);
    setFailure(undefined);
    try {
      await request(\`\${api}/loans/\${id}/return\`, { method: 'POST' });
      announce(\`\${book.label} returned\`);
      onReturned();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setReturning(undefined);
    }
  };

  if (loans.length === 0) {
    return (
      <Message icon="inbox" title="Nothing borrowed">
        Borrow a book with the form on this page.
      </Message>
    );
  }
  return (
    <>
      {failure !== undefined && (
        <p role="alert" className="mb-3 rounded-lg bg-danger-tint px-4 py-2 text-danger text-sm">
          {failure}
        </p>
      )}
      <ul className="divide-y divide-line rounded-2xl border border-line bg-surface">
        {loans.map((loan) => (
          <li key={loan.id} className="flex items-center justify-between gap-4 px-5 py-3">
            <span>
              <Link
                to={recordPath(entities.book, loan.book.id)}
                className="rounded font-semibold text-link underline underline-offset-4"
              >
                {loan.book.label}
              </Link>
              <span className="ml-2 text-muted text-sm">back by {formatDay(loan.dueOn)}</span>
            </span>
            <Button disabled={returning === loan.id} onClick={() => void giveBack(loan)}>
              Return
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
`,
  },
  {
    path: 'src/client/modules/borrow-books/borrow-form.tsx',
    content: `import { type FormEvent, useState } from 'react';
import { borrowSchema } from '../../../shared/modules/borrow-books.ts';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import { request } from '../../api/request.ts';
import { FormRow } from '../../records/form/form-row.tsx';
import { byField, check, type Problems } from '../../records/form/validation.ts';
import { RecordSelect } from '../../records/record-select.tsx';
import { entities } from '../../resources/entities.ts';
import type { RecordLink } from '../../resources/record.ts';
import { Button } from '../../ui/button.tsx';
import { useAnnounce } from '../../ui/toasts.tsx';

/** Chooses a book and until when. */
export function BorrowForm({ memberId, onBorrowed }: { memberId: number; onBorrowed: () => void }) {
  const [book, setBook] = useState<RecordLink>();
  const [dueOn, setDueOn] = useState('');
  const [problems, setProblems] = useState<Problems>({});
  const [failure, setFailure] = useState<string>();
  const [isSending, setSending] = useState(false);
  const announce = useAnnounce();

  const send = async (): Promise<void> => {
    const checked = check(borrowSchema, { bookId: book?.id, memberId, dueOn });
    setProblems(checked.ok ? {} : checked.problems);
    setFailure(undefined);
    if (!checked.ok) return;
    setSending(true);
    try {
      await request('/api/borrow-books/loans', { method: 'POST', body: checked.input });
      announce('Borrowed');
      setBook(undefined);
      onBorrowed();
    } catch (error) {
      if (error instanceof ApiProblem && error.fields.length > 0) setProblems(byField(error.fields));
      else setFailure(messageOf(error));
    } finally {
      setSending(false);
    }
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void send();
  };

  return (
    <form
      noValidate
      onSubmit={submit}
      className="space-y-4 rounded-2xl border border-line bg-surface p-6 shadow-soft"
    >
      <h2 className="font-semibold text-xl">Borrow a book</h2>
      <RecordSelect
        entity={entities.book}
        label="Book"
        name="bookId"
        problem={problems.bookId}
        chosen={book}
        onChange={setBook}
      />
      <FormRow name="dueOn" label="Back by" required problem={problems.dueOn}>
        {(control) => (
          <input
            {...control}
            type="date"
            className="field"
            value={dueOn}
            onChange={(event) => setDueOn(event.target.value)}
          />
        )}
      </FormRow>
      {failure !== undefined && (
        <p role="alert" className="rounded-lg bg-danger-tint px-4 py-2 text-danger text-sm">
          {failure}
        </p>
      )}
      <Button type="submit" look="primary" disabled={isSending}>
        Borrow
      </Button>
    </form>
  );
}
`,
  },
  {
    path: 'tests/server/modules/borrow-books.test.ts',
    content: `import { describe, expect, it } from 'vitest';
import { expectFieldErrors, testApi } from '../support/api.ts';

describe('/api/borrow-books', () => {
  const api = testApi();
  const loan = { bookId: 1, memberId: 1, dueOn: '2026-03-01' };

  it('lists what a member has borrowed, until it is returned', async () => {
    const { status, body } = await api.send('POST', '/api/borrow-books/loans', loan);
    expect(status).toBe(201);
    const open = await api.send('GET', '/api/borrow-books/members/1/loans');
    expect(open.body).toMatchObject([{ id: body.id, book: { id: 1 }, dueOn: '2026-03-01', returnedAt: null }]);
    expect((await api.send('POST', \`/api/borrow-books/loans/\${body.id}/return\`)).status).toBe(200);
    expect((await api.send('GET', '/api/borrow-books/members/1/loans')).body).toEqual([]);
    expect((await api.send('GET', '/api/borrow-books/members/1/loans?state=all')).body).toHaveLength(1);
  });

  it('lends a book to one member at a time', async () => {
    await api.send('POST', '/api/borrow-books/loans', loan);
    const second = await api.send('POST', '/api/borrow-books/loans', { ...loan, memberId: 2 });
    expect(second.status).toBe(409);
    expect(second.body.detail).toBe('Somebody else has this book now.');
  });

  it('refuses what is not valid, and books that are not there', async () => {
    expectFieldErrors(await api.send('POST', '/api/borrow-books/loans', { ...loan, dueOn: 'soon' }), 400, ['dueOn']);
    expectFieldErrors(await api.send('POST', '/api/borrow-books/loans', { ...loan, bookId: 9999 }), 400, ['bookId']);
    expect((await api.send('POST', '/api/borrow-books/loans/9999/return')).status).toBe(404);
  });
});
`,
  },
  {
    path: 'tests/client/modules/borrow-books.test.tsx',
    content: `import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Screen } from '../../../src/client/modules/borrow-books/screen.tsx';
import { fakeAnswers, fakePage, fakeProblem } from '../support/fake-answers.ts';
import { renderRoutes } from '../support/render-routes.tsx';

const routes = [{ path: '/borrow-books', element: <Screen /> }];
const lists = {
  'GET /api/members': fakePage([{ id: 4, name: 'Ada Lovelace' }]),
  'GET /api/books': fakePage([{ id: 7, title: 'Sketches' }]),
};
const loans = 'GET /api/borrow-books/members/4/loans';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function choose(label: RegExp, id: number): Promise<void> {
  fireEvent.change(await screen.findByLabelText(label), { target: { value: String(id) } });
}

describe('borrow books', () => {
  it('shows the loans of the member that was chosen, and returns one', async () => {
    const loan = { id: 1, book: { id: 7, label: 'Sketches' }, dueOn: '2026-03-01', returnedAt: null };
    const received = fakeAnswers({ ...lists, [loans]: [loan], 'POST /api/borrow-books/loans/1/return': {} });
    renderRoutes(routes, '/borrow-books');
    await choose(/Member/, 4);
    expect((await screen.findByRole('link', { name: 'Sketches' })).getAttribute('href')).toBe('/books/7');
    fireEvent.click(screen.getByRole('button', { name: 'Return' }));
    expect(await screen.findByText('Sketches returned')).toBeDefined();
    expect(received.some(({ method, path }) => method === 'POST' && path.endsWith('/loans/1/return'))).toBe(true);
  });

  it('borrows what was chosen', async () => {
    const received = fakeAnswers({
      ...lists,
      [loans]: [],
      'POST /api/borrow-books/loans': () => Response.json({ id: 2 }, { status: 201 }),
    });
    renderRoutes(routes, '/borrow-books');
    await choose(/Member/, 4);
    await choose(/Book/, 7);
    fireEvent.change(screen.getByLabelText(/Back by/), { target: { value: '2026-03-01' } });
    fireEvent.click(screen.getByRole('button', { name: 'Borrow' }));
    expect(await screen.findByText('Borrowed')).toBeDefined();
    const sent = received.find(({ method }) => method === 'POST')?.body;
    expect(sent).toEqual({ bookId: 7, memberId: 4, dueOn: '2026-03-01' });
  });

  it('says why a book cannot be borrowed', async () => {
    const detail = 'Somebody else has this book now.';
    fakeAnswers({
      ...lists,
      [loans]: [],
      'POST /api/borrow-books/loans': () => fakeProblem(409, [], detail),
    });
    renderRoutes(routes, '/borrow-books');
    await choose(/Member/, 4);
    await choose(/Book/, 7);
    fireEvent.change(screen.getByLabelText(/Back by/), { target: { value: '2026-03-01' } });
    fireEvent.click(screen.getByRole('button', { name: 'Borrow' }));
    expect(await screen.findByText(detail)).toBeDefined();
  });
});
`,
  },
];
