import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { resourceClient } from '../../src/client/api/resource-client.ts';
import type { EntityRef } from '../../src/client/app/entity-ref.ts';
import type { FieldKind } from '../../src/client/fields/field-kind.ts';
import { InputRow } from '../../src/client/fields/input-row.tsx';
import { plainText } from '../../src/client/fields/plain-text.ts';
import { DetailScreen } from '../../src/client/records/detail/detail-screen.tsx';
import { entityRoutes } from '../../src/client/records/entity-routes.tsx';
import { FormScreen } from '../../src/client/records/form/form-screen.tsx';
import { ListScreen } from '../../src/client/records/list/list-screen.tsx';
import type { Resource } from '../../src/client/resources/resource.ts';
import { type FakeApi, installFakeApi } from './support/fake-api.ts';
import { renderRoutes } from './support/render-routes.tsx';

function refTo(path: string, label: string): EntityRef {
  return {
    api: `/api/${path}`,
    paths: { list: `/${path}`, detail: `/${path}/:id`, create: `/${path}/new`, edit: `/${path}/:id/edit` },
    label,
    pluralLabel: `${label}s`,
    titleField: 'name',
  };
}

const line: FieldKind = {
  ...plainText,
  control: (input) => <InputRow input={input} type="text" />,
  display: (value) => value,
};

const author = refTo('authors', 'Author');
const book: Resource = {
  entity: { ...refTo('books', 'Book'), description: '' },
  fields: [
    { name: 'name', label: 'Name', required: true, kind: line },
    {
      name: 'state',
      label: 'State',
      required: false,
      kind: { ...line, choices: [{ value: 'lent', label: 'Lent out' }] },
    },
  ],
  relations: [
    {
      key: 'authorId',
      expanded: 'author',
      label: 'Author',
      many: false,
      required: false,
      param: 'authorId',
      target: author,
    },
    {
      key: 'editorIds',
      expanded: 'editors',
      label: 'Editors',
      many: true,
      required: false,
      param: 'editorId',
      target: author,
    },
  ],
  inverses: [],
  sortable: ['name', 'createdAt'],
  filters: { state: 'state' },
  searchable: true,
  inputSchema: z.unknown(),
  client: resourceClient('/api/books'),
};
const routes = entityRoutes(book.entity, {
  List: () => <ListScreen resource={book} />,
  Detail: () => <DetailScreen resource={book} />,
  Form: ({ edits }) => <FormScreen resource={book} edits={edits} />,
});

function named(id: number, name: string) {
  return { id, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', ...{ name } };
}

let api: FakeApi;

beforeEach(() => {
  api = installFakeApi();
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The queries that the list of books was asked with, oldest first. */
function asked(): Record<string, string>[] {
  return api.received.filter(({ path }) => path === '/api/books').map(({ query }) => Object.fromEntries(query));
}

describe('list', () => {
  it('reads search, filters, order and page from the address', async () => {
    api.keep('/api/books', [named(1, 'Emma')]);
    renderRoutes(routes, '/books?q=em&state=lent&authorId=3&sort=name&page=2');
    await screen.findByText('Emma');
    expect(asked()).toEqual([{ page: '2', pageSize: '20', sort: 'name', q: 'em', state: 'lent', authorId: '3' }]);
  });

  it('ignores an order that does not exist', async () => {
    renderRoutes(routes, '/books?sort=nonsense');
    await screen.findByText('No books yet');
    expect(asked()[0]?.sort).toBe('-createdAt');
  });

  it('searches once a person pauses, from the first page', async () => {
    api.keep('/api/books', [named(1, 'Emma')]);
    renderRoutes(routes, '/books?page=2');
    fireEvent.change(await screen.findByLabelText('Search books'), { target: { value: 'e' } });
    fireEvent.change(screen.getByLabelText('Search books'), { target: { value: 'em' } });
    await waitFor(() => expect(asked().at(-1)).toMatchObject({ q: 'em', page: '1' }));
    expect(asked().some(({ q }) => q === 'e')).toBe(false);
  });

  it('sorts by a column, and the other way round on the second click', async () => {
    api.keep('/api/books', [named(1, 'Emma')]);
    renderRoutes(routes, '/books');
    const header = await screen.findByRole('columnheader', { name: 'Name' });
    expect(header.getAttribute('aria-sort')).toBe('none');
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    await waitFor(() => expect(asked().at(-1)?.sort).toBe('name'));
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    fireEvent.click(screen.getByRole('button', { name: 'Name' }));
    await waitFor(() => expect(asked().at(-1)?.sort).toBe('-name'));
  });

  it('filters by an enum', async () => {
    api.keep('/api/books', [named(1, 'Emma')]);
    renderRoutes(routes, '/books');
    fireEvent.change(await screen.findByLabelText('State'), { target: { value: 'lent' } });
    await waitFor(() => expect(asked().at(-1)?.state).toBe('lent'));
  });

  it('tells a search without results from a list without records', async () => {
    renderRoutes(routes, '/books?q=nothing');
    expect(await screen.findByText('No books found')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Show all books' }));
    expect(await screen.findByText('No books yet')).toBeDefined();
  });
});

describe('form with many records to choose from', () => {
  it('searches for them, and takes one with the keyboard', async () => {
    api.keep(
      '/api/authors',
      Array.from({ length: 40 }, (_, index) => named(index + 1, `Author ${index + 1}`)),
    );
    renderRoutes(routes, '/books/new');
    const combobox = await screen.findByRole('combobox', { name: /^Author/ });
    fireEvent.change(combobox, { target: { value: 'aut' } });
    await screen.findAllByRole('option', { name: 'Author 1' });
    await waitFor(() => expect(api.received.some(({ query }) => query.get('q') === 'aut')).toBe(true));
    fireEvent.keyDown(combobox, { key: 'ArrowDown' });
    fireEvent.keyDown(combobox, { key: 'Enter' });
    expect(screen.getByRole('button', { name: 'Remove Author 2' })).toBeDefined();
    expect(combobox.getAttribute('aria-expanded')).toBe('false');
  });

  it('fills in what the address says', async () => {
    api.keep('/api/authors', [named(3, 'Jane Austen')]);
    renderRoutes(routes, '/books/new?authorId=3');
    const select = await screen.findByLabelText(/^Author/);
    expect(select).toHaveProperty('value', '3');
  });
});
