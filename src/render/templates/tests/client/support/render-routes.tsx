import { configure, type RenderResult, render } from '@testing-library/react';
import { createMemoryRouter, type RouteObject, RouterProvider } from 'react-router';
import { vi } from 'vitest';
import { type Project, ProjectProvider } from '../../../src/client/app/project.tsx';
import { ToastProvider } from '../../../src/client/ui/toasts.tsx';

// A busy machine is no reason to fail.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

/** A project without anything in it. */
export const emptyProject: Project = {
  name: 'Test project',
  description: '',
  introduction: [],
  entities: [],
  pages: [],
  abilities: [],
};

/** Shows what is at an address, with everything around it that screens rely on. */
export function renderRoutes(routes: RouteObject[], address: string, project: Project = emptyProject): RenderResult {
  const router = createMemoryRouter(routes, { initialEntries: [address] });
  return render(
    <ProjectProvider project={project}>
      <ToastProvider>
        <RouterProvider router={router} />
      </ToastProvider>
    </ProjectProvider>,
  );
}
