import { Link } from 'react-router';
import { type BaseRecord, resourceClient } from '../api/resource-client.ts';
import type { EntitySummary } from '../app/entity-ref.ts';
import { inSentence } from '../format/words.ts';
import { useQuery } from '../hooks/use-query.ts';
import { recordPath, titleOf } from '../resources/record.ts';
import { Icon } from '../ui/icons.tsx';
import { Loading, Skeleton } from '../ui/skeleton.tsx';

/** How many of the newest records a card shows. */
const latest = 3;

/** The way into one entity: how many records there are, the newest of them, and a way to add one. */
export function EntityCard({ entity }: { entity: EntitySummary }) {
  const { api, paths, label, pluralLabel, description } = entity;
  const { status, data, reload } = useQuery(api, (signal) =>
    resourceClient<BaseRecord, never>(api).list({ page: 1, pageSize: latest, sort: '-createdAt' }, signal),
  );
  return (
    <li className="flex flex-col overflow-hidden rounded-2xl border border-line bg-surface shadow-soft">
      <div aria-hidden="true" className="h-1.5 bg-accent" />
      <div className="flex flex-1 flex-col p-6">
        <div className="flex items-start justify-between gap-4">
          <h3 className="min-w-0 break-words font-semibold text-lg">
            <Link to={paths.list} className="rounded underline-offset-4 hover:underline">
              {pluralLabel}
            </Link>
          </h3>
          {status === 'ready' && (
            <p className="font-bold text-3xl text-link tabular-nums leading-none">
              {data.total.toLocaleString()}
              <span className="sr-only"> in all</span>
            </p>
          )}
        </div>
        {description && <p className="mt-1 line-clamp-2 text-muted text-sm">{description}</p>}
        <div className="mt-4 flex-1">
          {status === 'loading' && <CardSkeleton />}
          {status === 'failed' && (
            <p role="alert" className="text-muted text-sm">
              Could not be loaded.{' '}
              <button type="button" className="rounded font-semibold text-link underline" onClick={reload}>
                Try again
              </button>
            </p>
          )}
          {status === 'ready' && data.items.length === 0 && (
            <p className="text-muted text-sm">No {inSentence(pluralLabel)} yet.</p>
          )}
          {status === 'ready' && (
            <ul className="-mx-2">
              {data.items.map((record) => (
                <li key={record.id}>
                  <Link
                    to={recordPath(entity, record.id)}
                    className="flex items-center justify-between gap-2 rounded-lg px-2 py-1.5 text-sm hover:bg-subtle"
                  >
                    <span className="truncate">{titleOf(record, entity)}</span>
                    <Icon name="chevronRight" className="size-4 text-muted" />
                  </Link>
                </li>
              ))}
            </ul>
          )}
        </div>
        <Link
          to={paths.create}
          className="mt-4 inline-flex max-w-full items-center gap-1.5 self-start rounded font-semibold text-link text-sm underline-offset-4 hover:underline"
        >
          <Icon name="plus" className="size-4" />
          New {inSentence(label)}
        </Link>
      </div>
    </li>
  );
}

function CardSkeleton() {
  return (
    <div className="space-y-3 py-1">
      <Loading />
      <Skeleton className="h-4 w-4/5" />
      <Skeleton className="h-4 w-3/5" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  );
}
