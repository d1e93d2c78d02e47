import { Suspense, useEffect, useRef } from 'react';
import { Outlet, ScrollRestoration, useLocation } from 'react-router';
import { Loading, Skeleton } from '../ui/skeleton.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';

/** What surrounds every screen. */
export function Layout() {
  const { pathname } = useLocation();
  const content = useRef<HTMLElement>(null);
  const shown = useRef(pathname);

  // A new screen takes the focus, as a new page would; the first one leaves it where the browser put it.
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    content.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-lg bg-ink px-4 py-2 font-semibold text-page focus:translate-y-0"
      >
        Skip to content
      </a>
      <Header />
      <main ref={content} id="content" tabIndex={-1} className="flex-1 outline-none">
        <Suspense fallback={<ScreenSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
      <Footer />
      <ScrollRestoration />
    </div>
  );
}

function ScreenSkeleton() {
  return (
    <div className="container space-y-4 py-10">
      <Loading />
      <Skeleton className="h-9 w-60" />
      <Skeleton className="h-48 w-full" />
    </div>
  );
}
