import type { EntityRef } from '../app/entity-ref.ts';
import { PageTitle } from '../app/page-title.tsx';
import { inSentence } from '../format/words.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Message } from '../ui/message.tsx';

/** Stands in place of a record that never existed or no longer exists. */
export function RecordMissing({ entity }: { entity: EntityRef }) {
  const title = `${entity.label} not found`;
  return (
    <div className="container py-16">
      <PageTitle>{title}</PageTitle>
      <h1 className="sr-only">{title}</h1>
      <Message
        icon="search"
        title={`This ${inSentence(entity.label)} does not exist`}
        actions={
          <ButtonLink look="primary" to={entity.paths.list}>
            All {inSentence(entity.pluralLabel)}
          </ButtonLink>
        }
      >
        It may have been deleted, or the link may be wrong.
      </Message>
    </div>
  );
}
