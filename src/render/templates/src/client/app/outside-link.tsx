import type { ReactNode } from 'react';
import { outsideAddress } from '../format/links.ts';
import { Icon } from '../ui/icons.tsx';

interface OutsideLinkProps {
  /** The whole address: of the web (`https://…`), of a mailbox (`mailto:…`) or of a telephone (`tel:…`). */
  address: string;
  /** What it is called, where that is not the address. The site is shown behind it. */
  children?: ReactNode;
}

/**
 * The only link that leads out of the application. It says where it leads, and tells the site nothing of the page that it stands on. Any
 * other kind of address is shown as text.
 */
export function OutsideLink({ address, children }: OutsideLinkProps) {
  const outside = outsideAddress(address);
  if (outside === undefined) return children ?? address;
  const { href, site, text } = outside;
  const isPage = site !== undefined;
  return (
    <a
      className="inline-flex max-w-full items-center gap-1 text-link underline underline-offset-2 hover:no-underline"
      href={href}
      rel="noopener noreferrer"
      {...(isPage ? { target: '_blank' } : {})}
    >
      <span className="truncate">{children ?? text}</span>
      {isPage && children !== undefined && <span className="shrink-0 text-sm">({site})</span>}
      {isPage && (
        <>
          <Icon name="external" className="size-3.5" />
          <span className="sr-only"> (opens {site} in a new tab)</span>
        </>
      )}
    </a>
  );
}
