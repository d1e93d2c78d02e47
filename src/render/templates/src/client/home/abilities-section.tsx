import type { Abilities } from '../app/project.tsx';
import { Icon } from '../ui/icons.tsx';

/** What fits on a card without making it a wall of text. */
const shown = 6;

/** What can be done here, and by whom where the requirements say so. */
export function AbilitiesSection({ abilities }: { abilities: readonly Abilities[] }) {
  return (
    <section aria-labelledby="abilities-title" className="container py-12">
      <h2 id="abilities-title" className="font-bold text-2xl tracking-tight">
        What you can do here
      </h2>
      <div className="mt-6 grid grid-cols-[repeat(auto-fit,minmax(min(100%,18rem),1fr))] gap-6">
        {abilities.map(({ actor, titles }) => (
          <div key={actor ?? ''} className="rounded-2xl border border-line bg-surface p-6 shadow-soft">
            <h3 className="font-semibold text-lg">{actor ?? 'Everyone'}</h3>
            <AbilityList titles={titles.slice(0, shown)} />
            {titles.length > shown && (
              <details className="group mt-2">
                <summary className="cursor-pointer rounded font-semibold text-link text-sm">
                  {titles.length - shown} more
                </summary>
                <AbilityList titles={titles.slice(shown)} />
              </details>
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function AbilityList({ titles }: { titles: readonly string[] }) {
  return (
    <ul className="mt-3 space-y-2">
      {titles.map((title) => (
        <li key={title} className="flex gap-2">
          <Icon name="check" className="mt-1 size-4 text-link" />
          {title}
        </li>
      ))}
    </ul>
  );
}
