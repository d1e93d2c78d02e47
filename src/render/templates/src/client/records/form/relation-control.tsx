import { Link } from 'react-router';
import { messageOf } from '../../api/problem.ts';
import { type BaseRecord, type ResourceClient, resourceClient } from '../../api/resource-client.ts';
import type { EntityRef } from '../../app/entity-ref.ts';
import { inSentence } from '../../format/words.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { type RecordLink, titleOf } from '../../resources/record.ts';
import type { Relation } from '../../resources/resource.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { FormRow } from './form-row.tsx';
import { RecordCheckboxes } from './record-checkboxes.tsx';
import { RecordCombobox } from './record-combobox.tsx';

interface RelationControlProps {
  relation: Relation;
  chosen: readonly RecordLink[];
  problem: string | undefined;
  onChange: (links: readonly RecordLink[]) => void;
}

/** More than this are not offered as a list but searched for. */
const listable = 30;

/** Chooses the records that a relation leads to: from a list while there are few of them, by searching where there are many. */
export function RelationControl({ relation, chosen, problem, onChange }: RelationControlProps) {
  const { key, label, many, required, target } = relation;
  const { status, data, error, reload } = useQuery(target.api, (signal) => linksFrom(target, '', signal));

  if (status === 'loading') return <Skeleton className="h-16 w-full rounded-lg" />;
  if (status === 'failed') {
    return (
      <div role="alert" className="text-danger text-sm">
        {label}: {messageOf(error)}{' '}
        <button type="button" className="rounded font-semibold underline" onClick={reload}>
          Try again
        </button>
      </div>
    );
  }
  const { links, total } = data;
  if (many && total > 0 && total <= listable) {
    return (
      <RecordCheckboxes
        name={key}
        label={label}
        required={required}
        links={links}
        chosen={chosen}
        problem={problem}
        onChange={onChange}
      />
    );
  }
  return (
    <FormRow name={key} label={label} required={required} problem={problem}>
      {(control) => {
        if (total === 0) return <NothingToChoose target={target} name={key} id={control.id} />;
        if (total > listable) {
          return (
            <RecordCombobox
              control={control}
              many={many}
              chosen={chosen}
              search={async (text, signal) => (await linksFrom(target, text, signal)).links}
              onChange={onChange}
            />
          );
        }
        return (
          <select
            {...control}
            name={key}
            className="field"
            value={chosen[0]?.id ?? ''}
            onChange={(event) => onChange(links.filter(({ id }) => String(id) === event.target.value))}
          >
            <option value="">{required ? 'Choose…' : 'None'}</option>
            {links.map(({ id, label: title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        );
      }}
    </FormRow>
  );
}

async function linksFrom(
  target: EntityRef,
  q: string,
  signal: AbortSignal,
): Promise<{ links: RecordLink[]; total: number }> {
  const client: ResourceClient<BaseRecord, never> = resourceClient(target.api);
  const { items, total } = await client.list({ q, pageSize: listable, sort: target.titleField }, signal);
  return { links: items.map((record) => ({ id: record.id, label: titleOf(record, target) })), total };
}

function NothingToChoose({ target, name, id }: { target: EntityRef; name: string; id: string }) {
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm">
      <select id={id} data-control={name} className="field" disabled>
        <option>No {inSentence(target.pluralLabel)} yet</option>
      </select>
      <Link to={target.paths.create} className="rounded font-semibold text-link underline underline-offset-4">
        New {inSentence(target.label)}
      </Link>
    </div>
  );
}
