import { Button } from '../../ui/button.tsx';

interface PagingProps {
  page: number;
  pages: number;
  onPage: (page: number) => void;
}

export function Paging({ page, pages, onPage }: PagingProps) {
  if (pages === 1) return null;
  return (
    <nav aria-label="Pages" className="mt-6 flex items-center justify-between gap-4">
      <Button icon="chevronLeft" disabled={page <= 1} onClick={() => onPage(page - 1)}>
        Previous
      </Button>
      <p className="text-muted text-sm">
        Page {page} of {pages}
      </p>
      <Button disabled={page >= pages} onClick={() => onPage(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
