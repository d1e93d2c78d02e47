import { describe, expect, it } from 'vitest';
import { expectFieldErrors, testApi } from '../support/api.ts';

describe('/api/borrow-books', () => {
  const api = testApi();
  const loan = { bookId: 1, memberId: 1, dueOn: '2026-03-01' };

  it('lists what a member has borrowed, until it is returned', async () => {
    const { status, body } = await api.send('POST', '/api/borrow-books/loans', loan);
    expect(status).toBe(201);
    const open = await api.send('GET', '/api/borrow-books/members/1/loans');
    expect(open.body).toMatchObject([{ id: body.id, book: { id: 1 }, dueOn: '2026-03-01', returnedAt: null }]);
    expect((await api.send('POST', `/api/borrow-books/loans/${body.id}/return`)).status).toBe(200);
    expect((await api.send('GET', '/api/borrow-books/members/1/loans')).body).toEqual([]);
    expect((await api.send('GET', '/api/borrow-books/members/1/loans?state=all')).body).toHaveLength(1);
  });

  it('lends a book to one member at a time', async () => {
    await api.send('POST', '/api/borrow-books/loans', loan);
    const second = await api.send('POST', '/api/borrow-books/loans', { ...loan, memberId: 2 });
    expect(second.status).toBe(409);
    expect(second.body.detail).toBe('Somebody else has this book now.');
  });

  it('tells whether a book is out, as the latest one is from the beginning', async () => {
    expect((await api.send('GET', '/api/borrow-books/books/1')).body).toEqual({ dueOn: null });
    await api.send('POST', '/api/borrow-books/loans', loan);
    expect((await api.send('GET', '/api/borrow-books/books/1')).body).toEqual({ dueOn: '2026-03-01' });
    const { body } = await api.send('GET', '/api/books?sort=-id&pageSize=1');
    const [latest] = body.items;
    expect((await api.send('GET', `/api/borrow-books/books/${latest.id}`)).body.dueOn).not.toBeNull();
  });

  it('refuses what is not valid, and books that are not there', async () => {
    expectFieldErrors(await api.send('POST', '/api/borrow-books/loans', { ...loan, dueOn: 'soon' }), 400, ['dueOn']);
    expectFieldErrors(await api.send('POST', '/api/borrow-books/loans', { ...loan, bookId: 9999 }), 400, ['bookId']);
    expect((await api.send('POST', '/api/borrow-books/loans/9999/return')).status).toBe(404);
  });
});
