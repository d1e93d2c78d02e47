import { ButtonLink } from '../ui/button.tsx';
import { Message } from '../ui/message.tsx';
import { PageTitle } from './page-title.tsx';

export function NotFoundScreen() {
  return (
    <div className="container py-16">
      <PageTitle>Page not found</PageTitle>
      <h1 className="sr-only">Page not found</h1>
      <Message
        icon="search"
        title="There is nothing at this address"
        actions={
          <ButtonLink look="primary" to="/">
            Go to the home page
          </ButtonLink>
        }
      >
        The page may have moved, or the link may be wrong.
      </Message>
    </div>
  );
}
