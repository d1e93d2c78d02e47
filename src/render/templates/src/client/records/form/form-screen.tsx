import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { ApiProblem, messageOf } from '../../api/problem.ts';
import { type BaseRecord, resourceClient } from '../../api/resource-client.ts';
import { PageTitle } from '../../app/page-title.tsx';
import { inSentence } from '../../format/words.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { type RecordLink, recordPath, titleOf } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { FailureMessage } from '../../ui/message.tsx';
import { Loading, Skeleton } from '../../ui/skeleton.tsx';
import { useRecordId } from '../record-id.ts';
import { RecordMissing } from '../record-missing.tsx';
import { initialValues } from './form-values.ts';
import { RecordForm } from './record-form.tsx';

interface FormScreenProps<T extends BaseRecord> {
  resource: Resource<T>;
  /** Whether the address names a record to change; otherwise the form makes a new one. */
  edits: boolean;
  /** What else there is below the fields; the record is undefined while it is new. */
  section?: (record: T | undefined) => ReactNode;
}

/** Creates a record or changes one. */
export function FormScreen<T extends BaseRecord>({ resource, edits, section }: FormScreenProps<T>) {
  const id = useRecordId();
  const [params] = useSearchParams();
  const { entity, client } = resource;
  const name = inSentence(entity.label);
  const start = useQuery(`${entity.api} ${id ?? 'new'}`, async (signal) => {
    const record = id === undefined ? undefined : await client.get(id, signal);
    return { record, prefilled: record ? {} : await prefill(resource, params, signal) };
  });

  const isMissing = (edits && id === undefined) || (start.error instanceof ApiProblem && start.error.isNotFound);
  if (isMissing) return <RecordMissing entity={entity} />;

  const record = start.data?.record;
  const heading = edits ? `Edit ${name}` : `New ${name}`;
  const crumbs = [{ label: entity.pluralLabel, to: entity.paths.list }];
  if (record) crumbs.push({ label: titleOf(record, entity), to: recordPath(entity, record.id) });
  return (
    <div className="container max-w-3xl py-10">
      <PageTitle>{heading}</PageTitle>
      <Breadcrumbs crumbs={[...crumbs, { label: heading }]} />
      <h1 className="font-bold text-3xl tracking-tight">{heading}</h1>
      <div className="mt-8">
        {start.status === 'loading' && <FormSkeleton rows={resource.fields.length} />}
        {start.status === 'failed' && (
          <FailureMessage title="The form could not be loaded" detail={messageOf(start.error)} onRetry={start.reload} />
        )}
        {start.status === 'ready' && (
          <RecordForm
            resource={resource}
            record={record}
            initial={initialValues(resource, record, start.data.prefilled)}
          >
            {section?.(record)}
          </RecordForm>
        )}
      </div>
    </div>
  );
}

/** The records that the address says a new one shall link to: `?postId=3`. One that is gone is left out. */
async function prefill(
  { relations }: Resource,
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<Record<string, RecordLink[]>> {
  const links: Record<string, RecordLink[]> = {};
  for (const { key, target } of relations) {
    const id = Number(params.get(key) ?? Number.NaN);
    if (!Number.isInteger(id) || id < 1) continue;
    try {
      const record = await resourceClient<BaseRecord, never>(target.api).get(id, signal);
      links[key] = [{ id, label: titleOf(record, target) }];
    } catch (error) {
      if (!(error instanceof ApiProblem && error.isNotFound)) throw error;
    }
  }
  return links;
}

const skeletonRows = ['a', 'b', 'c', 'd', 'e', 'f'];

function FormSkeleton({ rows }: { rows: number }) {
  return (
    <div className="space-y-6">
      <Loading />
      {skeletonRows.slice(0, rows).map((row) => (
        <div key={row} className="space-y-2">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-10 w-full rounded-lg" />
        </div>
      ))}
    </div>
  );
}
