import { Link } from 'react-router';
import type { BaseRecord } from '../../api/resource-client.ts';
import { formatMoment } from '../../format/dates.ts';
import { fieldValue, linksOf, recordPath, titleOf } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';
import { Icon } from '../../ui/icons.tsx';
import { FieldValue } from '../field-value.tsx';
import { Picture } from '../picture.tsx';
import { RecordLinks } from '../record-links.tsx';
import { type Column, titleLabel } from './columns.ts';

interface RecordTableProps {
  resource: Resource;
  columns: readonly Column[];
  records: readonly BaseRecord[];
  /** The field that orders the list; with `-` in front: descending. */
  sort: string;
  onSort: (sort: string) => void;
}

/** A table; on a narrow screen, where columns have no room, the same table as a list of cards. */
export function RecordTable({ resource, columns, records, sort, onSort }: RecordTableProps) {
  const { entity, sortable } = resource;
  const header = (name: string, label: string, className = '') => (
    <HeaderCell
      key={name}
      name={name}
      label={label}
      className={className}
      sort={sort}
      onSort={sortable.includes(name) ? onSort : undefined}
    />
  );
  return (
    <div className="md:overflow-x-auto md:rounded-2xl md:border md:border-line md:bg-surface md:shadow-soft">
      <table className="record-table w-full text-left text-sm">
        <caption className="sr-only">{entity.pluralLabel}</caption>
        <thead className="border-line border-b bg-subtle text-muted">
          <tr>
            {header(entity.titleField, titleLabel(resource))}
            {columns.map((column) => header(column.name, column.label, isOnTheRight(column) ? 'text-right' : ''))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id} className="relative">
              <th scope="row" className="font-semibold">
                <TitleCell resource={resource} record={record} />
              </th>
              {columns.map((column) => (
                <td key={column.name} data-label={column.label} className={isOnTheRight(column) ? 'md:text-right' : ''}>
                  <Cell column={column} record={record} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isOnTheRight(column: Column): boolean {
  return column.kind === 'field' && column.field.kind.column === 'right';
}

function TitleCell({ resource: { entity, fields }, record }: { resource: Resource; record: BaseRecord }) {
  const image = fields.find(({ kind }) => kind.isPicture);
  const address = image ? fieldValue(record, image.name) : undefined;
  return (
    <span className="flex items-center gap-3">
      {typeof address === 'string' && address !== '' && <Picture address={address} className="size-10 rounded-lg" />}
      <Link
        to={recordPath(entity, record.id)}
        className="line-clamp-2 rounded underline-offset-4 after:absolute after:inset-0 hover:underline"
      >
        {titleOf(record, entity)}
      </Link>
    </span>
  );
}

function Cell({ column, record }: { column: Column; record: BaseRecord }) {
  switch (column.kind) {
    case 'field':
      return <FieldValue field={column.field} value={fieldValue(record, column.name)} brief />;
    case 'relation':
      return <RecordLinks links={linksOf(record, column.relation)} target={column.relation.target} />;
    case 'created':
      return (
        <time className="text-muted" dateTime={record.createdAt}>
          {formatMoment(record.createdAt)}
        </time>
      );
  }
}

interface HeaderCellProps {
  name: string;
  label: string;
  className: string;
  sort: string;
  onSort: ((sort: string) => void) | undefined;
}

function HeaderCell({ name, label, className, sort, onSort }: HeaderCellProps) {
  if (!onSort) {
    return (
      <th scope="col" className={className}>
        {label}
      </th>
    );
  }
  const isAscending = sort === name;
  const isDescending = sort === `-${name}`;
  return (
    <th scope="col" className={className} aria-sort={isAscending ? 'ascending' : isDescending ? 'descending' : 'none'}>
      <button
        type="button"
        className="inline-flex items-center gap-1 rounded font-semibold hover:text-ink"
        onClick={() => onSort(isAscending ? `-${name}` : name)}
      >
        {label}
        <Icon
          name={isAscending ? 'arrowUp' : isDescending ? 'arrowDown' : 'sort'}
          className={`size-3.5 ${isAscending || isDescending ? 'text-link' : ''}`}
        />
      </button>
    </th>
  );
}
