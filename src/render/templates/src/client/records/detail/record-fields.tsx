import type { ReactNode } from 'react';
import type { BaseRecord } from '../../api/resource-client.ts';
import { fieldValue, linksOf } from '../../resources/record.ts';
import type { Resource } from '../../resources/resource.ts';
import { FieldValue } from '../field-value.tsx';
import { Picture } from '../picture.tsx';
import { RecordLinks } from '../record-links.tsx';

/** The fields of a record: pictures first, then what is short side by side, long texts over the full width. */
export function RecordFields({
  record,
  resource: { entity, fields, relations },
}: {
  record: BaseRecord;
  resource: Resource;
}) {
  const rest = fields.filter(({ name, kind }) => name !== entity.titleField && !kind.isPicture);
  const pictures = fields.flatMap((field) => {
    const address = field.kind.isPicture ? fieldValue(record, field.name) : undefined;
    return typeof address === 'string' && address !== '' ? [{ ...field, address }] : [];
  });
  const isEmpty = rest.length === 0 && relations.length === 0 && pictures.length === 0;
  if (isEmpty) return null;
  return (
    <div className="mt-8 overflow-hidden rounded-2xl border border-line bg-surface shadow-soft">
      <div aria-hidden="true" className="h-1.5 bg-accent" />
      {pictures.map(({ name, label, address }) => (
        <Picture key={name} address={address} alt={label} className="max-h-96 min-h-40 w-full border-line border-b" />
      ))}
      <dl className="grid gap-x-8 gap-y-6 p-6 sm:grid-cols-2 lg:grid-cols-3">
        {rest.map((field) => (
          <Item key={field.name} label={field.label} wide={field.kind.wide === true}>
            <FieldValue field={field} value={fieldValue(record, field.name)} />
          </Item>
        ))}
        {relations.map((relation) => (
          <Item key={relation.key} label={relation.label}>
            <RecordLinks links={linksOf(record, relation)} target={relation.target} />
          </Item>
        ))}
      </dl>
    </div>
  );
}

function Item({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={`min-w-0 ${wide ? 'sm:col-span-full' : ''}`}>
      <dt className="font-medium text-muted text-sm">{label}</dt>
      <dd className={`mt-1 break-words ${wide ? 'max-w-prose leading-relaxed' : ''}`}>{children}</dd>
    </div>
  );
}
