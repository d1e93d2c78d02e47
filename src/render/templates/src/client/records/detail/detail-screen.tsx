import type { ReactNode } from 'react';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import type { BaseRecord } from '../../api/resource-client.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { formatMoment } from '../../format/dates.ts';
import { inSentence } from '../../format/words.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { editPath, titleOf } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { ButtonLink } from '../../ui/button.tsx';
import { FailureMessage } from '../../ui/message.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useRecordId } from '../record-id.ts';
import { RecordMissing } from '../record-missing.tsx';
import { DeleteButton } from './delete-button.tsx';
import { InverseSection } from './inverse-section.tsx';
import { RecordFields } from './record-fields.tsx';

interface DetailScreenProps<T extends BaseRecord> {
  resource: Resource<T>;
  /** What else there is below the fields of a record. */
  after?: ((record: T) => ReactNode) | undefined;
}

/** One record: all its fields, what it links to and what links to it. */
export function DetailScreen<T extends BaseRecord>({ resource, after }: DetailScreenProps<T>) {
  const id = useRecordId();
  if (id === undefined) return <RecordMissing entity={resource.entity} />;
  return <Detail key={id} id={id} resource={resource} after={after} />;
}

function Detail<T extends BaseRecord>({ id, resource, after }: DetailScreenProps<T> & { id: number }) {
  const { entity, client } = resource;
  const { status, data, error, reload } = useQuery(`${entity.api}/${id}`, (signal) => client.get(id, signal));

  if (status === 'ready') return <Loaded record={data} resource={resource} after={after} />;
  if (error instanceof ApiProblem && error.isNotFound) return <RecordMissing entity={entity} />;
  return (
    <div className="container py-10">
      <PageTitle>{entity.label}</PageTitle>
      <h1 className="sr-only">{entity.label}</h1>
      {status === 'loading' ? (
        <DetailSkeleton />
      ) : (
        <FailureMessage
          title={`This ${inSentence(entity.label)} could not be loaded`}
          detail={messageOf(error)}
          onRetry={reload}
        />
      )}
    </div>
  );
}

function Loaded<T extends BaseRecord>({ record, resource, after }: DetailScreenProps<T> & { record: T }) {
  const { entity, inverses } = resource;
  const title = titleOf(record, entity);
  return (
    <div className="container py-10">
      <PageTitle>{title}</PageTitle>
      <Breadcrumbs crumbs={[{ label: entity.pluralLabel, to: entity.paths.list }, { label: title }]} />
      <div className="flex flex-wrap items-start justify-between gap-4">
        <h1 className="min-w-0 max-w-3xl break-words font-bold text-3xl tracking-tight sm:text-4xl">{title}</h1>
        <div className="flex gap-3">
          <ButtonLink icon="pencil" to={editPath(entity, record.id)}>
            Edit
          </ButtonLink>
          <DeleteButton record={record} resource={resource} />
        </div>
      </div>

      <RecordFields record={record} resource={resource} />

      <p className="mt-4 text-muted text-sm">
        Created <time dateTime={record.createdAt}>{formatMoment(record.createdAt)}</time>
        {record.updatedAt !== record.createdAt && (
          <>
            {' · '}Updated <time dateTime={record.updatedAt}>{formatMoment(record.updatedAt)}</time>
          </>
        )}
      </p>

      {after?.(record)}

      {inverses.map((inverse) => (
        <InverseSection key={`${inverse.source.api} ${inverse.param}`} inverse={inverse} owner={record} />
      ))}
    </div>
  );
}

function DetailSkeleton() {
  return (
    <div className="space-y-5">
      <Loading />
      <Skeleton className="h-4 w-32" />
      <Skeleton className="h-9 w-2/3" />
      <Skeleton className="h-64 w-full rounded-2xl" />
    </div>
  );
}
