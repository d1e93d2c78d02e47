import { useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { Icon } from '../ui/icons.tsx';
import { fitNavigation, type NavigationItem, navigationOf } from './navigation.ts';
import { useProject } from './project.tsx';

export function Header() {
  const project = useProject();
  const { pathname } = useLocation();
  // Open only where it was opened: whoever has gone elsewhere has no more use for it.
  const [openedAt, setOpenedAt] = useState<string>();
  const menuOpen = openedAt === pathname;
  const items = navigationOf(project);
  const [inline, more] = fitNavigation(items);

  return (
    <header className="on-accent sticky top-0 z-40 border-accent-edge border-b bg-accent text-on-accent">
      <div className="container flex h-16 items-center gap-6">
        <Link to="/" className="flex min-w-0 items-center gap-3 rounded-lg font-semibold text-lg tracking-tight">
          <span
            aria-hidden="true"
            className="grid size-8 shrink-0 place-items-center rounded-lg bg-on-accent text-accent"
          >
            {initialOf(project.name)}
          </span>
          <span className="truncate">{project.name}</span>
        </Link>
        {items.length > 0 && (
          <>
            <nav aria-label="Main" className="ml-auto hidden items-center gap-1 lg:flex">
              <NavigationList items={inline} className="flex gap-1" />
              {more.length > 0 && <MoreMenu key={pathname} items={more} />}
            </nav>
            <button
              type="button"
              aria-expanded={menuOpen}
              aria-controls="menu"
              className="-mr-2 ml-auto grid size-11 shrink-0 place-items-center rounded-lg lg:hidden"
              onClick={() => setOpenedAt(menuOpen ? undefined : pathname)}
            >
              <Icon name={menuOpen ? 'close' : 'menu'} className="size-6" />
              <span className="sr-only">Menu</span>
            </button>
          </>
        )}
      </div>
      <nav
        id="menu"
        aria-label="Menu"
        hidden={!menuOpen}
        className="max-h-[calc(100dvh-4rem)] overflow-y-auto border-on-accent/25 border-t lg:hidden"
      >
        <NavigationList items={items} className="container flex flex-col py-3" />
      </nav>
    </header>
  );
}

function NavigationList({ items, className }: { items: readonly NavigationItem[]; className: string }) {
  return (
    <ul className={className}>
      {items.map(({ to, label }) => (
        <li key={to}>
          <NavLink
            to={to}
            className={({ isActive }) =>
              `block rounded-lg px-3 py-2 font-medium text-sm underline-offset-8 hover:underline ${isActive ? 'underline decoration-2' : ''}`
            }
          >
            {label}
          </NavLink>
        </li>
      ))}
    </ul>
  );
}

/** The entries that the header has no room for. */
function MoreMenu({ items }: { items: readonly NavigationItem[] }) {
  return (
    <details
      className="group relative"
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.open = false;
      }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) event.currentTarget.open = false;
      }}
    >
      <summary className="flex cursor-pointer list-none items-center gap-1 rounded-lg px-3 py-2 font-medium text-sm hover:underline">
        More
        <Icon name="chevronDown" className="size-4 motion-safe:transition-transform group-open:rotate-180" />
      </summary>
      <div className="on-page absolute right-0 mt-2 max-h-[70dvh] w-60 overflow-y-auto rounded-xl border border-line bg-surface p-2 text-ink shadow-raised">
        <NavigationList items={items} className="flex flex-col" />
      </div>
    </details>
  );
}

/** The first letter, or the first sign of whatever the name is made of. */
function initialOf(name: string): string {
  const letter = /[\p{L}\p{N}]/u.exec(name)?.[0];
  return (letter ?? [...name][0] ?? '').toUpperCase();
}
