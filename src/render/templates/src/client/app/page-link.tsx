import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { navigationOf } from './navigation.ts';
import { useProject } from './project.tsx';

/** A link to a page of the navigation by its address; nothing where the application has no such page. */
export function PageLink({ to, children }: { to: string; children: ReactNode }) {
  const isThere = navigationOf(useProject()).some((item) => item.to === to);
  if (!isThere) return null;
  return (
    <Link to={to} className="rounded font-semibold text-link underline underline-offset-4">
      {children}
    </Link>
  );
}
