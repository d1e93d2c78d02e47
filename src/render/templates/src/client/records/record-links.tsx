import { Link } from 'react-router';
import type { EntityRef } from '../app/entity-ref.ts';
import { type RecordLink, recordPath } from '../resources/record.ts';
import { Nothing } from './field-value.tsx';

/** Links to the records that a relation leads to. */
export function RecordLinks({ links, target }: { links: readonly RecordLink[]; target: EntityRef }) {
  if (links.length === 0) return <Nothing />;
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      {links.map(({ id, label }) => (
        <Link
          key={id}
          to={recordPath(target, id)}
          className="max-w-full truncate text-link underline underline-offset-2 hover:no-underline"
        >
          {label}
        </Link>
      ))}
    </span>
  );
}
