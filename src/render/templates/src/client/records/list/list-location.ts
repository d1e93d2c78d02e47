import { useSearchParams } from 'react-router';
import type { ListQuery } from '../../api/resource-client.ts';
import type { Resource } from '../../resources/resource.ts';

export const pageSize = 20;

/** What the address of a list says: the page, the order, the search and the filters. */
export interface ListLocation {
  query: ListQuery & { page: number; sort: string; q: string; filters: Record<string, string> };
  /** Whether a search or a filter narrows the list. */
  isNarrowed: boolean;
  /** Changes the address; what is undefined or empty goes. Back to page 1 unless the page itself changes. */
  change: (changes: Readonly<Record<string, string | undefined>>, options?: { replace?: boolean }) => void;
  /** Forgets search and filters. */
  clear: () => void;
}

/** The state of a list lives in the address, so that it can be shared, bookmarked and gone back to. */
export function useListLocation({ relations, sortable, filters: fieldFilters }: Resource): ListLocation {
  const [params, setParams] = useSearchParams();
  const names = [...Object.values(fieldFilters), ...relations.map(({ param }) => param)];
  const filters: Record<string, string> = {};
  for (const name of names) {
    const value = params.get(name);
    if (value) filters[name] = value;
  }
  const q = params.get('q') ?? '';
  const sort = params.get('sort') ?? '';
  return {
    query: {
      page: Math.max(1, Number.parseInt(params.get('page') ?? '1', 10) || 1),
      pageSize,
      sort: sortable.includes(sort.replace(/^-/, '')) ? sort : '-createdAt',
      q,
      filters,
    },
    isNarrowed: q !== '' || Object.keys(filters).length > 0,
    change: (changes, options) =>
      setParams(
        (previous) => {
          const next = new URLSearchParams(previous);
          if (!('page' in changes)) next.delete('page');
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { ...options, preventScrollReset: !('page' in changes) },
      ),
    clear: () => {
      setParams(sort === '' ? {} : { sort });
    },
  };
}
