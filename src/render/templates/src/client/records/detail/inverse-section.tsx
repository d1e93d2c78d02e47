import { useId } from 'react';
import { Link, useLocation } from 'react-router';
import { messageOf } from '../../api/problem.ts';
import { type BaseRecord, resourceClient } from '../../api/resource-client.ts';
import { formatMoment } from '../../format/dates.ts';
import { inSentence } from '../../format/words.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { recordPath, summaryOf, titleOf } from '../../resources/record.ts';
import type { Inverse } from '../../resources/resource.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';

interface InverseSectionProps {
  inverse: Inverse;
  owner: BaseRecord;
}

/** How many of the newest records are shown; all of them are one click away. */
const shown = 5;

/** The records of another entity that link to this one, with a way to add one that does. */
export function InverseSection({ inverse: { label, source, key, param, single }, owner }: InverseSectionProps) {
  const titleId = useId();
  const { pathname } = useLocation();
  const filters = { [param]: String(owner.id) };
  const { status, data, error, reload } = useQuery(`${source.api} ${param} ${owner.id}`, (signal) =>
    resourceClient<BaseRecord, never>(source.api).list({ pageSize: shown, sort: '-createdAt', filters }, signal),
  );
  const canAdd = !single || data?.total === 0;
  return (
    <section aria-labelledby={titleId} className="mt-10">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id={titleId} className="font-semibold text-xl tracking-tight">
          {label}
          {data && !single && <span className="ml-2 font-normal text-base text-muted tabular-nums">{data.total}</span>}
        </h2>
        {canAdd && (
          <ButtonLink icon="plus" to={`${source.paths.create}?${key}=${owner.id}`} state={{ returnTo: pathname }}>
            Add {inSentence(source.label)}
          </ButtonLink>
        )}
      </div>
      <div className="mt-4">
        {status === 'loading' && (
          <div className="space-y-3">
            <Loading />
            <Skeleton className="h-12 w-full rounded-xl" />
          </div>
        )}
        {status === 'failed' && (
          <div role="alert" className="flex flex-wrap items-center gap-3 text-muted">
            <p>{messageOf(error)}</p>
            <Button onClick={reload}>Try again</Button>
          </div>
        )}
        {data?.total === 0 && <p className="text-muted">None yet.</p>}
        {data && data.total > 0 && (
          <ul className="divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface">
            {data.items.map((record) => (
              <li key={record.id}>
                <Link
                  to={recordPath(source, record.id)}
                  className="flex items-center gap-4 px-5 py-3.5 -outline-offset-2 hover:bg-subtle"
                >
                  <span className="min-w-0 flex-1">
                    <span className="line-clamp-2 font-medium">{titleOf(record, source)}</span>
                    <span className="line-clamp-2 text-muted text-sm">{summaryOf(record, source)}</span>
                  </span>
                  <time dateTime={record.createdAt} className="shrink-0 text-muted text-sm">
                    {formatMoment(record.createdAt)}
                  </time>
                  <Icon name="chevronRight" className="size-4 text-muted" />
                </Link>
              </li>
            ))}
          </ul>
        )}
        {data && data.total > shown && (
          <Link
            to={`${source.paths.list}?${param}=${owner.id}`}
            className="mt-3 inline-flex items-center gap-1.5 rounded font-semibold text-link text-sm underline-offset-4 hover:underline"
          >
            Show all {data.total}
            <Icon name="arrowRight" className="size-4" />
          </Link>
        )}
      </div>
    </section>
  );
}
