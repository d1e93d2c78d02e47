import type { ReactNode } from 'react';
import { messageOf } from '../../api/problem.ts';
import type { BaseRecord } from '../../api/resource-client.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { counted, inSentence } from '../../format/words.ts';
import { useQuery } from '../../hooks/use-query.ts';
import type { Resource } from '../../resources/resource.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { FailureMessage, Message } from '../../ui/message.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { columnsOf, titleLabel } from './columns.ts';
import { ListFilters } from './list-filters.tsx';
import { useListLocation } from './list-location.ts';
import { Paging } from './paging.tsx';
import { type RecordExtras, RecordTable } from './record-table.tsx';
import { SearchBox } from './search-box.tsx';
import { SortSelect } from './sort-select.tsx';

interface ListScreenProps<T extends BaseRecord> extends RecordExtras<T> {
  resource: Resource<T>;
  /** What else stands beside “New …”. */
  toolbar?: ReactNode;
}

/** The records of one entity: searched, filtered, sorted and page by page. */
export function ListScreen<T extends BaseRecord>({ resource, toolbar, ...extras }: ListScreenProps<T>) {
  const { entity, client, searchable, sortable } = resource;
  const columns = columnsOf(resource);
  const location = useListLocation(resource);
  const { query, isNarrowed, change, clear } = location;
  const records = useQuery(JSON.stringify([entity.api, query]), (signal) => client.list(query, signal), {
    keepPrevious: true,
  });
  const isEmpty = records.status === 'ready' && records.data.items.length === 0;
  const plural = inSentence(entity.pluralLabel);

  return (
    <div className="container py-10">
      <PageTitle>{entity.pluralLabel}</PageTitle>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div className="max-w-2xl">
          <h1 className="font-bold text-3xl tracking-tight">{entity.pluralLabel}</h1>
          {entity.description && <p className="mt-1 text-muted">{entity.description}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          {toolbar}
          <ButtonLink look="primary" icon="plus" to={entity.paths.create}>
            New {inSentence(entity.label)}
          </ButtonLink>
        </div>
      </div>

      <section className="mt-8 flex flex-wrap items-end gap-3" aria-label={`Search and filter ${plural}`}>
        {searchable && (
          <SearchBox label={`Search ${plural}`} value={query.q} onSearch={(q) => change({ q }, { replace: true })} />
        )}
        <ListFilters
          resource={resource}
          values={query.filters}
          onChange={(param, value) => change({ [param]: value })}
        />
        <SortSelect
          columns={[{ name: entity.titleField, label: titleLabel(resource) }, ...columns].filter(({ name }) =>
            sortable.includes(name),
          )}
          sort={query.sort}
          onSort={(sort) => change({ sort })}
        />
        {isNarrowed && (
          <Button look="quiet" icon="close" onClick={clear}>
            Clear
          </Button>
        )}
      </section>

      <p role="status" className="mt-4 min-h-5 text-muted text-sm">
        {records.status === 'ready' &&
          !isEmpty &&
          `${counted(records.data.total, entity)}${isNarrowed ? ' found' : ''}`}
      </p>

      <div
        className={`mt-3 motion-safe:transition-opacity ${records.stale ? 'opacity-60' : ''}`}
        aria-busy={records.stale === true}
      >
        {records.status === 'loading' && <ListSkeleton />}
        {records.status === 'failed' && (
          <FailureMessage
            title={`The ${plural} could not be loaded`}
            detail={messageOf(records.error)}
            onRetry={records.reload}
          />
        )}
        {isEmpty &&
          (isNarrowed || query.page > 1 ? (
            <NothingFound plural={plural} onClear={clear} />
          ) : (
            <NothingYet resource={resource} />
          ))}
        {records.status === 'ready' && !isEmpty && (
          <>
            <RecordTable
              resource={resource}
              columns={columns}
              records={records.data.items}
              sort={query.sort}
              onSort={(sort) => change({ sort })}
              {...extras}
            />
            <Paging
              page={records.data.page}
              pages={Math.max(1, Math.ceil(records.data.total / records.data.pageSize))}
              onPage={(page) => change({ page: page === 1 ? undefined : String(page) })}
            />
          </>
        )}
      </div>
    </div>
  );
}

function NothingYet({ resource: { entity } }: { resource: Resource }) {
  return (
    <Message
      icon="inbox"
      title={`No ${inSentence(entity.pluralLabel)} yet`}
      actions={
        <ButtonLink look="primary" icon="plus" to={entity.paths.create}>
          Create the first {inSentence(entity.label)}
        </ButtonLink>
      }
    >
      What you add will be listed here.
    </Message>
  );
}

function NothingFound({ plural, onClear }: { plural: string; onClear: () => void }) {
  return (
    <Message icon="search" title={`No ${plural} found`} actions={<Button onClick={onClear}>Show all {plural}</Button>}>
      Nothing matches this search. Try other words or fewer filters.
    </Message>
  );
}

function ListSkeleton() {
  return (
    <div className="divide-y divide-line rounded-2xl border border-line bg-surface">
      <Loading />
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="flex items-center gap-6 p-4">
          <Skeleton className="h-4 w-1/3" />
          <Skeleton className="h-4 w-1/5" />
          <Skeleton className="ml-auto h-4 w-24" />
        </div>
      ))}
    </div>
  );
}
