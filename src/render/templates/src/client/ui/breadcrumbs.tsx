import { Link } from 'react-router';
import { Icon } from './icons.tsx';

export interface Crumb {
  label: string;
  /** Where it leads; the last one, this page, leads nowhere. */
  to?: string;
}

export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-3 text-sm">
      <ol className="flex flex-wrap items-center gap-1.5 text-muted">
        {crumbs.map(({ label, to }, index) => (
          <li key={to ?? label} className="flex min-w-0 items-center gap-1.5">
            {index > 0 && <Icon name="chevronRight" className="size-3.5" />}
            {to === undefined ? (
              <span aria-current="page" className="max-w-60 truncate">
                {label}
              </span>
            ) : (
              <Link to={to} className="max-w-60 truncate rounded text-link underline-offset-4 hover:underline">
                {label}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
