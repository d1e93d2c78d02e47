import { useRouteError } from 'react-router';
import { FailureMessage } from '../ui/message.tsx';
import { PageTitle } from './page-title.tsx';

/** Stands in for a screen that failed. A chunk that a new release has replaced is the likeliest cause: reloading helps. */
export function ErrorScreen() {
  const error = useRouteError();
  const detail = error instanceof Error ? error.message : 'The cause is not known.';
  return (
    <div className="container py-16">
      <PageTitle>Something went wrong</PageTitle>
      <h1 className="sr-only">Something went wrong</h1>
      <FailureMessage title="This page could not be shown" detail={detail} onRetry={() => window.location.reload()} />
    </div>
  );
}
