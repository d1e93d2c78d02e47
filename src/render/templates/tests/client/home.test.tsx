import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import type { Project } from '../../src/client/app/project.tsx';
import { appRoutes } from '../../src/client/app/routes.tsx';
import { installFakeApi } from './support/fake-api.ts';
import { emptyProject, renderRoutes } from './support/render-routes.tsx';

const project: Project = {
  ...emptyProject,
  name: 'Garden diary',
  entities: [
    {
      api: '/api/notes',
      paths: { list: '/notes', detail: '/notes/:id', create: '/notes/new', edit: '/notes/:id/edit' },
      label: 'Note',
      pluralLabel: 'Notes',
      description: 'Things to remember.',
      titleField: 'title',
    },
  ],
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('shows how many records there are, and the newest', async () => {
  const api = installFakeApi();
  vi.stubGlobal('scrollTo', () => {});
  api.keep('/api/notes', [{ id: 1, createdAt: '', updatedAt: '', ...{ title: 'Beans are up' } }]);
  renderRoutes(appRoutes(project, []), '/', project);
  expect((await screen.findByText('Beans are up')).closest('a')?.getAttribute('href')).toBe('/notes/1');
  expect(screen.getByText('in all').parentElement?.textContent).toBe('1 in all');
  expect(api.received[0]?.query.get('sort')).toBe('-createdAt');
});

it('says what could not be loaded', async () => {
  const api = installFakeApi();
  vi.stubGlobal('scrollTo', () => {});
  api.failNext('GET', 500);
  renderRoutes(appRoutes(project, []), '/', project);
  expect(await screen.findByText('Could not be loaded.')).toBeDefined();
});
