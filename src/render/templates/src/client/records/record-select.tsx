import { useState } from 'react';
import { ApiProblem } from '../api/problem.ts';
import { type BaseRecord, type ResourceClient, resourceClient } from '../api/resource-client.ts';
import type { EntityRef } from '../app/entity-ref.ts';
import { useQuery } from '../hooks/use-query.ts';
import { type RecordLink, titleOf } from '../resources/record.ts';
import { RelationControl } from './form/relation-control.tsx';

interface RecordSelectProps {
  /** Whose records there are to choose from: `entities.member`. */
  entity: EntityRef;
  label: string;
  /** The name of the field that it fills in: `memberId`. */
  name: string;
  required?: boolean;
  problem?: string | undefined;
  chosen: RecordLink | undefined;
  onChange: (link: RecordLink | undefined) => void;
}

/**
 * A labelled control that chooses one record: from a list while there are few, by searching where there are many. Loads them by
 * itself, says what fails, and offers to create the first one.
 */
export function RecordSelect({ entity, label, name, required = true, problem, chosen, onChange }: RecordSelectProps) {
  return (
    <RelationControl
      relation={{ key: name, expanded: name, label, many: false, required, param: name, target: entity }}
      chosen={chosen === undefined ? [] : [chosen]}
      problem={problem}
      onChange={([link]) => onChange(link)}
    />
  );
}

/**
 * The record of an entity that was chosen last, on this page or another: who is using the application, for one. Remembered until the tab
 * is closed, or the record is deleted.
 */
export function useChosenRecord(
  entity: EntityRef,
): [chosen: RecordLink | undefined, choose: (link: RecordLink | undefined) => void] {
  const key = `chosen:${entity.api}`;
  const [remembered, setRemembered] = useState(() => recall(key));
  const [chosen, setChosen] = useState<RecordLink>();
  const client: ResourceClient<BaseRecord, never> = resourceClient(entity.api);
  // It may have been renamed or deleted since.
  const current = useQuery(`${key} ${remembered?.id}`, async (signal) =>
    remembered === undefined ? undefined : await client.get(remembered.id, signal),
  );
  const choose = (link: RecordLink | undefined): void => {
    setRemembered(undefined);
    setChosen(link);
    remember(key, link);
  };
  if (remembered === undefined) return [chosen, choose];
  if (current.data !== undefined) return [{ id: remembered.id, label: titleOf(current.data, entity) }, choose];
  const isGone = current.error instanceof ApiProblem && current.error.isNotFound;
  return [isGone ? undefined : remembered, choose];
}

/** A browser may refuse to store anything: then it is remembered on this page alone. */
function remember(key: string, link: RecordLink | undefined): void {
  try {
    if (link === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify({ id: link.id, label: link.label }));
  } catch {}
}

function recall(key: string): RecordLink | undefined {
  try {
    const link: unknown = JSON.parse(sessionStorage.getItem(key) ?? 'null');
    if (typeof link !== 'object' || link === null) return undefined;
    const id: unknown = Reflect.get(link, 'id');
    const label: unknown = Reflect.get(link, 'label');
    return typeof id === 'number' && typeof label === 'string' ? { id, label } : undefined;
  } catch {
    return undefined;
  }
}
