import { useParams } from 'react-router';

/** The id in the address, or nothing where it is none: `/posts/first`. */
export function useRecordId(): number | undefined {
  const { id } = useParams();
  return id !== undefined && /^[1-9]\d{0,9}$/.test(id) ? Number(id) : undefined;
}
