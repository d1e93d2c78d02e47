import { PageTitle } from '../app/page-title.tsx';
import { useProject } from '../app/project.tsx';
import { AbilitiesSection } from './abilities-section.tsx';
import { EntityCard } from './entity-card.tsx';
import { Hero } from './hero.tsx';
import { PagesSection } from './pages-section.tsx';

/** What this application is about, and the way into each part of it. */
export function HomeScreen() {
  const { entities, pages, abilities } = useProject();
  return (
    <>
      <PageTitle />
      <Hero />
      {entities.length > 0 && (
        <section aria-labelledby="entities-title" className="container py-12">
          <h2 id="entities-title" className="font-bold text-2xl tracking-tight">
            At a glance
          </h2>
          <ul
            className={`mt-6 grid gap-6 sm:grid-cols-2 ${[1, 2, 4].includes(entities.length) ? '' : 'lg:grid-cols-3'}`}
          >
            {entities.map((entity) => (
              <EntityCard key={entity.api} entity={entity} />
            ))}
          </ul>
        </section>
      )}
      {pages.length > 0 && <PagesSection pages={pages} inFull={entities.length === 0} />}
      {abilities.length > 0 && <AbilitiesSection abilities={abilities} />}
    </>
  );
}
