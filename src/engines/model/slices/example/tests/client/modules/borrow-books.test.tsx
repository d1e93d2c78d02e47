import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BookLoan } from '../../../src/client/modules/borrow-books/book-loan.tsx';
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

  it('says on the page of a book until when it is out', async () => {
    fakeAnswers({ 'GET /api/borrow-books/books/7': { dueOn: '2026-03-01' } });
    renderRoutes([{ path: '/', element: <BookLoan record={{ id: 7 }} /> }], '/');
    expect(await screen.findByText(/^Out until/)).toBeDefined();
  });
});
