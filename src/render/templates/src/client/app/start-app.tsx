import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, type RouteObject, RouterProvider } from 'react-router';
import { ToastProvider } from '../ui/toasts.tsx';
import { type Project, ProjectProvider } from './project.tsx';
import { appRoutes } from './routes.tsx';

/** Puts the application into the page. `screens` are the routes of the project's own entities. */
export function startApp(project: Project, screens: readonly RouteObject[]): void {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no element with the id "root"');
  createRoot(root).render(
    <StrictMode>
      <ProjectProvider project={project}>
        <ToastProvider>
          <RouterProvider router={createBrowserRouter(appRoutes(project, screens))} />
        </ToastProvider>
      </ProjectProvider>
    </StrictMode>,
  );
}
