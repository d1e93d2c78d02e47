import type { ReactNode } from 'react';

export function Badge({ children }: { children: ReactNode }) {
  return (
    <span className="inline-flex max-w-full align-middle items-center rounded-full bg-tint px-2.5 py-0.5 font-medium text-on-tint text-xs">
      <span className="truncate">{children}</span>
    </span>
  );
}
