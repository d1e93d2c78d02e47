import type { EntitySummary } from '../app/entity-ref.ts';
import { EntityCard } from './entity-card.tsx';

/** A card for each kind of record. */
export function EntitiesSection({ entities }: { entities: readonly EntitySummary[] }) {
  // Rows of three look unfinished with one card in the last.
  const columns = [1, 2, 4].includes(entities.length) ? '' : 'lg:grid-cols-3';
  return (
    <section aria-labelledby="entities-title" className="container py-12">
      <h2 id="entities-title" className="font-bold text-2xl tracking-tight">
        At a glance
      </h2>
      <ul className={`mt-6 grid gap-6 sm:grid-cols-2 ${columns}`}>
        {entities.map((entity) => (
          <EntityCard key={entity.api} entity={entity} />
        ))}
      </ul>
    </section>
  );
}
