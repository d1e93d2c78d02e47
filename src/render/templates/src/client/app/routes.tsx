import { lazy } from 'react';
import type { RouteObject } from 'react-router';
import { ErrorScreen } from './error-screen.tsx';
import { Layout } from './layout.tsx';
import { NotFoundScreen } from './not-found-screen.tsx';
import type { Project } from './project.tsx';

const HomeScreen = lazy(async () => ({ default: (await import('../home/home-screen.tsx')).HomeScreen }));
const ContentScreen = lazy(async () => ({ default: (await import('../content/content-screen.tsx')).ContentScreen }));

/** Every route, each screen in a chunk of its own. What fails inside a screen is shown in its place, below the header. */
export function appRoutes(project: Project, screens: readonly RouteObject[]): RouteObject[] {
  return [
    {
      path: '/',
      element: <Layout />,
      errorElement: <ErrorScreen />,
      children: [
        {
          errorElement: <ErrorScreen />,
          children: [
            { index: true, element: <HomeScreen /> },
            ...screens,
            ...project.pages.map((page) => ({ path: page.path, element: <ContentScreen page={page} /> })),
            { path: '*', element: <NotFoundScreen /> },
          ],
        },
      ],
    },
  ];
}
