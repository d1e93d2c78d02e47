import type { ReactNode } from 'react';
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

/** What else there is about each record of a list. */
export interface RecordExtras<T extends BaseRecord> {
  /** Beside its title. */
  badge?: (record: T) => ReactNode;
  /** What most people do with it, below its title. */
  action?: (record: T) => ReactNode;
  /** In the last column, for those who work on many records. */
  rowAction?: (record: T) => ReactNode;
}

interface RecordTableProps<T extends BaseRecord> extends RecordExtras<T> {
  resource: Resource<T>;
  columns: readonly Column[];
  records: readonly T[];
  /** The field that orders the list; with `-` in front: descending. */
  sort: string;
  onSort: (sort: string) => void;
}

/** A table; on a narrow screen, where columns have no room, the same table as a list of cards. */
export function RecordTable<T extends BaseRecord>(props: RecordTableProps<T>) {
  const { resource, columns, records, sort, onSort, badge, action, rowAction } = props;
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
            {rowAction && (
              <th scope="col">
                <span className="sr-only">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id} className="relative">
              <th scope="row" className="font-semibold">
                <TitleCell resource={resource} record={record}>
                  {badge?.(record)}
                </TitleCell>
                {/* Above the link of the title, which covers the whole row. */}
                {action && <div className="relative z-10 mt-2 w-fit font-normal">{action(record)}</div>}
              </th>
              {columns.map((column) => (
                <td key={column.name} data-label={column.label} className={isOnTheRight(column) ? 'md:text-right' : ''}>
                  <Cell column={column} record={record} />
                </td>
              ))}
              {rowAction && (
                <td className="relative z-10" data-label="Actions">
                  {rowAction(record)}
                </td>
              )}
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

interface TitleCellProps {
  resource: Pick<Resource, 'entity' | 'fields'>;
  record: BaseRecord;
  children: ReactNode;
}

function TitleCell({ resource: { entity, fields }, record, children }: TitleCellProps) {
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
      {children}
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
