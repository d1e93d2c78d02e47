import { createRoute } from '@hono/zod-openapi';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { bookStateSchema, borrowSchema, loanSchema } from '../../../shared/modules/borrow-books.ts';
import type { GuardedDatabase } from '../../db/guarded-database.ts';
import { books, members } from '../../db/schema.ts';
import { recordId } from '../../http/list-query.ts';
import { fieldProblem, jsonAnswer, jsonBody, moduleRoutes, problemAnswer } from '../../http/module-routes.ts';
import { Problem } from '../../http/problem.ts';
import { loans } from './tables.ts';

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

const ofBook = createRoute({
  method: 'get',
  path: '/books/{bookId}',
  tags,
  summary: 'Tell whether a book is out',
  request: { params: z.object({ bookId: recordId }) },
  responses: { 200: jsonAnswer('Until when it is out.', bookStateSchema) },
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
export function borrowBooksRoutes(db: GuardedDatabase) {
  const routes = moduleRoutes();

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

  routes.openapi(ofBook, async (c) => {
    const { bookId } = c.req.valid('param');
    const isOut = and(eq(loans.bookId, bookId), isNull(loans.returnedAt));
    const [loan] = await db.select({ dueOn: loans.dueOn }).from(loans).where(isOut);
    return c.json({ dueOn: loan?.dueOn ?? null }, 200);
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
    if (created === undefined) throw new Error('The database returned no id.');
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
