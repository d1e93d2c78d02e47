import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fitNavigation } from '../../src/client/app/navigation.ts';
import type { Project } from '../../src/client/app/project.tsx';
import { appRoutes } from '../../src/client/app/routes.tsx';
import { emptyProject, renderRoutes } from './support/render-routes.tsx';

const project: Project = {
  ...emptyProject,
  name: 'Garden diary',
  description: 'What grows where.',
  pages: [{ path: '/about', title: 'About', text: ['We dig.', 'We wait.'] }],
  abilities: [{ actor: 'Gardener', titles: ['Write notes'] }],
};

function Broken(): never {
  throw new Error('The screen broke');
}

beforeEach(() => {
  vi.stubGlobal('scrollTo', () => {});
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('home page', () => {
  it('is about this project: its words, what can be done, and by whom', async () => {
    renderRoutes(appRoutes(project, []), '/', project);
    expect(await screen.findByRole('heading', { level: 1, name: 'Garden diary' })).toBeDefined();
    expect(screen.getByText('We wait.')).toBeDefined();
    expect(screen.getByRole('heading', { name: 'Gardener' })).toBeDefined();
    expect(screen.getByText('Write notes')).toBeDefined();
    expect(document.title).toBe('Garden diary');
  });
});

it('runs no text as code', () => {
  expect(() => new Function('return 1')).toThrow(EvalError);
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
    renderRoutes(appRoutes(project, [{ path: '/broken', element: <Broken /> }]), '/broken', project);
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
