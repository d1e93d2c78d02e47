import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fitNavigation } from '../../src/client/app/navigation.ts';
import type { Project } from '../../src/client/app/project.tsx';
import { appRoutes } from '../../src/client/app/routes.tsx';
import { type FakeApi, installFakeApi } from './support/fake-api.ts';
import { emptyProject, renderRoutes } from './support/render-routes.tsx';

const note = {
  api: '/api/notes',
  paths: { list: '/notes', detail: '/notes/:id', create: '/notes/new', edit: '/notes/:id/edit' },
  label: 'Note',
  pluralLabel: 'Notes',
  description: 'Things to remember.',
  titleField: 'title',
};

const project: Project = {
  ...emptyProject,
  name: 'Garden diary',
  description: 'What grows where.',
  entities: [note],
  pages: [{ path: '/about', title: 'About', text: ['We dig.', 'We wait.'] }],
  abilities: [{ actor: 'Gardener', titles: ['Write notes'] }],
};

function Broken(): never {
  throw new Error('The screen broke');
}

let api: FakeApi;

beforeEach(() => {
  api = installFakeApi();
  vi.stubGlobal('scrollTo', () => {});
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('home page', () => {
  it('is about this project: its words, its records, what can be done', async () => {
    api.keep('/api/notes', [{ id: 1, createdAt: '', updatedAt: '', ...{ title: 'Beans are up' } }]);
    renderRoutes(appRoutes(project, []), '/', project);
    expect(await screen.findByRole('heading', { level: 1, name: 'Garden diary' })).toBeDefined();
    expect((await screen.findByText('Beans are up')).closest('a')?.getAttribute('href')).toBe('/notes/1');
    expect(screen.getByRole('heading', { name: 'Gardener' })).toBeDefined();
    expect(screen.getByText('Write notes')).toBeDefined();
    expect(document.title).toBe('Garden diary');
  });

  it('shows the pages of text in full where nothing is stored', async () => {
    const portfolio = { ...project, entities: [] };
    renderRoutes(appRoutes(portfolio, []), '/', portfolio);
    expect(await screen.findByText('We wait.')).toBeDefined();
    expect(api.received).toEqual([]);
  });
});

describe('shell', () => {
  it('shows a page of text at its address', async () => {
    renderRoutes(appRoutes(project, []), '/about', project);
    expect(await screen.findByRole('heading', { level: 1, name: 'About' })).toBeDefined();
    expect(document.title).toBe('About · Garden diary');
  });

  it('says so where there is nothing', async () => {
    renderRoutes(appRoutes(project, []), '/nowhere', project);
    expect(await screen.findByText('There is nothing at this address')).toBeDefined();
  });

  it('shows what failed in place of the screen, below the header', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => {});
    renderRoutes(appRoutes(project, [{ path: '/notes', element: <Broken /> }]), '/notes', project);
    expect(await screen.findByText('The screen broke')).toBeDefined();
    expect(screen.getByRole('banner')).toBeDefined();
    log.mockRestore();
  });

  it('opens and closes the menu of a narrow screen', async () => {
    renderRoutes(appRoutes(project, []), '/about', project);
    const button = await screen.findByRole('button', { name: 'Menu' });
    expect(button.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(button);
    expect(button.getAttribute('aria-expanded')).toBe('false');
  });

  it('puts entries that do not fit the header under “More”', () => {
    const items = Array.from({ length: 24 }, (_, index) => ({ to: `/${index}`, label: `Long entry ${index}` }));
    const [inline, more] = fitNavigation(items);
    expect(inline.length).toBeGreaterThan(0);
    expect([...inline, ...more]).toEqual(items);
    expect(fitNavigation(items.slice(0, 2))).toEqual([items.slice(0, 2), []]);
  });
});
