import { useId } from 'react';
import { type BaseRecord, resourceClient } from '../../api/resource-client.ts';
import type { Option } from '../../fields/field-kind.ts';
import { useQuery } from '../../hooks/use-query.ts';
import { titleOf } from '../../resources/record.ts';
import type { Relation, Resource } from '../../resources/resource.ts';

interface ListFiltersProps {
  resource: Resource;
  values: Readonly<Record<string, string>>;
  onChange: (param: string, value: string) => void;
}

/** The records that a filter offers, at most; more would be no choice but a search. */
const choices = 100;

/** A choice for each field with few values and for each relation. */
export function ListFilters({ resource, values, onChange }: ListFiltersProps) {
  const fields = resource.fields.flatMap((field) => {
    const param = resource.filters[field.name];
    return param === undefined ? [] : [{ ...field, param }];
  });
  return (
    <>
      {fields.map(({ name, param, label, kind }) => (
        <Filter
          key={name}
          label={label}
          options={kind.choices ?? []}
          value={values[param] ?? ''}
          onChange={(value) => onChange(param, value)}
        />
      ))}
      {resource.relations.map((relation) => (
        <RelationFilter
          key={relation.key}
          relation={relation}
          value={values[relation.param] ?? ''}
          onChange={(value) => onChange(relation.param, value)}
        />
      ))}
    </>
  );
}

interface FilterProps {
  label: string;
  options: readonly Option[];
  value: string;
  onChange: (value: string) => void;
}

function Filter({ label, options, value, onChange }: FilterProps) {
  const id = useId();
  return (
    <div className="min-w-36 max-w-56 flex-1 sm:flex-none">
      <label htmlFor={id} className="mb-1 block truncate font-medium text-muted text-xs">
        {label}
      </label>
      <select id={id} className="field" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">All</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function RelationFilter({
  relation,
  value,
  onChange,
}: { relation: Relation } & Omit<FilterProps, 'label' | 'options'>) {
  const { target, label } = relation;
  const { data } = useQuery(target.api, (signal) =>
    resourceClient<BaseRecord, never>(target.api).list({ pageSize: choices, sort: target.titleField }, signal),
  );
  const options = (data?.items ?? []).map((record) => ({ value: String(record.id), label: titleOf(record, target) }));
  const known = value === '' || options.some((option) => option.value === value);
  return (
    <Filter
      label={label}
      options={known ? options : [{ value, label: `${target.label} ${value}` }, ...options]}
      value={value}
      onChange={onChange}
    />
  );
}
